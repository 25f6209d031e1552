// The table that npm run bench ends with: what was measured, its aim, and against what.
import { existsSync, readFileSync } from 'node:fs';

/** @typedef {'what' | 'figure' | 'aim' | 'against' | 'held'} Column */
/** @typedef {Record<Column, string>} Row */

/** @type {readonly Column[]} */
const COLUMNS = ['what', 'figure', 'aim', 'against', 'held'];
/** @type {Row} */
const HEAD = { what: 'what', figure: 'figure', aim: 'aim', against: 'against', held: 'held' };

/** @param {string} file one Row a line as JSON, as test/bench/figures.ts writes them @returns {string} */
export function figureTable(file) {
  if (!existsSync(file)) return '';
  /** @type {Row[]} */
  const rows = readFileSync(file, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line));
  const widths = COLUMNS.map((key) => Math.max(...[HEAD, ...rows].map((row) => row[key].length)));
  /** @param {Row} row */
  const line = (row) => COLUMNS.map((key, index) => (key === 'figure' ? row[key].padStart(widths[index] ?? 0) : row[key].padEnd(widths[index] ?? 0))).join('  ').trimEnd();
  return ['', line(HEAD), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
}
