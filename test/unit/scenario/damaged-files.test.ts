import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadScenario } from '../../../electron/scenario/load-scenario';

const TOUR = path.resolve(import.meta.dirname, '../../../electron/scenario/gallery/tour');
const TEXTS = readdirSync(TOUR).map((file) => readFileSync(path.join(TOUR, file), 'utf8'));

/** Either a scenario, or problems that all stand inside the file. */
function answers(text: string): boolean {
  const loaded = loadScenario(text);
  if (loaded.ok) return true;
  const lines = text.split('\n').length;
  return loaded.error.length > 0 && loaded.error.every(({ line, column, message }) => line >= 1 && line <= lines && column >= 1 && message !== '');
}

describe('a damaged scenario file', () => {
  it('is answered with its problems, wherever it was cut', () => {
    fc.assert(fc.property(fc.constantFrom(...TEXTS), fc.nat(), (text, at) => answers(text.slice(0, at % text.length))), { numRuns: 300 });
  });

  it('is answered with its problems, whatever was put in', () => {
    const snippet = fc.oneof(fc.string({ maxLength: 5 }), fc.constantFrom('{', '[', ': ', '- ', '&a ', '*a', '$', '=', '|', '>', '!!binary ', '? ', '\t', '\0', '"', "'", '%', '#'));
    fc.assert(fc.property(fc.constantFrom(...TEXTS), fc.nat(), snippet, (text, at, put) => {
      const place = at % text.length;
      return answers(text.slice(0, place) + put + text.slice(place));
    }), { numRuns: 500 });
  });

  it('is answered with its problems when a value is of another kind', () => {
    const json = fc.jsonValue({ maxDepth: 3 });
    const keys = ['scenario', 'title', 'ports', 'server', 'ftp', 'fresh', 'leave', 'steps', 'differs'];
    const verbs = ['call', 'with', 'wait', 'on', 'expect', 'mark', 'readAll', 'client', 'server', 'ftp', 'expectTrace', 'as', 'id'];
    const step = fc.dictionary(fc.constantFrom(...verbs), json, { maxKeys: 3 });
    fc.assert(fc.property(fc.dictionary(fc.constantFrom(...keys), json), fc.array(step, { maxLength: 3 }), (file, steps) =>
      answers(JSON.stringify({ scenario: 'x', ...file, steps }, undefined, 1))), { numRuns: 500 });
    expect(answers('null')).toBe(true);
  });
});
