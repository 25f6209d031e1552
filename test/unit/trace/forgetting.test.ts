import { beforeAll, describe, expect, test } from 'vitest';
import { syntheticTrace } from '../../../electron/trace/synthetic';
import { Trace } from '../../../electron/trace/trace';
import { isEnded } from '../../../preload/contract/handle';
import { handleId, type HandleId } from '../../../preload/contract/ids';
import { INTERNET_STATUS } from '../../../preload/contract/win32/constants/status';

const HANDLES = 1000;

describe('a trace whose history is full', () => {
  const bounded = new Trace(() => 0, 30_000);
  const whole = new Trace(() => 0);
  const gone: HandleId[] = [];
  const told = new Set<HandleId>();

  beforeAll(() => {
    bounded.onForget((ids) => { gone.push(...ids); });
    for (const event of syntheticTrace({ events: 110_000, handles: HANDLES, seed: 5 })) {
      bounded.append(event);
      whole.append(event);
    }
    for (const event of bounded.log) {
      if (event.handle !== undefined) told.add(event.handle);
      if ('created' in event && event.created !== undefined) told.add(event.created.id);
    }
  });

  test('keeps every handle that lives or that an event of the history tells of, as the whole record has it', () => {
    expect(bounded.log.dropped).toBeGreaterThan(30_000);
    for (const node of whole.tree.all()) {
      if (!isEnded(node.state) || told.has(node.id)) expect(bounded.tree.get(node.id)).toEqual(node);
    }
  });

  test('forgets the others, each once, and their lanes', () => {
    expect(gone.length).toBeGreaterThan(HANDLES / 3);
    expect(new Set(gone).size).toBe(gone.length);
    expect(bounded.forgottenHandles).toBe(gone.length);
    expect(bounded.tree.size).toBe(whole.tree.size - gone.length);
    for (const id of gone) {
      expect(told.has(id)).toBe(false);
      expect(bounded.tree.get(id)).toBeUndefined();
      expect(bounded.spans.lane(id)).toBeUndefined();
    }
    expect(bounded.tree.childrenOf(handleId(2)).every((id) => bounded.tree.get(id) !== undefined)).toBe(true);
  });
});

test('a handle that a late callback tells of is kept until that too has left the history, and a parent as long as its child', () => {
  const trace = new Trace(() => 0, 32_768);
  const gone: HandleId[] = [];
  trace.onForget((ids) => { gone.push(...ids); });
  const [parent, child] = [handleId(1), handleId(2)];
  const birth = { kind: 'request', raw: '0x1', label: '', detail: '', context: undefined, hasCallback: false, asynchronous: true, connectionId: undefined } as const;
  const make = (id: HandleId, above: HandleId | undefined): void => {
    const { seq: call } = trace.append({ kind: 'call', api: 'HttpOpenRequest', width: 'W', args: {}, inCallback: undefined, origin: '', handle: above, thread: 1 });
    trace.append({
      kind: 'return', call, api: 'HttpOpenRequest', returns: 1, error: 0, errorReliable: true, outcome: 'success', out: {}, created: { ...birth, id, parent: above },
      handle: above, thread: 1,
    });
  };
  const fill = (count: number): void => {
    for (let i = 0; i < count; i += 1) trace.append({ kind: 'note', level: 'info', text: '', handle: undefined, thread: 1 });
  };
  make(parent, undefined);
  make(child, parent);
  trace.append({ kind: 'connection', what: 'closed', connectionId: '0x1', remote: '', lost: [child, parent], handle: undefined, thread: 1 });
  fill(40_000);
  trace.append({
    kind: 'callback', status: INTERNET_STATUS.INTERNET_STATUS_REQUEST_SENT, payload: { kind: 'none' }, bytes: '', width: 'W', context: '0x1', via: '', completes: undefined,
    out: {}, created: undefined, handle: child, thread: 1,
  });
  fill(40_000);
  expect(trace.log.dropped).toBeGreaterThan(10);
  expect(gone).toEqual([]);
  fill(100_000);
  expect(gone).toEqual([child, parent]);
});
