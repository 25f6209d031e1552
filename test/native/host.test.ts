import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import path from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { buildStale, bundles } from '../../build/bundles/bundles.mjs';
import { root } from '../../build/setup/project.mjs';
import { ensureWine, windowsPath } from '../../build/setup/wine.mjs';
import { programProcess, type HostCommand } from '../../electron/engine/host/host-process';
import { startHost, type Hosted } from '../../electron/engine/host/start-host';
import { Inspector } from '../../electron/inspector/inspector';
import { loadScenario } from '../../electron/scenario/load-scenario';
import { fileLines } from '../../electron/scenario/report/text-report';
import { runScenario } from '../../electron/scenario/runner/scenario-run';

type Name = 'portable' | 'native' | 'wine';
/** The real DLLs: those of Windows, or of Wine. */
const NAMES: readonly Name[] = ['portable', process.platform === 'win32' ? 'native' : 'wine'];
const GALLERY = path.join(root, 'electron', 'scenario', 'gallery');
const open: Hosted[] = [];
const servers: Server[] = [];

beforeAll(async () => {
  await buildStale(['cli']);
}, 120_000);

afterEach(async () => {
  for (const hosted of open.splice(0)) {
    await hosted.engine.dispose();
    hosted.kill();
  }
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** How the command line's bundle is started as a host, here and under Wine. */
async function commandOf(engine: Name): Promise<HostCommand> {
  const script = bundles.cli.output;
  if (engine !== 'wine') return { command: process.execPath, args: [script, 'engine-host', engine], env: {} };
  const wine = await ensureWine();
  // The environment of ensureWine holds texts only.
  return { command: wine.command, args: [...wine.args, windowsPath(script), 'engine-host', 'native'], env: wine.env as Record<string, string> };
}

async function start(engine: Name): Promise<Hosted> {
  const hosted = await startHost(programProcess(await commandOf(engine)));
  if (!hosted.ok) expect.fail(hosted.error);
  open.push(hosted.value);
  return hosted.value;
}

function scenarios(folder: string, some: RegExp): readonly string[] {
  return readdirSync(path.join(GALLERY, folder)).filter((name) => some.test(name)).sort().map((name) => path.join(GALLERY, folder, name));
}

async function run(file: string, hosted: Hosted, engine: Name): Promise<void> {
  const scenario = loadScenario(readFileSync(file, 'utf8'));
  if (!scenario.ok) expect.fail(fileLines({ kind: 'invalid', file, problems: scenario.error }).join('\n'));
  const result = await runScenario(scenario.value, new Inspector(hosted.engine), { engine });
  if (!result.passed) expect.fail(fileLines({ kind: 'ran', file, result }).join('\n'));
}

/** A server that takes requests and never answers; resolves `received` when one is there. */
async function silentServer(): Promise<{ readonly port: number; readonly received: Promise<void> }> {
  let heard: () => void = () => undefined;
  const received = new Promise<void>((resolve) => {
    heard = resolve;
  });
  const server = createServer(() => heard());
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  return { port: typeof address === 'object' && address !== null ? address.port : 0, received };
}

/** An IN/OUT length in memory. */
function lengthOf(hosted: Hosted, length: number): bigint {
  const address = hosted.engine.memory.alloc(4);
  hosted.engine.memory.write(address, Uint8Array.of(length, 0, 0, 0));
  return address;
}

for (const engine of NAMES) {
  describe(`the ${engine} engine in a process of its own`, () => {
    test('runs the tour: calls, callbacks, memory and calls inside callbacks reach across', async () => {
      const files = scenarios('tour', /yaml$/);
      expect(files).toHaveLength(5);
      for (const file of files) await run(file, await start(engine), engine);
    });

    test('closes handles inside each kind of callback', async () => {
      const files = scenarios('rules', /^close-rule-3-inside-(request|response|handle|connected|sending|receiving)/);
      expect(files.length).toBeGreaterThan(4);
      for (const file of files) await run(file, await start(engine), engine);
    });

    test('that is killed loses its handles with its exit, ends the calls under way, and another can be started', async () => {
      const { port, received } = await silentServer();
      const hosted = await start(engine);
      const inspector = new Inspector(hosted.engine);
      const session = await inspector.call('InternetOpen', { lpszAgent: 'killed', dwAccessType: 1 });
      const connection = await inspector.call('InternetConnect', { hInternet: BigInt(session.outcome.returns), lpszServerName: '127.0.0.1', nServerPort: port, dwService: 3 });
      const request = await inspector.call('HttpOpenRequest', { hConnect: BigInt(connection.outcome.returns), lpszVerb: 'GET', lpszObjectName: '/', dwContext: 3n });
      const sending = inspector.call('HttpSendRequest', { hRequest: BigInt(request.outcome.returns) });
      await received;
      hosted.kill();
      const sent = await sending;
      expect(sent.outcome).toMatchObject({ returns: 0, lastError: 1067, lastErrorReliable: false });
      expect(inspector.lost).toMatch(/SIGKILL|exit code/);
      expect([session, connection, request].map(({ created }) => (created === undefined ? undefined : inspector.trace.tree.get(created)?.state))).toEqual(['lost', 'lost', 'lost']);
      // Nothing hangs that is asked of it afterwards.
      expect((await inspector.call('InternetCloseHandle', { hInternet: 1n })).outcome.lastError).toBe(1067);

      const before = hosted.engine.memory.alloc(4);
      hosted.engine.memory.write(before, Uint8Array.of(1, 2, 3, 4));
      const restarted = await hosted.restart();
      expect(restarted).toMatchObject({ ok: true });
      expect(inspector.lost).toBeUndefined();
      const next = await inspector.call('InternetOpen', { lpszAgent: 'next', dwAccessType: 1 });
      expect(next.returned.outcome).toBe('success');
      expect(inspector.trace.tree.get(next.created ?? session.created ?? expect.fail('no handle'))?.state).toBe('open');
      // What was allocated before lives on, in the new process too.
      expect(await inspector.call('InternetQueryOption', { hInternet: BigInt(next.outcome.returns), dwOption: 9, lpBuffer: before, lpdwBufferLength: lengthOf(hosted, 4) }))
        .toMatchObject({ outcome: { returns: 1 } });
      expect([...hosted.engine.memory.read(before, 4)]).toEqual([1, 0, 0, 0]);
    });
  });
}

test('structures whose kind a number chooses, and what they point to, reach across', async () => {
  const hosted = await start('portable');
  for (const name of ['config-url-acl', 'config-tls-binding', 'bandwidth-set-and-queried', 'queue-properties-set-and-queried', 'response-several-challenges']) {
    await run(path.join(root, 'test', 'conformance', 'scenarios', 'http-server', `${name}.yaml`), hosted, 'portable');
  }
}, 60_000);

test('a host that cannot be started says why', async () => {
  const none = await startHost(programProcess({ command: '/nowhere/node', args: [], env: {} }));
  expect(none).toMatchObject({ ok: false, error: expect.stringContaining('/nowhere/node') });
  const wrong = await startHost(programProcess({ command: process.execPath, args: [bundles.cli.output, 'engine-host', 'native'], env: {} }));
  if (process.platform !== 'win32') expect(wrong).toMatchObject({ ok: false, error: expect.stringContaining('wininet.dll') });
});
