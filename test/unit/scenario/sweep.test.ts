import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { err, ok } from '../../../preload/contract/result';
import { PortableEngine } from '../../../electron/engine/portable/portable-engine';
import { loadScenario } from '../../../electron/scenario/load-scenario';
import type { Sweep, SweepCell } from '../../../preload/contract/sweep';
import { sweep, type SweepEngine, type SweepOptions } from '../../../electron/scenario/sweep/sweep';
import { sweepLines } from '../../../electron/scenario/sweep/sweep-report';
import { sweepCommand } from '../../../electron/scenario/sweep/sweep-command';
import { checkFile } from '../../../electron/session/check/check-file';
import { saveSession } from '../../../electron/session/save';
import { OPEN_SERVER, openRequest } from './run';

const GET = `scenario: get
title: A request and its answer
server: { routes: { /ok: { body: hello } } }
steps:${openRequest('/ok')}
  - call: HttpSendRequest
    with: { hRequest: $request }
    as: send
  - wait: { done: $send }
`;

const RECEIVE = `scenario: receive
title: A request is received and answered
ports: [port]
steps:${OPEN_SERVER}
  - client: { connect: { port: $port } }
    as: c
  - client: { send: { on: $c, text: "GET / HTTP/1.1\\r\\nHost: localhost:$port\\r\\n\\r\\n" } }
  - call: HttpReceiveHttpRequest
    with: { RequestQueueHandle: $queue }
    as: received
  - call: HttpSendHttpResponse
    with: { RequestQueueHandle: $queue, RequestId: $received.RequestId, Flags: [HTTP_SEND_RESPONSE_FLAG_MORE_DATA], HttpResponse: { StatusCode: 200, pReason: OK } }
`;

const PORTABLE: SweepEngine = { name: 'portable', create: () => ok(new PortableEngine()) };

async function swept(text: string, more: Partial<SweepOptions> = {}): Promise<Sweep> {
  const scenario = loadScenario(text);
  if (!scenario.ok) throw new Error(JSON.stringify(scenario.error));
  const done = await sweep(scenario.value, { engines: [PORTABLE], action: 'close', name: undefined, budget: 60_000, ...more });
  if (!done.ok) throw new Error(done.error);
  return done.value;
}

function cellAt({ rows }: Sweep, moment: string): SweepCell {
  const row = rows.find((one) => one.moment === moment);
  if (row?.cell.kind !== 'run') throw new Error(`nothing at ${moment}: ${rows.map((one) => one.moment).join(', ')}`);
  return row.cell;
}

describe('a close sweep', () => {
  it('closes at every callback, inside and after, and at every call: 997 and 12017 while the send pends, neither while nothing does', async () => {
    const told: string[] = [];
    const result = await swept(GET, { name: 'request', progress: (_sweep, done, of) => told.push(`${done}/${of}`) });
    const moments = result.rows.map(({ moment }) => moment);
    expect(moments).toEqual(expect.arrayContaining([
      'after HttpOpenRequest (step 4)', 'after HttpSendRequest (step 5)', 'inside CONNECTED_TO_SERVER of request #3', 'after CONNECTED_TO_SERVER of request #3',
      'inside REQUEST_COMPLETE of request #3',
    ]));
    expect(new Set(moments).size).toBe(moments.length);
    expect(cellAt(result, 'after HttpOpenRequest (step 4)')).toMatchObject({ returned: 'TRUE', completions: [], closing: 'came' });
    expect(cellAt(result, 'inside REQUEST_SENT of request #3')).toMatchObject({
      returned: 'TRUE', lastErrorWords: '997 ERROR_IO_PENDING', completions: ['12017 ERROR_INTERNET_OPERATION_CANCELLED'], closing: 'came', findings: [],
    });
    expect(cellAt(result, 'inside REQUEST_COMPLETE of request #3')).toMatchObject({ returned: 'TRUE', completions: [] });
    for (const { cell } of result.rows) expect(cell.kind === 'run' ? cell.gone : cell.kind).toEqual(expect.any(Number));
    expect(told.at(-1)).toBe(`${moments.length}/${moments.length}`);
  });

  it('closes a parent too: what is pending below it is told', async () => {
    const result = await swept(GET, { name: 'session' });
    const cell = cellAt(result, 'inside SENDING_REQUEST of request #3');
    expect(cell.completions).toEqual(['12017 ERROR_INTERNET_OPERATION_CANCELLED']);
    expect(cell.findings.map(({ rule }) => rule)).toEqual(['parent-closed-with-pending']);
  });

  it('finds the race of a close with a call that blocks on another thread, and that it is none inside its callback', async () => {
    const result = await swept(GET.replace('dwFlags: [INTERNET_FLAG_ASYNC]', 'dwFlags: 0'), { name: 'request' });
    expect(cellAt(result, 'during HttpSendRequest (step 5)').completions).toEqual(['HttpSendRequest FALSE · 12017 ERROR_INTERNET_OPERATION_CANCELLED']);
    expect(cellAt(result, 'during HttpSendRequest (step 5)').findings.map(({ rule }) => rule)).toContain('close-races-call');
    expect(cellAt(result, 'inside REQUEST_SENT of request #3').findings).toEqual([]);
  });

  it('cancels a received request at every moment of its life', async () => {
    const result = await swept(RECEIVE, { action: 'cancel' });
    expect(result.target).toBe('received');
    expect(result.rows.map(({ moment }) => moment)).toEqual(['after HttpReceiveHttpRequest (step 9)', 'after HttpSendHttpResponse (step 10)']);
    for (const { moment } of result.rows) expect(cellAt(result, moment)).toMatchObject({ returned: 'NO_ERROR', closing: 'came' });
  });

  it('sets the same moment on several engines side by side', async () => {
    const other = { ...PORTABLE, name: 'native' as const };
    const { engines, rows } = await swept(GET, { name: 'request', engines: [PORTABLE, other] });
    expect(engines).toEqual(['portable', 'native']);
    const first = rows.findIndex(({ moment }) => moment === 'inside REQUEST_SENT of request #3');
    expect(rows.slice(first, first + 2).map(({ moment, engine }) => [moment, engine])).toEqual([
      ['inside REQUEST_SENT of request #3', 'portable'], ['inside REQUEST_SENT of request #3', 'native'],
    ]);
    expect(sweepLines({ scenario: 'get', action: 'close', target: 'request', engines, rows })[0]).toBe(`get on portable and native: close $request at ${rows.length} moments`);
  });

  it('ends with its time, and with the person', async () => {
    expect((await swept(GET, { budget: 0 })).rows.every(({ cell }) => cell.kind === 'not run')).toBe(true);
    const stop = new AbortController();
    const stopped = await swept(GET, { signal: stop.signal, progress: (_sweep, done) => { if (done > 0) stop.abort(); } });
    expect(stopped.rows[0]?.cell.kind).toBe('run');
    expect(stopped.rows.slice(1).every(({ cell }) => cell.kind === 'not run')).toBe(true);
  });
});

describe('hinspector sweep', () => {
  let folder = '';
  beforeEach(async () => { folder = await mkdtemp(path.join(tmpdir(), 'hinspector-sweep-')); });
  afterEach(async () => { await rm(folder, { recursive: true, force: true }); });

  async function command(...argv: readonly string[]): Promise<{ readonly code: number; readonly out: string; readonly problems: string }> {
    const out: string[] = [];
    const problems: string[] = [];
    const code = await sweepCommand(argv, {
      out: (line) => out.push(line), problem: (line) => problems.push(line), createEngine: () => ok(new PortableEngine()),
      saveTrace: ({ trace }, file) => saveSession(trace, file, { application: 'test', engine: { kind: 'portable', description: 'test' } }),
    });
    return { code, out: out.join('\n'), problems: problems.join('\n') };
  }

  it('prints the matrix, saves the trace of each cell, and says with its code whether a rule was broken', async () => {
    const file = path.join(folder, 'get.yaml');
    await writeFile(file, GET);
    const { code, out, problems } = await command(file, '--handle', '$request', '--traces', folder);
    expect(code).toBe(0);
    expect(out).toMatch(/^get on portable: close \$request at (\d+) moments\nmoment +returned +last error/);
    expect(out).toMatch(/ 0 not, 0 with findings$/);
    expect(problems).toMatch(/^1 of \d+\n/);
    const traces = (await readdir(folder)).filter((name) => name.endsWith('.hinspect')).sort();
    expect(traces.length).toBe(Number(/at (\d+) moments/.exec(out)?.[1]));
    const checked = await checkFile(path.join(folder, traces[0] ?? ''));
    expect(checked.ok && checked.value.loaded.events).toBeGreaterThan(0);
    await writeFile(file, GET.replace('dwFlags: [INTERNET_FLAG_ASYNC]', 'dwFlags: 0'));
    const raced = await command(file, '--handle', 'request', '--json');
    expect(raced.code).toBe(1);
    expect(JSON.parse(raced.out)).toMatchObject({ scenario: 'get', action: 'close', target: 'request' });
  });

  it('says what is wrong with what it was given', async () => {
    const file = path.join(folder, 'get.yaml');
    await writeFile(file, GET);
    expect(await command()).toMatchObject({ code: 2, problems: expect.stringContaining('sweep needs one scenario file.') });
    expect(await command(path.join(folder, 'none.yaml'))).toMatchObject({ code: 2, problems: expect.stringContaining('cannot be read') });
    expect(await command(file, '--handle', 'requst')).toMatchObject({ code: 2, problems: 'get binds no $requst that makes a handle. It has $session, $connection, $request.' });
    expect(await command(file, '--cancel', 'x')).toMatchObject({ code: 2, problems: 'get binds no $x that receives a request. It has none.' });
    expect(await command(file, '--handle', 'a', '--cancel', 'b')).toMatchObject({ code: 2 });
    expect(await command(file, '--seconds', 'soon')).toMatchObject({ code: 2, problems: expect.stringContaining('--seconds is a number above 0') });
    expect(await command(file, '--engine', 'cello')).toMatchObject({ code: 2, problems: expect.stringContaining('No engine is named "cello"') });
    await writeFile(file, 'steps: 3');
    expect((await command(file)).code).toBe(2);
    const world = { out: () => undefined, problem: () => undefined, createEngine: () => err('no engine here'), saveTrace: async () => ok('') };
    await writeFile(file, GET);
    expect(await sweepCommand([file], world)).toBe(2);
  });

  it('that was stopped prints what it has, and does not end as if every moment had been run', async () => {
    const file = path.join(folder, 'get.yaml');
    await writeFile(file, GET);
    const out: string[] = [];
    const problems: string[] = [];
    const stop = new AbortController();
    const code = await sweepCommand([file], {
      out: (line) => out.push(line), createEngine: () => ok(new PortableEngine()), saveTrace: async () => ok(''), signal: stop.signal,
      problem: (line) => { problems.push(line); if (line.startsWith('2 of ')) stop.abort(); },
    });
    expect(code).toBe(130);
    expect(problems.at(-1)).toContain('stopped');
    expect(out.join('\n')).toMatch(/ moments: [23] run, \d+ not, 0 with findings$/);
  });
});
