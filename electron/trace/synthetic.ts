import type { NewEvent, HandleBirth } from '../../preload/contract/event';
import { handleId, seq, type Seq } from '../../preload/contract/ids';
import { INTERNET_STATUS as S } from '../../preload/contract/win32/constants/status';
import type { FunctionName } from '../../preload/contract/win32/functions';

export interface SyntheticTrace {
  /** Events to make, at least; the last handles are closed after that. */
  readonly events: number;
  /** Requests over the whole trace; each is opened, used and closed. */
  readonly handles: number;
  /** The same seed gives the same trace. */
  readonly seed: number;
}

/** Requests that are alive at one time. */
const ALIVE = 500;
const THREADS = 8;

/**
 * A trace that looks like a busy client's: requests are opened, sent, read and closed on eight threads, some fail, some
 * are closed while pending. For benchmarks and tests, in the order and form in which the inspector records.
 */
export function* syntheticTrace({ events, handles, seed }: SyntheticTrace): Generator<NewEvent> {
  const writer = new Writer(seed);
  yield* writer.make('InternetOpen', undefined, birth(1, 'session', undefined, 'Session'));
  yield* writer.make('InternetConnect', 1, birth(2, 'connection', 1, '127.0.0.1:8080'));
  // The reads come in pairs of call and return: what rounding takes away is made up for.
  const perHandle = Math.max(12, Math.ceil(events / Math.max(1, handles)) + 2);
  const alive: Generator<readonly NewEvent[]>[] = [];
  let next = 3;
  while (writer.written < events || alive.length > 0) {
    while (alive.length < ALIVE && next < handles + 3) {
      alive.push(writer.request(next, perHandle));
      next += 1;
    }
    if (alive.length === 0) return;
    const at = writer.below(alive.length);
    const step = alive[at]?.next();
    if (step === undefined || step.done === true) {
      // Order does not matter: the last takes the place of the one that ended.
      const last = alive.pop();
      if (last !== undefined && at < alive.length) alive[at] = last;
    } else {
      yield* step.value;
    }
  }
}

class Writer {
  written = 0;
  private time = 0;
  private state: number;

  constructor(seed: number) {
    this.state = (seed * 2654435761 + 1) >>> 0;
  }

  /** A number from 0 up to and without `bound` (xorshift: small, fast and the same everywhere). */
  below(bound: number): number {
    this.state ^= this.state << 13;
    this.state ^= this.state >>> 17;
    this.state ^= this.state << 5;
    return (this.state >>> 0) % bound;
  }

  /** The whole life of one request in steps, each of which nothing comes between: a call returns at once or pends. */
  *request(id: number, events: number): Generator<readonly NewEvent[]> {
    const thread = 2 + this.below(THREADS);
    yield [...this.make('HttpOpenRequest', 2, birth(id, 'request', 2, `GET /item/${id % 97}`))];
    const send = this.written;
    yield this.called('HttpSendRequest', id, 'pending', 997);
    for (const status of [S.INTERNET_STATUS_SENDING_REQUEST, S.INTERNET_STATUS_REQUEST_SENT, S.INTERNET_STATUS_RECEIVING_RESPONSE, S.INTERNET_STATUS_RESPONSE_RECEIVED]) {
      yield [this.callback(status, id, thread, undefined)];
    }
    yield [this.complete(seq(send), id, thread, this.below(50) === 0)];
    for (let made = 11; made < events - 3; made += 2) yield this.called('InternetReadFile', id, this.below(400) === 0 ? 'failure' : 'success', 0);
    const close = this.call('InternetCloseHandle', id, 1);
    const closing = this.event({
      kind: 'callback', status: S.INTERNET_STATUS_HANDLE_CLOSING, payload: { kind: 'handle', raw: `0x${id.toString(16)}`, handle: handleId(id) }, bytes: '', width: 'W',
      context: '0x1', via: 'synthetic', completes: undefined, out: {}, created: undefined, handle: handleId(id), thread: 1,
    });
    yield [close, closing, this.returned(seq(this.written - 2), 'InternetCloseHandle', id, 1, 'success', 0)];
  }

  *make(api: FunctionName, on: number | undefined, created: HandleBirth): Generator<NewEvent> {
    const place = seq(this.written);
    yield this.call(api, on, 1);
    yield { ...this.returned(place, api, on, 1, 'success', 0), created };
  }

  private called(api: FunctionName, on: number, outcome: 'success' | 'pending' | 'failure', error: number): readonly NewEvent[] {
    const place = seq(this.written);
    return [this.call(api, on, 1), this.returned(place, api, on, 1, outcome, error)];
  }

  private call(api: FunctionName, on: number | undefined, thread: number): NewEvent {
    return this.event({ kind: 'call', api, width: 'W', args: { dwNumberOfBytesToRead: 4096 }, inCallback: undefined, origin: 'synthetic', handle: on === undefined ? undefined : handleId(on), thread });
  }

  private returned(call: Seq, api: FunctionName, on: number | undefined, thread: number, outcome: 'success' | 'pending' | 'failure', error: number) {
    return this.event({
      kind: 'return' as const, call, api, returns: outcome === 'success' ? 1 : 0, error: outcome === 'failure' ? 12030 : error, errorReliable: true, outcome, out: {},
      created: undefined, handle: on === undefined ? undefined : handleId(on), thread,
    });
  }

  private callback(status: number, id: number, thread: number, completes: Seq | undefined): NewEvent {
    return this.event({
      kind: 'callback', status, payload: { kind: 'none' }, bytes: '', width: 'W', context: '0x1', via: 'synthetic', completes, out: {}, created: undefined, handle: handleId(id), thread,
    });
  }

  private complete(send: Seq, id: number, thread: number, failed: boolean): NewEvent {
    return this.event({
      kind: 'callback', status: S.INTERNET_STATUS_REQUEST_COMPLETE, payload: { kind: 'async-result', dwResult: failed ? '0x0' : '0x1', dwError: failed ? 12030 : 0 }, bytes: '',
      width: 'W', context: '0x1', via: 'synthetic', completes: send, out: {}, created: undefined, handle: handleId(id), thread,
    });
  }

  private event<E extends NewEvent>(event: E): E & { readonly time: number } {
    this.time += (1 + this.below(40)) / 100;
    this.written += 1;
    return { ...event, time: this.time };
  }
}

function birth(id: number, kind: HandleBirth['kind'], parent: number | undefined, label: string): HandleBirth {
  return {
    id: handleId(id), kind, parent: parent === undefined ? undefined : handleId(parent), raw: `0x${id.toString(16)}`, label, detail: '',
    context: kind === 'session' ? '0x0' : '0x1', hasCallback: true, asynchronous: true, connectionId: undefined,
  };
}
