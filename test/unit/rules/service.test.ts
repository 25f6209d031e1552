import { afterEach, expect, it } from 'vitest';
import { PortableEngine } from '../../../electron/engine/portable/portable-engine';
import { Inspector } from '../../../electron/inspector/inspector';
import { engineStatus } from '../../../electron/ipc/update-stream';

/** The portable engine as it would be in a service: only its process differs. */
class InService extends PortableEngine {
  constructor(readonly windowsSession: number) { super(); }
}

let engine: PortableEngine | undefined;
afterEach(async () => { await engine?.dispose(); });

it.each([[0, ['wininet-in-service']], [1, []]])('WinINet in Windows session %i', async (session, rules) => {
  engine = new InService(session);
  const inspector = new Inspector(engine);
  const { returned, outcome } = await inspector.call('InternetOpen', { dwAccessType: 1 });
  expect(returned.outcome).toBe('success');
  await inspector.call('InternetCloseHandle', { hInternet: BigInt(outcome.returns) });
  expect(inspector.referee.all(true).map(({ rule }) => rule)).toEqual(rules);
  expect(engineStatus(inspector).service).toBe(session === 0);
});
