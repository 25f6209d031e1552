import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { RULES } from '../../../electron/rules/rules';
import type { CheckedFile } from '../../../electron/session/check/check-file';
import { sarifReport } from '../../../electron/session/check/sarif-report';
import { HTTP_SERVER_CASES } from '../rules/http-server-cases';
import { Story } from '../rules/story';
import { WININET_CASES } from '../rules/wininet-cases';

/** SARIF 2.1.0 as JSON Schema Store publishes it (Apache-2.0), the schema that code scanning services hold a log to. */
const SCHEMA: object = JSON.parse(readFileSync(path.join(import.meta.dirname, 'fixtures', 'sarif-2.1.0.schema.json'), 'utf8'));

// One of the patterns of the schema is none with the u flag.
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats(ajv);
const validate = ajv.compile(SCHEMA);

/** What the schema has against a log; empty when it is one. */
function objections(log: unknown): readonly string[] {
  return validate(log) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

function checked(file: string, write: (story: Story) => void): CheckedFile {
  const story = new Story();
  write(story);
  return { file, loaded: { events: story.trace.log.length, invalid: 0, lost: 0, truncated: false }, findings: story.referee.all(true), mutes: story.trace.annotations.mutes };
}

describe('a SARIF report', () => {
  it('is held to the schema: a log with a wrong level or an unknown property is no SARIF', () => {
    const log = sarifReport([], RULES, '1.2.3');
    expect(objections({ ...log, runs: log.runs.map((run) => ({ ...run, findings: [] })) })).not.toEqual([]);
    expect(objections({ ...log, version: '2.2' })).not.toEqual([]);
  });

  it('is SARIF 2.1.0 without a finding', () => {
    expect(objections(sarifReport([checked('clean.hinspect', () => undefined)], RULES, '1.2.3'))).toEqual([]);
  });

  it('is SARIF 2.1.0 with findings of every rule, those on purpose among them', () => {
    const files = [...WININET_CASES, ...HTTP_SERVER_CASES].map(({ rule, breaks }) => checked(`runs/${rule}.hinspect`, breaks));
    const provoked = checked('provoked.hinspect', (story) => {
      const { request } = story.client();
      story.closes(request);
      story.fails('InternetReadFile', request, 6, { provoked: true });
    });
    const log = sarifReport([...files, provoked], RULES, '1.2.3');
    expect(objections(log)).toEqual([]);
    const results = log.runs[0]?.results ?? [];
    expect(new Set(results.map(({ ruleId }) => ruleId))).toEqual(new Set(RULES.map(({ id }) => id)));
    expect(results.some(({ suppressions }) => suppressions !== undefined)).toBe(true);
    for (const { ruleId, ruleIndex } of results) expect(RULES[ruleIndex]?.id).toBe(ruleId);
  });

  it.each([
    ['runs/a b#1%.hinspect', 'runs/a%20b%231%25.hinspect'], ['C:\\runs\\a.hinspect', 'file:///C:/runs/a.hinspect'], ['/runs/ü.hinspect', '/runs/%C3%BC.hinspect'],
  ])('names the file %s by a URI', (file, uri) => {
    const log = sarifReport([checked(file, (story) => { story.opens('session'); })], RULES, '1.2.3');
    expect(objections(log)).toEqual([]);
    expect(log.runs[0]?.results[0]?.locations[0]?.physicalLocation.artifactLocation.uri).toBe(uri);
  });
});
