// npm run picture: the pictures of README and manual, taken of the real application. `-- manual` or `-- readme` takes some of them.
import { buildStale, everyBundle } from './bundles/bundles.mjs';
import { takeManualPictures } from './pictures/manual-pictures.mjs';
import { takeReadmePictures } from './pictures/readme-pictures.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { hasDisplay, underXvfb } from './setup/display.mjs';
import { electronBinary } from './setup/electron-binary.mjs';
import { inProject } from './setup/project.mjs';
import { run } from './setup/run.mjs';
import { Advice, main, say } from './setup/terminal.mjs';

const KINDS = { readme: takeReadmePictures, manual: takeManualPictures };

await main(async () => {
  const asked = process.argv.slice(2);
  const unknown = asked.filter((name) => !(name in KINDS));
  if (unknown.length > 0) throw new Advice(`There are no pictures called ${unknown.join(', ')}: npm run picture -- [${Object.keys(KINDS).join('|')}]`);
  await ensureDependencies();
  if (process.env['HINSPECTOR_ELECTRON'] === undefined) {
    const electron = await electronBinary();
    // A page may name a picture that is taken only now.
    process.env['HINSPECTOR_PICTURES'] = 'to-come';
    await buildStale(everyBundle, (name) => say(`· Building ${name}`));
    const self = [inProject('build', 'picture.mjs'), ...asked];
    const [command, args] = hasDisplay() ? [process.execPath, self] : underXvfb(process.execPath, self, '1920x1200x24');
    return (await run(command, args, { stdio: 'inherit', env: { HINSPECTOR_ELECTRON: electron } })).code;
  }
  for (const [name, take] of Object.entries(KINDS)) if (asked.length === 0 || asked.includes(name)) await take();
  return 0;
});
