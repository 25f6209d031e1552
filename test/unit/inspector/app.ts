import { createServer, type Server, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PortableEngine } from '../../../electron/engine/portable/portable-engine';
import type { Clock } from '../../../electron/inspector/answering/answerer';
import { CommandRunner, type ScenarioPlayer, type Sweeper } from '../../../electron/inspector/command-runner';
import { Inspector } from '../../../electron/inspector/inspector';
import { quietDesk } from '../session/quiet-desk';
import type { OpenClientCommand } from '../../../preload/contract/command';
import type { TraceEvent } from '../../../preload/contract/event';
import type { HandleNode } from '../../../preload/contract/handle';
import type { HandleId } from '../../../preload/contract/ids';
import { err } from '../../../preload/contract/result';
import { statusTitle } from '../../../electron/trace/event-words';

const NO_SCENARIOS: ScenarioPlayer = {
  run: async () => err({ kind: 'stale-handle', message: 'There is no gallery in this test.' }),
  stop: () => undefined,
  running: false,
  control: () => err({ kind: 'stale-handle', message: 'There is no gallery in this test.' }),
  breakAt: () => err({ kind: 'stale-handle', message: 'There is no gallery in this test.' }),
};

const NO_SWEEPS: Sweeper = {
  run: async () => err({ kind: 'invalid-argument', issues: [] }),
  stop: () => undefined,
};

/** The application without a window: the real engine, inspector and commands. */
export class App {
  readonly engine = new PortableEngine();
  readonly inspector = new Inspector(this.engine);
  readonly commands: CommandRunner;
  readonly desk = quietDesk(this.inspector);
  private readonly servers: Server[] = [];

  /** @param clock of the answering rules */
  constructor(clock?: Clock) {
    this.commands = new CommandRunner(this.inspector, NO_SCENARIOS, NO_SWEEPS, clock);
  }

  get trace(): Inspector['trace'] {
    return this.inspector.trace;
  }

  async peer(listener: RequestListener): Promise<string> {
    const server = createServer(listener);
    this.servers.push(server);
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    // A TCP server that listens has an address of this kind.
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async client(url: string, more: Partial<OpenClientCommand> = {}): Promise<HandleId> {
    const done = await this.commands.run({ kind: 'open-client', url, method: 'GET', headers: '', body: '', mode: 'async', context: 'own', ...more });
    if (!done.ok) throw new Error(JSON.stringify(done.error));
    if (done.value.handle === undefined) throw new Error('no handle');
    return done.value.handle;
  }

  node(id: HandleId): HandleNode {
    const node = this.trace.tree.get(id);
    if (node === undefined) throw new Error(`no node ${id}`);
    return node;
  }

  /** Waits for a moment of the trace, not of the clock. */
  async until(what: string, holds: () => boolean): Promise<void> {
    if (holds()) return;
    await new Promise<void>((resolve, reject) => {
      const limit = setTimeout(() => { stop(); reject(new Error(`waited in vain for ${what}; the last of it: ${this.story().slice(-30).join(', ')}`)); }, 5000);
      const stop = this.trace.listen(() => {
        if (!holds()) return;
        clearTimeout(limit);
        stop();
        resolve();
      });
    });
  }

  events(): readonly TraceEvent[] {
    return [...this.trace.log];
  }

  /** Callbacks of one handle, or of all, by name. */
  callbacks(handle?: HandleId): readonly string[] {
    return this.events().flatMap((event) => (event.kind === 'callback' && (handle === undefined || event.handle === handle) ? [statusTitle(event.status)] : []));
  }

  story(): readonly string[] {
    return this.events().map((event) => (event.kind === 'callback' ? statusTitle(event.status) : 'api' in event ? `${event.kind} ${event.api}` : event.kind));
  }

  async dispose(): Promise<void> {
    await this.engine.dispose();
    for (const server of this.servers) server.closeAllConnections();
    await Promise.all(this.servers.map((server) => new Promise((resolve) => { server.close(resolve); })));
  }
}
