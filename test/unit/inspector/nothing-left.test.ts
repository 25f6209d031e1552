import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PortableEngine } from '../../../electron/engine/portable/portable-engine';
import { CommandRunner } from '../../../electron/inspector/command-runner';
import { Inspector } from '../../../electron/inspector/inspector';
import { loadScenario } from '../../../electron/scenario/load-scenario';
import { runScenario } from '../../../electron/scenario/runner/scenario-run';
import { err } from '../../../preload/contract/result';

let engine: PortableEngine;
let inspector: Inspector;
let commands: CommandRunner;

beforeEach(() => {
  engine = new PortableEngine();
  inspector = new Inspector(engine);
  const none = { run: () => Promise.reject(new Error('not asked for')), stop: () => undefined, running: false, control: () => err({ kind: 'stopped' as const, message: '' }), breakAt: () => err({ kind: 'stopped' as const, message: '' }) };
  commands = new CommandRunner(inspector, none, none);
});

afterEach(() => engine.dispose());

for (const context of ['own', 'null'] as const) {
  for (const mode of ['async', 'sync'] as const) {
    test(`a client that is closed leaves no memory behind: ${mode}, ${context === 'null' ? 'a NULL context' : 'contexts of its own'}`, async () => {
      const opened = await commands.run({ kind: 'open-client', url: 'http://127.0.0.1:9/', method: 'GET', headers: '', body: '', mode, context });
      if (!opened.ok) expect.fail(JSON.stringify(opened.error));
      const session = [...inspector.trace.tree.all()].find(({ kind }) => kind === 'session');
      if (session === undefined) expect.fail('no session was made');
      await commands.run({ kind: 'close', handle: session.id });
      await expect.poll(() => engine.tables).toMatchObject({ HINTERNETs: 0, 'blocks of memory': 0 });
    });
  }
}

test('a scenario with OVERLAPPEDs leaves none of the events behind that were made for them', async () => {
  const file = 'electron/scenario/gallery/tour/5-cancel-a-server-request-its-client-sees-it.yaml';
  const scenario = loadScenario(readFileSync(path.resolve(import.meta.dirname, '..', '..', '..', file), 'utf8'));
  if (!scenario.ok) expect.fail('it is no scenario');
  const result = await runScenario(scenario.value, inspector, { engine: 'portable' });
  expect(result.passed).toBe(true);
  expect(engine.tables).toMatchObject({ HANDLEs: 0, 'blocks of memory': 0 });
});
