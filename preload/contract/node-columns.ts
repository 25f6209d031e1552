import { HANDLE_KINDS, HANDLE_STATES, isEnded, type HandleKind, type HandleNode, type HandleState, type PendingCall } from './handle';
import { handleId, seq, type HandleId } from './ids';

/**
 * Many handles at once, in columns: fifty thousand objects take a window longer to receive than to show, and it shows
 * forty. Ascending by id, so parents stand before their children.
 */
export interface NodeColumns {
  readonly ids: Uint32Array;
  /** HandleId of the parent, 0 for none. */
  readonly parents: Uint32Array;
  /** A place in HANDLE_KINDS. */
  readonly kinds: Uint8Array;
  /** A place in HANDLE_STATES. */
  readonly states: Uint8Array;
  /** Bits of FLAG. */
  readonly flags: Uint8Array;
  /** Milliseconds since the start of the trace; NaN where it has not come to that. */
  readonly createdAt: Float64Array;
  readonly endedAt: Float64Array;
  readonly closeRequestedAt: Float64Array;
  readonly createdBy: Uint32Array;
  /** What each says in words, one after another: TEXTS of the first handle, of the second … */
  readonly text: string;
  /** Where each of them ends in it. */
  readonly textEnds: Uint32Array;
  /** Of each pending call the place of its handle in these columns, never falling. */
  readonly pendingOf: Uint32Array;
  readonly pendingCalls: Uint32Array;
  readonly pendingSince: Float64Array;
  /** A place in `apis`. */
  readonly pendingApis: Uint16Array;
  readonly apis: readonly string[];
}

/** raw, label, detail, context, connectionId. */
const TEXTS = 5;

const FLAG = { hasCallback: 1, sidedness: 2, asynchronous: 4, context: 8, connectionId: 16 } as const;

const ENDED: readonly boolean[] = HANDLE_STATES.map(isEnded);
const CLOSING = HANDLE_STATES.indexOf('closing');

export function packNodes(given: readonly HandleNode[]): NodeColumns {
  const nodes = [...given].sort((a, b) => a.id - b.id);
  const count = nodes.length;
  const pending: { readonly place: number; readonly call: PendingCall }[] = [];
  const columns = {
    ids: new Uint32Array(count), parents: new Uint32Array(count), kinds: new Uint8Array(count), states: new Uint8Array(count), flags: new Uint8Array(count),
    createdAt: new Float64Array(count), endedAt: new Float64Array(count), closeRequestedAt: new Float64Array(count), createdBy: new Uint32Array(count),
  };
  const textEnds = new Uint32Array(count * TEXTS);
  const texts: string[] = [];
  let end = 0;
  for (const [place, node] of nodes.entries()) {
    columns.ids[place] = node.id;
    columns.parents[place] = node.parent ?? 0;
    columns.kinds[place] = HANDLE_KINDS.indexOf(node.kind);
    columns.states[place] = HANDLE_STATES.indexOf(node.state);
    columns.flags[place] = flagsOf(node);
    columns.createdAt[place] = node.createdAt;
    columns.endedAt[place] = node.endedAt ?? Number.NaN;
    columns.closeRequestedAt[place] = node.closeRequestedAt ?? Number.NaN;
    columns.createdBy[place] = node.createdBy;
    for (const text of [node.raw, node.label, node.detail, node.context ?? '', node.connectionId ?? '']) {
      end += text.length;
      textEnds[texts.length] = end;
      texts.push(text);
    }
    for (const call of node.pending) pending.push({ place, call });
  }
  const apis = [...new Set(pending.map(({ call }) => call.api))];
  return {
    ...columns, text: texts.join(''), textEnds, apis,
    pendingOf: Uint32Array.from(pending, ({ place }) => place), pendingCalls: Uint32Array.from(pending, ({ call }) => call.call),
    pendingSince: Float64Array.from(pending, ({ call }) => call.since), pendingApis: Uint16Array.from(pending, ({ call }) => apis.indexOf(call.api)),
  };
}

/** The handle at a place of the columns: each call makes a new object. */
export function nodeIn(columns: NodeColumns, place: number): HandleNode {
  const flags = columns.flags[place] ?? 0;
  const parent = columns.parents[place] ?? 0;
  const text = (index: number): string => {
    const at = place * TEXTS + index;
    return columns.text.slice(at === 0 ? 0 : columns.textEnds[at - 1], columns.textEnds[at]);
  };
  return {
    id: idIn(columns, place), kind: kindIn(columns, place), parent: parent === 0 ? undefined : handleId(parent), raw: text(0), label: text(1), detail: text(2), state: stateIn(columns, place),
    createdAt: columns.createdAt[place] ?? 0, endedAt: timeIn(columns.endedAt, place), createdBy: seq(columns.createdBy[place] ?? 0), closeRequestedAt: timeIn(columns.closeRequestedAt, place),
    pending: pendingIn(columns, place), context: (flags & FLAG.context) === 0 ? undefined : text(3), hasCallback: (flags & FLAG.hasCallback) !== 0,
    asynchronous: (flags & FLAG.sidedness) === 0 ? undefined : (flags & FLAG.asynchronous) !== 0, connectionId: (flags & FLAG.connectionId) === 0 ? undefined : text(4),
  };
}

export function isEndedIn(columns: NodeColumns, place: number): boolean {
  return ENDED[columns.states[place] ?? 0] === true;
}

/** How many of the handles have not ended, and how many of those are owed something: an operation is pending, or the end of a close. */
export function countsIn(columns: NodeColumns): { readonly live: number; readonly busy: number } {
  const { states, pendingOf } = columns;
  let live = 0;
  let busy = 0;
  for (let place = 0; place < states.length; place++) {
    const state = states[place] ?? 0;
    if (ENDED[state] !== true) live++;
    if (state === CLOSING) busy++;
  }
  // A closing handle counts once, whatever is pending on it too; one that has ended is owed nothing.
  for (let at = 0; at < pendingOf.length; at++) {
    const place = pendingOf[at] ?? 0;
    if (place !== pendingOf[at - 1] && states[place] !== CLOSING && !isEndedIn(columns, place)) busy++;
  }
  return { live, busy };
}

function idIn(columns: NodeColumns, place: number): HandleId {
  return handleId(columns.ids[place] ?? 0);
}

function kindIn(columns: NodeColumns, place: number): HandleKind {
  return HANDLE_KINDS[columns.kinds[place] ?? 0] ?? HANDLE_KINDS[0];
}

function stateIn(columns: NodeColumns, place: number): HandleState {
  return HANDLE_STATES[columns.states[place] ?? 0] ?? HANDLE_STATES[0];
}

function timeIn(times: Float64Array, place: number): number | undefined {
  const time = times[place] ?? Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

function pendingIn({ pendingOf, pendingCalls, pendingSince, pendingApis, apis }: NodeColumns, place: number): readonly PendingCall[] {
  let low = 0;
  let high = pendingOf.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((pendingOf[middle] ?? 0) < place) low = middle + 1;
    else high = middle;
  }
  const found: PendingCall[] = [];
  for (let at = low; pendingOf[at] === place; at++) found.push({ call: seq(pendingCalls[at] ?? 0), api: apis[pendingApis[at] ?? 0] ?? '', since: pendingSince[at] ?? 0 });
  return found;
}

function flagsOf({ hasCallback, asynchronous, context, connectionId }: HandleNode): number {
  return (hasCallback ? FLAG.hasCallback : 0) | (asynchronous === undefined ? 0 : FLAG.sidedness) | (asynchronous === true ? FLAG.asynchronous : 0)
    | (context === undefined ? 0 : FLAG.context) | (connectionId === undefined ? 0 : FLAG.connectionId);
}
