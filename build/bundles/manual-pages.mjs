// The module `manual:pages`: docs/manual for the window. Its pictures become files of their own beside the page.
import { join } from 'node:path';
import { manualFolder, readManual } from '../manual/read-manual.mjs';

const NAME = 'manual:pages';

/** @param {readonly import('../../renderer/model/manual').ManualBlock[]} blocks @returns {string[]} */
function pictureNames(blocks) {
  return blocks.flatMap((block) => (block.kind === 'picture' ? [block.name] : block.kind === 'list' ? block.items.flatMap(pictureNames) : block.kind === 'tip' ? pictureNames(block.blocks) : []));
}

/** @returns {import('vite').Plugin} */
export function manualPages() {
  return {
    name: NAME,
    resolveId: (source) => (source === NAME ? `\0${NAME}` : undefined),
    load(id) {
      if (id !== `\0${NAME}`) return undefined;
      const pages = readManual(undefined, process.env['HINSPECTOR_PICTURES'] === 'to-come');
      const names = [...new Set(pages.flatMap(({ blocks }) => pictureNames(blocks)))];
      const imported = names.flatMap((name, at) => [['light', join(manualFolder, 'pictures', name)], ['dark', join(manualFolder, 'pictures', 'dark', name)]].map(([theme, file]) => `import ${theme}${at} from ${JSON.stringify(file)};`));
      const table = names.map((name, at) => `${JSON.stringify(name)}: { light: light${at}, dark: dark${at} }`);
      return [...imported, `export const pages = ${JSON.stringify(pages)};`, `export const pictures = { ${table.join(', ')} };`].join('\n');
    },
  };
}
