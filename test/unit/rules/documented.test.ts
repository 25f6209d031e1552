import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { RULES } from '../../../electron/rules/rules';
import { ruleTable } from './rule-table';

const DOCUMENT = path.resolve(import.meta.dirname, '..', '..', '..', 'docs', 'findings.md');

it('docs/findings.md has the rules as they are', () => {
  const text = readFileSync(DOCUMENT, 'utf8').replaceAll('\r\n', '\n');
  expect(text.slice(text.indexOf('| rule |')).split('\n\n')[0]?.trimEnd()).toBe(ruleTable(RULES));
});
