// The window's fonts for pictures of it: pinned files, so that a picture is drawn the same on every machine.
import { readFileSync } from 'node:fs';
import { packageFile } from '../setup/project.mjs';

/** The first choice of each family in renderer/ui/tokens.css, and the package that stands in for it. */
const FAMILIES = [
  { family: 'Segoe UI Variable Text', name: '@fontsource/open-sans', weights: [400, 500, 600, 700] },
  { family: 'Cascadia Mono', name: '@fontsource/cascadia-mono', weights: [400, 600] },
];

const SUBSETS = /-(latin|latin-ext|math|symbols2?)-\d+-normal\.woff2$/;

/**
 * @typedef {object} Face
 * @property {string} family
 * @property {string} weight
 * @property {string} range of Unicode
 * @property {string} data base64 of WOFF2
 */

/** @returns {readonly Face[]} */
function pinnedFaces() {
  return FAMILIES.flatMap(({ family, name, weights }) => weights.flatMap((weight) => {
    const css = readFileSync(packageFile(name, `${weight}.css`), 'utf8');
    return [...css.matchAll(/url\(\.\/(files\/[^)]+\.woff2)\)[^}]*?unicode-range:\s*([^;}]+)/g)].flatMap(([, file = '', range = '']) =>
      (SUBSETS.test(file) ? [{ family, weight: String(weight), range, data: readFileSync(packageFile(name, file), 'base64') }] : []));
  }));
}

/**
 * A script for Playwright's `addInitScript`, before the page draws anything. The fonts are made of their bytes: nothing is fetched, and no
 * policy of the page has to allow it.
 * @returns {{content: string}}
 */
export function pinFonts() {
  return {
    content: `for (const { family, weight, range, data } of ${JSON.stringify(pinnedFaces())}) {
      const face = new FontFace(family, Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0)), { weight, unicodeRange: range });
      document.fonts.add(face);
      void face.load();
    }`,
  };
}
