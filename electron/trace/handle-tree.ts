import { INTERNET_OPTION } from '../../preload/contract/win32/constants/options';
import { INTERNET_STATUS } from '../../preload/contract/win32/constants/status';
import type { EventFields, HandleBirth, ObservedEvent, ReturnEvent, TraceEvent } from '../../preload/contract/event';
import { isEnded, type HandleNode, type HandleState } from '../../preload/contract/handle';
import { seq, type HandleId, type Seq } from '../../preload/contract/ids';
import { EndedHandles } from './ended-handles';
import { answersRequest, closedBy } from './endings';

interface OpenCall {
  readonly api: string;
  readonly handle: HandleId | undefined;
  readonly time: number;
  readonly args: EventFields;
}

const NOTHING_CHANGED: ReadonlySet<HandleId> = new Set();

/**
 * The handles as the events say they are: a fold over the trace and nothing else, so that the tree of any moment is the
 * same fold up to it. Nodes are replaced, never changed.
 */
export class HandleTree {
  private readonly nodes = new Map<HandleId, HandleNode>();
  private readonly children = new Map<HandleId, HandleId[]>();
  private readonly calls = new Map<Seq, OpenCall>();
  /** Calls whose completion came before their return: Windows does not order the two. */
  private readonly completedEarly = new Set<Seq>();
  /** Requests whose cancel was asked for: their connection goes before HttpCancelHttpRequest returns. */
  private readonly cancelling = new Set<HandleId>();
  private readonly ended = new EndedHandles();
  /** Place of the event that is taken in. */
  private place: Seq = seq(0);
  private changed: Set<HandleId> | undefined;

  get size(): number {
    return this.nodes.size;
  }

  /** The greatest id of any handle, 0 for none. */
  get greatestId(): number {
    let greatest = 0;
    for (const id of this.nodes.keys()) greatest = Math.max(greatest, id);
    return greatest;
  }

  get(id: HandleId): HandleNode | undefined {
    return this.nodes.get(id);
  }

  all(): Iterable<HandleNode> {
    return this.nodes.values();
  }

  childrenOf(id: HandleId): readonly HandleId[] {
    return this.children.get(id) ?? [];
  }

  /** A handle and everything below it, children before parents: the order in which they close. */
  subtree(id: HandleId): readonly HandleId[] {
    return [...this.childrenOf(id).flatMap((child) => this.subtree(child)), id];
  }

  /** Takes one event in; the nodes that it made or changed. */
  apply(event: TraceEvent): ReadonlySet<HandleId> {
    this.changed = undefined;
    this.place = event.seq;
    if (event.handle !== undefined) this.ended.seen(event.handle, event.seq);
    switch (event.kind) {
      case 'call':
        this.calls.set(event.seq, { api: event.api, handle: event.handle, time: event.time, args: event.args });
        if (event.api === 'InternetCloseHandle' && event.handle !== undefined) this.markCloseRequested(event.handle, event.time);
        if (event.api === 'HttpCancelHttpRequest' && event.handle !== undefined) this.cancelling.add(event.handle);
        break;
      case 'return': this.applyReturn(event); break;
      case 'callback':
        if (event.created !== undefined) this.add(event.created, event.seq, event.time);
        if (event.completes !== undefined) this.complete(event.completes, event.time, true);
        if (event.status === INTERNET_STATUS.INTERNET_STATUS_HANDLE_CLOSING && event.payload.kind === 'handle') {
          if (event.payload.handle !== undefined) this.end(event.payload.handle, 'closed', event.time);
        }
        break;
      case 'completion':
        if (event.created !== undefined) this.add(event.created, event.seq, event.time);
        this.complete(event.completes, event.time, event.error === 0);
        break;
      case 'connection':
        for (const lost of event.lost) this.end(lost, this.cancelling.has(lost) ? 'cancelled' : 'disconnected', event.time);
        break;
      case 'engine-lost':
        for (const id of this.nodes.keys()) this.end(id, 'lost', event.time);
        break;
      case 'observed': this.observe(event); break;
      case 'note': case 'callback-return': break;
    }
    return this.changed ?? NOTHING_CHANGED;
  }

  /**
   * Forgets the handles that have ended and of which no event from `first` on tells, and what calls before `first` left
   * with them. A handle with children stays for as long as they do.
   */
  forget(first: Seq): readonly HandleId[] {
    const parents = new Set<HandleId>();
    const gone: HandleId[] = [];
    for (const id of this.ended.due(first)) {
      if (this.childrenOf(id).some((child) => this.nodes.has(child))) continue;
      const parent = this.nodes.get(id)?.parent;
      if (parent !== undefined) parents.add(parent);
      this.nodes.delete(id);
      this.children.delete(id);
      this.cancelling.delete(id);
      this.ended.forget(id);
      gone.push(id);
    }
    for (const parent of parents) {
      const left = this.children.get(parent)?.filter((child) => this.nodes.has(child));
      if (left !== undefined) this.children.set(parent, left);
    }
    for (const [place, call] of this.calls) {
      if (place >= first) break;
      // A call that has pended since before the history is still owed its end, as long as its handle lives.
      if (call.handle === undefined || !this.nodes.has(call.handle)) this.calls.delete(place);
    }
    for (const place of this.completedEarly) if (place < first) this.completedEarly.delete(place);
    return gone;
  }

  private observe({ created, handle, says, became, seq, time }: ObservedEvent): void {
    if (created !== undefined) this.add(created, seq, time);
    if (handle === undefined) return;
    if (says !== undefined) this.patch(handle, says);
    if (became === 'closing') this.markCloseRequested(handle, time);
    else if (became !== undefined) this.end(handle, became, time);
  }

  private applyReturn(event: ReturnEvent): void {
    const call = this.calls.get(event.call);
    if (event.api === 'HttpCancelHttpRequest' && event.outcome !== 'pending' && event.handle !== undefined) this.cancelling.delete(event.handle);
    if (event.created !== undefined) this.add(event.created, event.call, event.time);
    if (call === undefined) return;
    if (event.outcome === 'pending') {
      // InternetCloseHandle answers TRUE with ERROR_IO_PENDING: not a call that completes, but a close that lasts.
      if (event.api === 'InternetCloseHandle') this.closeRequested(call, event.time);
      else if (!this.completedEarly.delete(event.call)) { this.pend(call, event.call); return; }
    } else if (event.outcome === 'success') {
      this.applySuccess(call, event.time);
    } else if (event.api === 'InternetCloseHandle' && call.handle !== undefined) {
      this.unmarkCloseRequested(call.handle, call.time);
    }
    this.calls.delete(event.call);
  }

  private applySuccess(call: OpenCall, time: number): void {
    const { handle, args } = call;
    if (handle === undefined) return;
    switch (call.api) {
      case 'InternetCloseHandle': this.closeRequested(call, time); return;
      case 'InternetSetStatusCallback': this.patch(handle, { hasCallback: args['lpfnInternetCallback'] !== '0x0' }); return;
      case 'InternetSetOption': this.applyOption(handle, args); return;
      case 'HttpAddUrlToUrlGroup': this.addUrl(handle, args['pFullyQualifiedUrl']); return;
      case 'HttpRemoveUrlFromUrlGroup': this.removeUrl(handle, args['pFullyQualifiedUrl']); return;
      default:
        for (const { id, state } of closedBy(call.api, handle, this)) this.end(id, state, time);
        if (answersRequest(call.api, args)) this.end(handle, 'completed', time);
    }
  }

  /**
   * A close that was accepted: what is still owed a HANDLE_CLOSING is closing until it comes; what is owed none, with a
   * NULL context or without a callback, is gone as far as anyone can tell.
   */
  private closeRequested(call: OpenCall, time: number): void {
    if (call.handle === undefined) return;
    for (const id of this.subtree(call.handle)) {
      const node = this.nodes.get(id);
      if (node === undefined || isEnded(node.state)) continue;
      if (isOwedClosing(node)) this.patch(id, { state: 'closing', closeRequestedAt: node.closeRequestedAt ?? call.time });
      else this.end(id, 'closed', time);
    }
  }

  private markCloseRequested(handle: HandleId, time: number): void {
    for (const id of this.subtree(handle)) {
      const node = this.nodes.get(id);
      if (node !== undefined && node.state === 'open' && node.closeRequestedAt === undefined) this.patch(id, { closeRequestedAt: time });
    }
  }

  private unmarkCloseRequested(handle: HandleId, time: number): void {
    for (const id of this.subtree(handle)) {
      const node = this.nodes.get(id);
      if (node !== undefined && node.state === 'open' && node.closeRequestedAt === time) this.patch(id, { closeRequestedAt: undefined });
    }
  }

  private pend(call: OpenCall, seq: Seq): void {
    const node = call.handle === undefined ? undefined : this.nodes.get(call.handle);
    if (node !== undefined) this.patch(node.id, { pending: [...node.pending, { call: seq, api: call.api, since: call.time }] });
  }

  private complete(seq: Seq, time: number, success: boolean): void {
    const call = this.calls.get(seq);
    if (call === undefined) return;
    const node = call.handle === undefined ? undefined : this.nodes.get(call.handle);
    if (node?.pending.some((pending) => pending.call === seq) === true) {
      this.patch(node.id, { pending: node.pending.filter((pending) => pending.call !== seq) });
      this.calls.delete(seq);
    } else if (call.handle !== undefined) {
      this.completedEarly.add(seq);
    }
    if (success) this.applySuccess(call, time);
  }

  private applyOption(handle: HandleId, args: EventFields): void {
    const buffer = args['lpBuffer'];
    if (args['dwOption'] !== INTERNET_OPTION.INTERNET_OPTION_CONTEXT_VALUE || typeof buffer !== 'object' || !('hex' in buffer)) return;
    if (typeof buffer.hex === 'string') this.patch(handle, { context: littleEndianHex(buffer.hex) });
  }

  private addUrl(handle: HandleId, url: EventFields[string] | undefined): void {
    const node = this.nodes.get(handle);
    if (node !== undefined && typeof url === 'string') this.patch(handle, { detail: [node.detail, url].filter((part) => part !== '').join(' ') });
  }

  private removeUrl(handle: HandleId, url: EventFields[string] | undefined): void {
    const node = this.nodes.get(handle);
    if (node === undefined) return;
    this.patch(handle, { detail: typeof url === 'string' ? node.detail.split(' ').filter((part) => part !== url).join(' ') : '' });
  }

  private add(birth: HandleBirth, createdBy: Seq, time: number): void {
    this.nodes.set(birth.id, {
      ...birth, state: 'open', createdAt: time, createdBy, endedAt: undefined, closeRequestedAt: undefined, pending: [],
    });
    if (birth.parent !== undefined) {
      const siblings = this.children.get(birth.parent);
      if (siblings === undefined) this.children.set(birth.parent, [birth.id]);
      else siblings.push(birth.id);
    }
    this.touch(birth.id);
  }

  private end(id: HandleId, state: HandleState, time: number): void {
    const node = this.nodes.get(id);
    if (node === undefined || isEnded(node.state)) return;
    // Without callbacks no completion can ever be seen: with the handle, what it was waiting for is over.
    const unseen = state === 'lost' || (node.context !== undefined && !isOwedClosing(node));
    this.patch(id, { state, endedAt: time, pending: unseen ? [] : node.pending });
    this.ended.end(id, this.place);
  }

  private patch(id: HandleId, change: Partial<HandleNode>): void {
    const node = this.nodes.get(id);
    if (node === undefined) return;
    this.nodes.set(id, { ...node, ...change });
    this.touch(id);
  }

  /** Most events change no node: the set is made for those that do. */
  private touch(id: HandleId): void {
    this.changed ??= new Set();
    this.changed.add(id);
  }
}

/** Whether the page promises a HANDLE_CLOSING for this handle: a callback and a non-NULL context. */
export function isOwedClosing(node: Pick<HandleNode, 'hasCallback' | 'context'>): boolean {
  return node.hasCallback && node.context !== undefined && node.context !== '0x0';
}

function littleEndianHex(hex: string): string {
  const bytes = hex.match(/../g) ?? [];
  return `0x${BigInt(`0x${bytes.reverse().join('') || '0'}`).toString(16)}`;
}
