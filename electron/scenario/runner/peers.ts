import { err, ok, type Result } from '../../../preload/contract/result';
import type { Scenario } from '../language/scenario';
import type { AcceptedConnections } from '../peers/accepted-connections';
import { ScriptedHttpServer } from '../peers/http-server';
import { ScriptedFtpServer } from '../peers/ftp-server';
import { freePorts } from '../peers/ports';
import type { Bindings } from './bindings';
import type { Observations } from './observations';

/** The scripted servers of one run. */
export interface Peers {
  readonly server: AcceptedConnections | undefined;
  readonly ftp: AcceptedConnections | undefined;
  stop(): Promise<void>;
}

/** Finds the ports, starts the servers and binds their names. */
export async function startPeers(
  scenario: Scenario, bindings: Bindings, observations: Observations, report: (problem: string) => void,
): Promise<Result<Peers, string>> {
  const started: { stop(): Promise<void> }[] = [];
  try {
    const ports = await freePorts(scenario.ports.length);
    scenario.ports.forEach((name, index) => bindings.bind(name, { value: BigInt(ports[index] ?? 0), moment: 0 }));
    let server: ScriptedHttpServer | undefined;
    if (scenario.server !== undefined) {
      server = await ScriptedHttpServer.start(scenario.server, bindings, report, observations.clock);
      started.push(server);
      bindings.bind('server', { value: server.datum(), moment: 0 });
    }
    let ftp: ScriptedFtpServer | undefined;
    if (scenario.ftp !== undefined) {
      ftp = await ScriptedFtpServer.start(scenario.ftp, bindings, report, observations.clock);
      started.push(ftp);
      bindings.bind('ftp', { value: ftp.datum(), moment: 0 });
    }
    // What arrives at a server may be what a `wait` looks for.
    const notify = (): void => observations.changed.notify();
    server?.connections.changed.listen(notify);
    ftp?.connections.changed.listen(notify);
    return ok({ server: server?.connections, ftp: ftp?.connections, stop: () => stopAll(started) });
  } catch (error) {
    await stopAll(started);
    return err(`A scripted peer could not start: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function stopAll(peers: readonly { stop(): Promise<void> }[]): Promise<void> {
  await Promise.all(peers.map((peer) => peer.stop()));
}
