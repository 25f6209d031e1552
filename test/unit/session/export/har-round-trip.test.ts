import fc from 'fast-check';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EVERY_EVENT } from '../../../../electron/session/export/export-source';
import { exportPieces } from '../../../../electron/session/export/record-formats';
import { loadInto } from '../../../../electron/session/load';
import { syntheticTrace } from '../../../../electron/trace/synthetic';
import { Trace } from '../../../../electron/trace/trace';
import { sourceOf } from './recorded';

let folder = '';
beforeEach(async () => { folder = await mkdtemp(path.join(tmpdir(), 'hround-')); });
afterEach(async () => rm(folder, { recursive: true }));

const requestsOf = (trace: Trace): readonly string[] => [...trace.tree.all()].filter(({ kind }) => kind === 'request').map(({ label }) => label.replace(/https?:\/\/[^/]+/, '')).sort();

test('what is exported as HAR and opened again has the same requests', async () => {
  await fc.assert(fc.asyncProperty(fc.integer({ min: 0, max: 1000 }), async (seed) => {
    const before = new Trace();
    for (const event of syntheticTrace({ events: 400, handles: 12, seed })) before.append(event);
    const file = path.join(folder, `${seed}.har`);
    await writeFile(file, [...exportPieces('har', sourceOf(before), EVERY_EVENT)].join(''));
    const after = new Trace();
    const loaded = await loadInto(after, file);
    expect(loaded).toMatchObject({ ok: true, value: { invalid: 0 } });
    expect(requestsOf(after)).toEqual(requestsOf(before));
  }), { numRuns: 8 });
});
