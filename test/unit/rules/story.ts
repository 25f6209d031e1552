import { Referee } from '../../../electron/rules/referee';
import { Trace } from '../../../electron/trace/trace';
import type { CallbackEvent, CallEvent, CompletionEvent, ConnectionTraceEvent, EventFields, HandleBirth, ReturnEvent } from '../../../preload/contract/event';
import type { Finding } from '../../../preload/contract/finding';
import type { HandleKind } from '../../../preload/contract/handle';
import { handleId, type HandleId } from '../../../preload/contract/ids';
import type { FunctionName } from '../../../preload/contract/win32/functions';

export const CLOSING = 70;
export const COMPLETE = 100;
export const SENT = 31;
export const MAIN = 1;
export const POOL = 9;

const MAKERS: Readonly<Record<Exclude<HandleKind, 'process'>, FunctionName>> = {
  session: 'InternetOpen', connection: 'InternetConnect', request: 'HttpOpenRequest', 'ftp-connection': 'InternetConnect', 'ftp-file': 'FtpOpenFile',
  'ftp-find': 'FtpFindFirstFile', 'server-session': 'HttpCreateServerSession', 'url-group': 'HttpCreateUrlGroup', 'request-queue': 'HttpCreateRequestQueue',
  'server-request': 'HttpReceiveHttpRequest',
};

const SERVER: ReadonlySet<HandleKind> = new Set<HandleKind>(['server-session', 'url-group', 'request-queue', 'server-request']);

/** A trace written event by event, as the inspector would, with the referee watching. */
export class Story {
  private clock = 0;
  private ids = 0;
  readonly trace: Trace;
  readonly referee: Referee;

  /** @param history events to keep; all of them when it is left out */
  constructor(history?: number) {
    this.trace = new Trace(() => this.clock, history);
    this.referee = new Referee(this.trace);
  }

  /** Lets so many milliseconds pass. */
  later(ms: number): this {
    this.clock += ms;
    return this;
  }

  call(api: FunctionName, handle?: HandleId, more: Partial<CallEvent> = {}): CallEvent {
    this.clock += 1;
    const event = this.trace.append({ kind: 'call', api, width: 'W', args: {}, inCallback: undefined, origin: '', handle, thread: MAIN, ...more });
    if (event.kind !== 'call') throw new Error('not a call');
    return event;
  }

  returned(call: CallEvent, outcome: ReturnEvent['outcome'], more: Partial<ReturnEvent> = {}): void {
    this.clock += 1;
    const error = outcome === 'success' ? 0 : outcome === 'pending' ? 997 : 6;
    this.trace.append({
      kind: 'return', call: call.seq, api: call.api, returns: outcome === 'success' ? 1 : 0, error, errorReliable: true, outcome, out: {}, created: undefined,
      handle: call.handle, thread: call.thread, ...more,
    });
  }

  does(api: FunctionName, handle?: HandleId, args: EventFields = {}, more: Partial<CallEvent> = {}): CallEvent {
    const call = this.call(api, handle, { args, ...more });
    this.returned(call, 'success');
    return call;
  }

  fails(api: FunctionName, handle: HandleId | undefined, error: number, more: Partial<CallEvent> = {}): CallEvent {
    const call = this.call(api, handle, more);
    this.returned(call, 'failure', { error, returns: error });
    return call;
  }

  pends(api: FunctionName, handle: HandleId, args: EventFields = {}): CallEvent {
    const call = this.call(api, handle, { args });
    this.returned(call, 'pending');
    return call;
  }

  opens(kind: keyof typeof MAKERS, parent?: HandleId, more: Partial<HandleBirth> & { readonly out?: EventFields; readonly origin?: string } = {}): HandleId {
    const { out = {}, origin = '', ...birth } = more;
    this.ids += 1;
    const id = handleId(this.ids);
    const wininet = !SERVER.has(kind);
    const call = this.call(MAKERS[kind], parent, { origin });
    this.returned(call, 'success', {
      out,
      created: {
        id, kind, parent, raw: `0x${id.toString(16)}`, label: `${kind} ${id}`, detail: '', context: wininet ? `0x${id}` : undefined, hasCallback: wininet,
        asynchronous: wininet ? true : undefined, connectionId: undefined, ...birth,
      },
    });
    return id;
  }

  /** Session, connection and request, with callbacks and contexts. */
  client(more: Partial<HandleBirth> = {}): { readonly session: HandleId; readonly connection: HandleId; readonly request: HandleId } {
    const session = this.opens('session', undefined, { context: '0x0', ...(more.asynchronous === undefined ? {} : { asynchronous: more.asynchronous }) });
    const connection = this.opens('connection', session, more);
    return { session, connection, request: this.opens('request', connection, more) };
  }

  /** Session, group and queue, bound to each other. */
  server(): { readonly session: HandleId; readonly group: HandleId; readonly queue: HandleId } {
    this.does('HttpInitialize', undefined, { Flags: 1 });
    const session = this.opens('server-session');
    const group = this.opens('url-group', session);
    const queue = this.opens('request-queue');
    this.does('HttpSetUrlGroupProperty', group, { Property: 7, PropertyInformation: { Flags: 1, RequestQueueHandle: `0x${queue.toString(16)}` } });
    return { session, group, queue };
  }

  callback(status: number, handle: HandleId, more: Partial<CallbackEvent> = {}): CallbackEvent {
    this.clock += 1;
    const event = this.trace.append({
      kind: 'callback', status, bytes: '', width: 'W', context: '0x1', via: 'default', out: {}, created: undefined, completes: undefined,
      payload: { kind: 'none' }, handle, thread: POOL, ...more,
    });
    if (event.kind !== 'callback') throw new Error('not a callback');
    return event;
  }

  callbackReturns({ seq, status, handle, thread }: CallbackEvent, duration: number): void {
    this.clock += duration;
    this.trace.append({ kind: 'callback-return', callback: seq, status, duration, handle, thread });
  }

  completes(call: CallEvent, dwError = 0): void {
    if (call.handle === undefined) throw new Error('no handle');
    this.callback(COMPLETE, call.handle, { completes: call.seq, payload: { kind: 'async-result', dwResult: dwError === 0 ? '0x1' : '0x0', dwError } });
  }

  closing(handle: HandleId): void {
    this.callback(CLOSING, handle, { payload: { kind: 'handle', raw: '0x0', handle } });
  }

  /** Closes and gets its HANDLE_CLOSING. */
  closes(handle: HandleId): CallEvent {
    const call = this.does('InternetCloseHandle', handle);
    this.closing(handle);
    return call;
  }

  completion(call: CallEvent, error = 0, more: Partial<CompletionEvent> = {}): void {
    this.clock += 1;
    this.trace.append({ kind: 'completion', completes: call.seq, api: call.api, error, bytes: 0, out: {}, created: undefined, handle: call.handle, thread: POOL, ...more });
  }

  connection(what: ConnectionTraceEvent['what'], connectionId: string, lost: readonly HandleId[] = []): void {
    this.clock += 1;
    this.trace.append({ kind: 'connection', what, connectionId, remote: '127.0.0.1:50000', lost, handle: lost[0], thread: MAIN });
  }

  note(text: string): void {
    this.trace.append({ kind: 'note', level: 'info', text, handle: undefined, thread: MAIN });
  }

  /** What a rule found by the end, nothing more to come. */
  found(rule: string): readonly Finding[] {
    return this.referee.all(true, this.clock).filter((finding) => finding.rule === rule);
  }
}
