import type { About, CopyAboutRequest } from '../../preload/contract/about';
import { assertUnreachable } from '../../preload/contract/result';

/** What is put on the clipboard; undefined for a package that is not there. */
export function aboutText(about: About, request: CopyAboutRequest): string | undefined {
  switch (request.kind) {
    case 'versions': return versions(about).map(([name, value]) => `${name}: ${value}`).join('\n');
    case 'licence': {
      if (request.package === undefined) return about.licence;
      const found = about.packages.find(({ name }) => name === request.package);
      return found === undefined ? undefined : `${found.name} ${found.version}, ${found.licence}\n\n${found.text}`;
    }
    default: return assertUnreachable(request);
  }
}

function versions({ version, build, electron, chrome, node, v8, koffi, engine, system }: About): readonly (readonly [string, string])[] {
  return [
    ['Hinspector', version], ['Build', build === undefined ? 'from its sources' : `${build.commit} of ${build.date}, ${build.signed ? 'signed' : 'unsigned'}`],
    ['Engine', engine], ['koffi', koffi], ['Electron', electron], ['Chromium', chrome], ['Node', node], ['V8', v8], ['System', system],
  ];
}
