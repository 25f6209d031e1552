// The house rules that oxlint does not have, as its plugin.
import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bridgeOnly } from './bridge-only.mjs';
import { castComment } from './cast-comment.mjs';
import { noBarrels } from './no-barrels.mjs';
import { roomImports } from './room-imports.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * A rule is given the file's path from the project's root and a way to report.
 * @typedef {(file: string, report: (node: any, message: string) => void, source: any) => Record<string, (node: any) => void>} HouseRule
 */

/** @param {HouseRule} rule */
function asRule(rule) {
  return {
    /** @param {any} context oxlint ships no types for a plugin's context */
    create(context) {
      const file = relative(root, context.filename).split(sep).join('/');
      return rule(file, (node, message) => context.report({ node, message }), context.sourceCode);
    },
  };
}

export default {
  meta: { name: 'house' },
  rules: {
    'room-imports': asRule(roomImports),
    'bridge-only': asRule(bridgeOnly),
    'cast-comment': asRule(castComment),
    'no-barrels': asRule(noBarrels),
  },
};
