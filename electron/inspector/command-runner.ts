import type { BreakScenarioCommand, CloseCommand, CommandDone, CommandResult, ControlScenarioCommand, EngineCommand, RunScenarioCommand, RunSweepCommand, SetAnswerRulesCommand } from '../../preload/contract/command';
import type { InspectorError } from '../../preload/contract/errors';
import { win32Error } from '../../preload/contract/win32-error';
import { isEnded, type HandleKind } from '../../preload/contract/handle';
import type { HandleId } from '../../preload/contract/ids';
import { assertUnreachable, err, ok, type Result } from '../../preload/contract/result';
import type { FunctionName } from '../../preload/contract/win32/functions';
import { Answerer, type Clock } from './answering/answerer';
import { beginAnew } from './begin-anew';
import { BodyFiles } from './body-files';
import { ClientDriver } from './client-driver';
import type { CallRecord, Inspector } from './inspector';
import { Responder } from './responder';
import type { RegisteredHandle } from './registry';
import { ServerDriver } from './server-driver';

const ORIGINS = { close: 'Close', respond: 'Respond', cancel: 'Cancel' } as const;

/** What runs scenarios, from the room above this one. */
export interface ScenarioPlayer {
  run(command: RunScenarioCommand): Promise<Result<string, InspectorError>>;
  /** Lets it go on or holds it; the message says which. */
  control(command: ControlScenarioCommand): Result<string, InspectorError>;
  breakAt(command: BreakScenarioCommand): Result<string, InspectorError>;
  stop(): void;
  readonly running: boolean;
}

/** What runs close sweeps, on engines of their own. */
export interface Sweeper {
  run(command: RunSweepCommand): Promise<Result<string, InspectorError>>;
  stop(): void;
}

/** What needs no handle of this engine. */
const WITHOUT_ENGINE: ReadonlySet<EngineCommand['kind']> = new Set<EngineCommand['kind']>(['run-sweep', 'stop-sweep', 'stop-scenario', 'control-scenario', 'break-scenario', 'begin-anew']);

/** Carries out what a person or the command line asks for. Every answer is a value. */
export class CommandRunner {
  private readonly clients: ClientDriver;
  readonly servers: ServerDriver;
  /** What the person has chosen to send. */
  readonly files = new BodyFiles();
  readonly answerer: Answerer;
  private readonly responder: Responder;
  private beginning = false;

  /** @param clock of the answering rules; a test gives one of its own */
  constructor(private readonly inspector: Inspector, private readonly scenarios: ScenarioPlayer, private readonly sweeps: Sweeper, clock?: Clock) {
    this.responder = new Responder(inspector, this.files);
    this.answerer = new Answerer(inspector, this.responder, clock);
    this.clients = new ClientDriver(inspector, this.files);
    this.servers = new ServerDriver(inspector, this.answerer);
  }

  async run(command: EngineCommand): Promise<CommandResult> {
    const { lost } = this.inspector;
    if (lost !== undefined && !WITHOUT_ENGINE.has(command.kind)) return err({ kind: 'engine-lost', reason: lost });
    switch (command.kind) {
      case 'open-client': return done(await this.clients.open(command), (handle) => ({ handle, message: `${command.method} ${command.url} was sent.` }));
      case 'open-server': return done(await this.servers.open(command), (handle) => ({ handle, message: `Receiving on ${command.urlPrefix}.` }));
      case 'set-answer-rules': return this.setRules(command);
      case 'respond': {
        const instead = this.instead(command.request);
        return done(await this.responder.respond(command.request, command, ORIGINS.respond), () => ({ handle: command.request, message: `${`Answered ${command.status} ${command.reason}.`.replace(' .', '.')}${instead}` }));
      }
      case 'cancel': {
        const instead = this.instead(command.request);
        return done(await this.responder.cancel(command.request, ORIGINS.cancel), () => ({ handle: command.request, message: `HttpCancelHttpRequest: NO_ERROR. The connection is closed.${instead}` }));
      }
      case 'close': return this.close(command);
      case 'run-scenario': return done(await this.scenarios.run(command), (message) => ({ handle: undefined, message }));
      case 'control-scenario': return done(this.scenarios.control(command), (message) => ({ handle: undefined, message }));
      case 'break-scenario': return done(this.scenarios.breakAt(command), (message) => ({ handle: undefined, message }));
      case 'stop-scenario':
        this.scenarios.stop();
        return ok({ handle: undefined, message: 'The scenario was stopped.' });
      case 'run-sweep': return done(await this.sweeps.run(command), (message) => ({ handle: undefined, message }));
      case 'stop-sweep':
        this.sweeps.stop();
        return ok({ handle: undefined, message: 'The sweep was stopped.' });
      case 'begin-anew': return this.beginAnew();
      default: return assertUnreachable(command);
    }
  }

  /** One at a time: a second one that waits would forget what the first has begun. */
  private async beginAnew(): Promise<CommandResult> {
    if (this.scenarios.running) return err({ kind: 'busy', message: 'A scenario is running: stop it, or wait for its end. Then a new recording can begin.' });
    if (this.beginning) return err({ kind: 'busy', message: 'A new recording is being begun already: handles are being closed.' });
    this.beginning = true;
    try {
      return await beginAnew(this.inspector.trace, (handle) => this.close({ kind: 'close', handle }));
    } finally {
      this.beginning = false;
    }
  }

  private setRules({ queue, rules }: SetAnswerRulesCommand): CommandResult {
    const node = this.inspector.trace.tree.get(queue);
    if (node?.kind !== 'request-queue' || isEnded(node.state)) return err({ kind: 'stale-handle', message: 'Answering rules are those of an open request queue. Select one in the tree.' });
    if (!this.servers.receivesFrom(queue)) return err({ kind: 'stale-handle', message: `${node.label} was opened by other calls, which receive its requests themselves. Rules answer for a queue that New server has opened.` });
    this.answerer.setRules(queue, rules);
    return ok({ handle: queue, message: rules.length === 0 ? `${node.label} answers nothing by itself: every request waits for you.` : `${node.label} answers by ${rules.length === 1 ? 'one rule' : `${rules.length} rules`} from the next request on.` });
  }

  /** A person goes before a rule: what is told of the rule that waited. */
  private instead(request: HandleId): string {
    const number = this.answerer.release(request);
    return number === undefined ? '' : ` Answering rule ${number}, which waited for its time, does nothing more with it.`;
  }

  private async close(command: CloseCommand): Promise<CommandResult> {
    const registered = this.inspector.registry.get(command.handle);
    const api = registered === undefined ? undefined : CLOSERS[registered.kind];
    if (registered === undefined) return err({ kind: 'stale-handle', message: `There is no handle #${command.handle}. Select one in the tree.` });
    if (api === undefined) return err({ kind: 'stale-handle', message: 'A received request is not closed: answer it or cancel it.' });
    const availability = this.inspector.engine.availability(api);
    if (!availability.available) return err({ kind: 'unavailable', api, reason: availability.reason });
    const { returned } = await this.callClose(api, registered);
    if (returned.outcome === 'failure') return err(win32Error(api, returned.error));
    const message = returned.outcome === 'pending'
      ? `${api}: TRUE, last error 997 ERROR_IO_PENDING. Requests were outstanding; the handle is invalid now and closes when they have completed.`
      : `${api}: ${api === 'InternetCloseHandle' ? 'TRUE' : 'NO_ERROR'}.`;
    return ok({ handle: command.handle, message });
  }

  private async callClose(api: FunctionName, { raw }: RegisteredHandle): Promise<CallRecord> {
    switch (api) {
      case 'HttpCloseServerSession': return this.inspector.call(api, { ServerSessionId: raw }, { origin: ORIGINS.close });
      case 'HttpCloseUrlGroup': return this.inspector.call(api, { UrlGroupId: raw }, { origin: ORIGINS.close });
      case 'HttpCloseRequestQueue': return this.inspector.call(api, { RequestQueueHandle: raw }, { origin: ORIGINS.close });
      default: return this.inspector.call('InternetCloseHandle', { hInternet: raw }, { origin: ORIGINS.close });
    }
  }
}

/** The function that closes each kind of handle; a received request has none. */
const CLOSERS: Readonly<Record<HandleKind, FunctionName | undefined>> = {
  session: 'InternetCloseHandle', connection: 'InternetCloseHandle', request: 'InternetCloseHandle', 'ftp-connection': 'InternetCloseHandle',
  'ftp-file': 'InternetCloseHandle', 'ftp-find': 'InternetCloseHandle', 'server-session': 'HttpCloseServerSession', 'url-group': 'HttpCloseUrlGroup',
  'request-queue': 'HttpCloseRequestQueue', 'server-request': undefined, process: undefined,
};

function done<T>(result: Result<T, InspectorError>, words: (value: T) => CommandDone): CommandResult {
  return result.ok ? ok(words(result.value)) : result;
}
