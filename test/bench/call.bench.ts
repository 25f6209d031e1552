/** What being recorded adds to a call, with everything that watches a recording: rules, journal and updates of a window. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PortableEngine } from '../../electron/engine/portable/portable-engine';
import { Inspector } from '../../electron/inspector/inspector';
import { quietDesk } from '../unit/session/quiet-desk';
import { UpdateStream } from '../../electron/ipc/update-stream';
import { JournalWriter } from '../../electron/trace/journal/journal-writer';
import { completeArgs } from '../../preload/contract/win32/functions';
import { percentile, report, SMOKE } from './figures';

const ROUNDS = 20;
const CALLS = SMOKE ? 200 : 10_000;
const HANDLE_TYPE = 9;
const AIM_MICROS = 10;

/** Microseconds a call: the middle of the rounds, so that neither the first nor one that was interrupted counts. */
function micros(run: () => void): number {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const began = performance.now();
    for (let call = 0; call < CALLS; call += 1) run();
    return ((performance.now() - began) * 1000) / CALLS;
  });
  return percentile(rounds, 0.5);
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'hinspector-bench-'));
  const engine = new PortableEngine();
  const inspector = new Inspector(engine);
  const opened = await inspector.call('InternetOpen', { lpszAgent: 'bench', dwAccessType: 1 });
  const session = BigInt(opened.outcome.returns);
  const [buffer, length] = [engine.memory.alloc(4), engine.memory.alloc(4)];
  engine.memory.write(length, Uint8Array.of(4, 0, 0, 0));
  const args = { hInternet: session, dwOption: HANDLE_TYPE, lpBuffer: buffer, lpdwBufferLength: length };
  const complete = completeArgs('InternetQueryOption', args);

  const bare = micros(() => void engine.functions.InternetQueryOption(complete, { width: 'W', thread: undefined }));
  const recorded = micros(() => void inspector.call('InternetQueryOption', args));
  const header = { journal: 1, application: 'bench', engine: { kind: engine.kind, description: engine.description }, startedAt: new Date().toISOString(), pid: process.pid } as const;
  const journal = new JournalWriter(inspector.trace, join(folder, 'bench.hjournal'), header, (message) => { throw new Error(message); });
  const updates = new UpdateStream(inspector, quietDesk(inspector), () => undefined);
  const watched = micros(() => void inspector.call('InternetQueryOption', args));
  updates.dispose();
  journal.close();
  rmSync(folder, { recursive: true });
  await engine.dispose();

  report({ what: 'recording adds to a call, with every rule', value: recorded - bare, unit: 'µs', aim: { most: AIM_MICROS }, against: { times: recorded / bare, of: 'the call alone' } });
  report({ what: 'the same with journal and window', value: watched - bare, unit: 'µs', against: { times: watched / bare, of: 'the call alone' } });
}

void main();
