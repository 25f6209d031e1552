import { describe, expect, test } from 'vitest';
import { Trace } from '../../../electron/trace/trace';
import type { EventFields, HandleBirth, TraceEvent } from '../../../preload/contract/event';
import { handleId, seq, type HandleId, type Seq } from '../../../preload/contract/ids';
import type { FunctionName } from '../../../preload/contract/win32/functions';

const THREAD = 1;

function birth(id: number, kind: HandleBirth['kind'], parent: number | undefined, more: Partial<HandleBirth> = {}): HandleBirth {
  return {
    id: handleId(id), kind, parent: parent === undefined ? undefined : handleId(parent), raw: `0x${id}`, label: `#${id}`, detail: '', context: '0x1',
    hasCallback: true, asynchronous: true, connectionId: undefined, ...more,
  };
}

/** Writes events as the inspector does, on a clock that goes by one for each. */
class Script {
  private time = 0;
  readonly trace = new Trace(() => this.time++);

  call(api: FunctionName, handle: number | undefined, args: EventFields = {}): TraceEvent {
    return this.trace.append({ kind: 'call', api, width: 'W', args, inCallback: undefined, origin: '', handle: handle === undefined ? undefined : handleId(handle), thread: THREAD });
  }

  returned(call: TraceEvent, outcome: 'success' | 'pending' | 'failure', created?: HandleBirth): void {
    if (call.kind !== 'call') throw new Error('not a call');
    this.trace.append({
      kind: 'return', call: call.seq, api: call.api, returns: 1, error: outcome === 'success' ? 0 : outcome === 'pending' ? 997 : 6, errorReliable: true, outcome,
      out: {}, created, handle: call.handle, thread: THREAD,
    });
  }

  make(api: FunctionName, parent: number | undefined, made: HandleBirth): void {
    this.returned(this.call(api, parent), 'success', made);
  }

  callback(status: number, handle: number, more: { readonly completes?: Seq; readonly closing?: HandleId; readonly dwResult?: string } = {}): void {
    this.trace.append({
      kind: 'callback', status, bytes: '', width: 'W', context: '0x1', via: 'default', out: {}, created: undefined, completes: more.completes,
      payload: more.closing === undefined ? { kind: 'async-result', dwResult: more.dwResult ?? '0x1', dwError: 0 } : { kind: 'handle', raw: '0x0', handle: more.closing },
      handle: handleId(handle), thread: THREAD,
    });
  }

  client(more: Partial<HandleBirth> = {}): void {
    this.make('InternetOpen', undefined, birth(1, 'session', undefined, { context: '0x0' }));
    this.make('InternetConnect', 1, birth(2, 'connection', 1));
    this.make('HttpOpenRequest', 2, birth(3, 'request', 2, more));
  }

  states(): Readonly<Record<number, string>> {
    return Object.fromEntries([...this.trace.tree.all()].map((node) => [node.id, node.state]));
  }
}

describe('the handle tree', () => {
  test('closes children before parents', () => {
    const script = new Script();
    script.client();
    expect(script.trace.tree.subtree(handleId(1))).toEqual([3, 2, 1]);
  });

  test('a handle with a pending request is closing from the accepted close to HANDLE_CLOSING', () => {
    const script = new Script();
    script.client();
    const send = script.call('HttpSendRequest', 3);
    script.returned(send, 'pending');
    expect(script.trace.tree.get(handleId(3))?.pending.map((pending) => pending.api)).toEqual(['HttpSendRequest']);
    const close = script.call('InternetCloseHandle', 3);
    script.returned(close, 'pending');
    expect(script.states()).toEqual({ 1: 'open', 2: 'open', 3: 'closing' });
    script.callback(100, 3, { completes: send.seq, dwResult: '0x0' });
    expect(script.trace.tree.get(handleId(3))?.pending).toEqual([]);
    expect(script.states()[3]).toBe('closing');
    script.callback(70, 3, { closing: handleId(3) });
    expect(script.states()[3]).toBe('closed');
  });

  test('a handle with a NULL context is gone at the return of its close: no HANDLE_CLOSING is owed', () => {
    const script = new Script();
    script.client({ context: '0x0' });
    script.returned(script.call('InternetCloseHandle', 3), 'success');
    expect(script.states()[3]).toBe('closed');
  });

  test('with a NULL context nothing stays pending after its close, and its lane says so', () => {
    const script = new Script();
    script.client({ context: '0x0' });
    script.returned(script.call('HttpSendRequest', 3), 'pending');
    script.returned(script.call('InternetCloseHandle', 3), 'pending');
    expect(script.trace.tree.get(handleId(3))?.pending).toEqual([]);
    const { spans } = script.trace.timeline({ from: 0, to: 1e6, pixels: 1000, lanes: [handleId(3)] });
    expect(Array.from(spans.end).filter((end) => Number.isNaN(end))).toEqual([]);
  });

  test('closing the session closes what is owed no HANDLE_CLOSING and waits for the rest', () => {
    const script = new Script();
    script.client();
    script.returned(script.call('InternetCloseHandle', 1), 'pending');
    expect(script.states()).toEqual({ 1: 'closed', 2: 'closing', 3: 'closing' });
  });

  test('a refused close leaves no trace on the handle', () => {
    const script = new Script();
    script.client();
    const before = script.trace.tree.get(handleId(3));
    script.returned(script.call('InternetCloseHandle', 3), 'failure');
    expect(script.trace.tree.get(handleId(3))).toEqual(before);
  });

  test('a completion that comes before its call returned leaves nothing pending', () => {
    const script = new Script();
    script.client();
    const send = script.call('HttpSendRequest', 3);
    script.callback(100, 3, { completes: send.seq });
    script.returned(send, 'pending');
    expect(script.trace.tree.get(handleId(3))?.pending).toEqual([]);
  });

  test('a cancelled request takes the others of its connection with it', () => {
    const script = new Script();
    script.make('HttpCreateRequestQueue', undefined, birth(1, 'request-queue', undefined));
    script.make('HttpReceiveHttpRequest', 1, birth(2, 'server-request', 1));
    script.make('HttpReceiveHttpRequest', 1, birth(3, 'server-request', 1));
    script.returned(script.call('HttpCancelHttpRequest', 2), 'success');
    script.trace.append({ kind: 'connection', what: 'closed', connectionId: '0x1', remote: '', lost: [handleId(2), handleId(3)], handle: undefined, thread: THREAD });
    expect(script.states()).toEqual({ 1: 'open', 2: 'cancelled', 3: 'disconnected' });
  });

  test('an answer is complete with its last part only', () => {
    const script = new Script();
    script.make('HttpCreateRequestQueue', undefined, birth(1, 'request-queue', undefined));
    script.make('HttpReceiveHttpRequest', 1, birth(2, 'server-request', 1));
    script.returned(script.call('HttpSendHttpResponse', 2, { Flags: 2 }), 'success');
    expect(script.states()[2]).toBe('open');
    script.returned(script.call('HttpSendResponseEntityBody', 2, { Flags: 0 }), 'success');
    expect(script.states()[2]).toBe('completed');
  });

  test('a lost engine loses every handle that had not ended', () => {
    const script = new Script();
    script.client({ context: '0x0' });
    script.returned(script.call('InternetCloseHandle', 3), 'success');
    script.trace.append({ kind: 'engine-lost', reason: 'gone', handle: undefined, thread: THREAD });
    expect(script.states()).toEqual({ 1: 'lost', 2: 'lost', 3: 'closed' });
  });

  test('is the same fold whether it was kept up live or made from the log afterwards', () => {
    const script = new Script();
    script.client();
    const send = script.call('HttpSendRequest', 3);
    script.returned(send, 'pending');
    script.returned(script.call('InternetCloseHandle', 1), 'pending');
    script.callback(100, 3, { completes: send.seq, dwResult: '0x0' });
    script.callback(70, 3, { closing: handleId(3) });
    const again = new Trace(() => 0);
    for (const event of script.trace.log) again.tree.apply(event);
    expect([...again.tree.all()]).toEqual([...script.trace.tree.all()]);
  });

  test('the timeline holds a span from 997 to REQUEST_COMPLETE and one from the close to HANDLE_CLOSING', () => {
    const script = new Script();
    script.client();
    const send = script.call('HttpSendRequest', 3);
    script.returned(send, 'pending');
    const close = script.call('InternetCloseHandle', 3);
    script.returned(close, 'pending');
    script.callback(100, 3, { completes: send.seq, dwResult: '0x0' });
    script.callback(70, 3, { closing: handleId(3) });
    const end = script.trace.log.timeAt(seq(script.trace.log.length - 1));
    const complete = script.trace.log.timeAt(seq(script.trace.log.length - 2));
    const { spans, strings } = script.trace.timeline({ from: 0, to: end, pixels: 1000, lanes: [handleId(3)] });
    const drawn = Array.from(spans.start, (start, i) => ({ label: strings[spans.label[i] ?? -1], start, end: spans.end[i] }));
    expect(drawn).toContainEqual({ label: 'HttpSendRequest pending', start: send.time, end: complete });
    expect(drawn).toContainEqual({ label: 'waiting for HANDLE_CLOSING', start: close.time, end });
  });
});
