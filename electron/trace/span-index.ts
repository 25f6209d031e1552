import { INTERNET_STATUS as S } from '../../preload/contract/win32/constants/status';
import type { CallbackEvent, ObservedEvent, ReturnEvent, TraceEvent } from '../../preload/contract/event';
import { isEnded, type HandleNode, type HandleState } from '../../preload/contract/handle';
import type { HandleId, Seq } from '../../preload/contract/ids';
import type { MarkKind, SpanKind } from '../../preload/contract/query';
import type { HandleTree } from './handle-tree';
import { LaneColumns } from './lane-columns';
import { OverviewIndex } from './overview';
import { isEndOfBody, statusTitle } from './event-words';

/** The callback that opens a phase, and the one that ends it. */
const PHASES: Readonly<Record<number, { readonly kind: SpanKind; readonly label: string; readonly end: number }>> = {
  [S.INTERNET_STATUS_RESOLVING_NAME]: { kind: 'resolve', label: 'resolve', end: S.INTERNET_STATUS_NAME_RESOLVED },
  [S.INTERNET_STATUS_CONNECTING_TO_SERVER]: { kind: 'connect', label: 'connect', end: S.INTERNET_STATUS_CONNECTED_TO_SERVER },
  [S.INTERNET_STATUS_SENDING_REQUEST]: { kind: 'send', label: 'send', end: S.INTERNET_STATUS_REQUEST_SENT },
  [S.INTERNET_STATUS_RECEIVING_RESPONSE]: { kind: 'receive', label: 'receive', end: S.INTERNET_STATUS_RESPONSE_RECEIVED },
};
const PHASE_ENDS: ReadonlySet<number> = new Set(Object.values(PHASES).map((phase) => phase.end));

/** A synchronous call shorter than this is a tick, not a bar, in milliseconds. */
const VISIBLE_CALL_MS = 0.5;

/**
 * The intervals and moments that the trace proves, by lane: pending I/O from 997 to its completion, a close from its
 * request to HANDLE_CLOSING, a server request from its receipt to its end. A fold over events, beside the tree.
 */
export class SpanIndex {
  readonly overview = new OverviewIndex();
  private readonly lanes = new Map<HandleId, LaneColumns>();
  private readonly life = new Map<HandleId, number>();
  private readonly phase = new Map<HandleId, number>();
  private readonly closing = new Map<HandleId, number>();
  private readonly pending = new Map<Seq, { readonly lane: HandleId; readonly span: number }>();
  private readonly completed = new Set<Seq>();
  private readonly calls = new Map<Seq, { readonly lane: HandleId; readonly time: number; readonly seq: Seq }>();

  /** @param tree already holds the event: states after it decide which spans end. */
  constructor(private readonly tree: HandleTree) {}

  lane(id: HandleId): LaneColumns | undefined {
    return this.lanes.get(id);
  }

  apply(event: TraceEvent, changed: ReadonlySet<HandleId>): void {
    if ('created' in event && event.created !== undefined) this.begin(event.created.id, event);
    switch (event.kind) {
      case 'call':
        if (event.handle !== undefined) {
          this.calls.set(event.seq, { lane: event.handle, time: event.time, seq: event.seq });
          if (event.api === 'InternetCloseHandle') this.mark(event.handle, event, 'close-requested', 'close');
          else if (event.api === 'HttpCancelHttpRequest') this.mark(event.handle, event, 'cancelled', 'cancel');
        }
        break;
      case 'return': this.applyReturn(event); break;
      case 'callback': this.applyCallback(event); break;
      case 'callback-return':
        if (event.handle !== undefined) {
          const lane = this.columns(event.handle);
          lane.endSpan(lane.openSpan('call', event.time - event.duration, event.callback, `in the callback ${statusTitle(event.status)}`), event.time, false);
        }
        break;
      case 'completion': this.complete(event.completes, event, event.error !== 0); break;
      case 'connection':
        for (const id of event.lost) this.mark(id, event, 'connection-closed', 'connection closed');
        if (event.lost.length === 0 && event.handle !== undefined && event.what !== 'accepted') this.mark(event.handle, event, 'connection-closed', 'connection closed');
        break;
      case 'observed': this.observe(event); break;
      case 'note': case 'engine-lost':
        if (event.handle !== undefined) this.mark(event.handle, event, 'note', 'note');
        break;
    }
    for (const id of changed) this.follow(id, event);
  }

  /**
   * Forgets, in every lane, what belongs to events that the log has dropped, and the lanes of handles that are forgotten.
   * @param time of the first that is kept
   */
  trim(first: Seq, time: number, gone: readonly HandleId[]): void {
    this.overview.trim(time);
    for (const id of gone) {
      this.lanes.delete(id);
      this.life.delete(id);
      this.phase.delete(id);
      this.closing.delete(id);
    }
    for (const [id, lane] of this.lanes) {
      lane.trim(first, time);
      // A call on a handle that was forgotten meanwhile returned after all.
      if (lane.lastMark < first && this.tree.get(id) === undefined) this.lanes.delete(id);
    }
    for (const [call, { lane }] of this.pending) if (call < first && !this.lanes.has(lane)) this.pending.delete(call);
    for (const [call, { lane }] of this.calls) if (call < first && !this.lanes.has(lane)) this.calls.delete(call);
    for (const call of this.completed) if (call < first) this.completed.delete(call);
  }

  get bytes(): number {
    let sum = 0;
    for (const lane of this.lanes.values()) sum += lane.bytes;
    return sum;
  }

  private applyReturn(event: ReturnEvent): void {
    const call = this.calls.get(event.call);
    this.calls.delete(event.call);
    if (call === undefined) return;
    const lane = this.columns(call.lane);
    if (event.outcome === 'pending' && event.api !== 'InternetCloseHandle') {
      const span = lane.openSpan('pending', call.time, event.call, `${event.api} pending`);
      if (this.completed.delete(event.call)) lane.endSpan(span, event.time, false);
      else this.pending.set(event.call, { lane: call.lane, span });
      return;
    }
    const failed = event.outcome === 'failure' && !isEndOfBody(event);
    if (event.time - call.time >= VISIBLE_CALL_MS) lane.endSpan(lane.openSpan('call', call.time, event.call, event.api), event.time, failed);
    this.mark(call.lane, event, failed ? 'failed-call' : 'call', event.api);
  }

  private applyCallback(event: CallbackEvent): void {
    const lane = event.handle;
    if (lane === undefined) return;
    if (event.status === S.INTERNET_STATUS_REQUEST_COMPLETE) {
      const bad = event.payload.kind === 'async-result' && event.payload.dwResult === '0x0';
      this.endPhase(lane, event.time, bad);
      if (event.completes !== undefined) this.complete(event.completes, event, bad);
      else this.mark(lane, event, bad ? 'complete-failed' : 'complete', statusTitle(event.status));
      return;
    }
    if (event.status === S.INTERNET_STATUS_HANDLE_CLOSING) {
      const target = event.payload.kind === 'handle' ? event.payload.handle ?? lane : lane;
      this.mark(target, event, 'handle-closing', statusTitle(event.status));
      return;
    }
    const phase = PHASES[event.status];
    if (phase !== undefined) {
      this.endPhase(lane, event.time, false);
      this.phase.set(lane, this.columns(lane).openSpan(phase.kind, event.time, event.seq, phase.label));
    } else if (PHASE_ENDS.has(event.status)) {
      this.endPhase(lane, event.time, false);
    }
    this.mark(lane, event, 'callback', statusTitle(event.status));
  }

  private observe(event: ObservedEvent): void {
    const lane = event.handle;
    if (lane === undefined) return;
    const bad = event.error !== 0 || event.failed === true;
    if (event.phase !== undefined) {
      this.endPhase(lane, event.time, bad);
      if (event.phase.edge === 'begin') {
        this.phase.set(lane, this.columns(lane).openSpan(event.phase.kind, event.time, event.seq, event.phase.label));
      }
    }
    // A birth has its mark, and an answer gets one with its end.
    if (event.created === undefined && event.became !== 'completed') this.mark(lane, event, markOf(event, bad), ENDED_WORDS[event.became ?? 'completed'] ?? event.name);
  }

  private complete(call: Seq, event: TraceEvent, bad: boolean): void {
    const open = this.pending.get(call);
    if (open === undefined) {
      this.completed.add(call);
    } else {
      this.pending.delete(call);
      this.columns(open.lane).endSpan(open.span, event.time, bad);
    }
    const lane = open?.lane ?? event.handle;
    if (lane !== undefined) this.mark(lane, event, bad ? 'complete-failed' : 'complete', event.kind === 'callback' ? statusTitle(event.status) : 'completed');
  }

  /** Ends what a handle's new state ends: its life, its phase, its closing. */
  private follow(id: HandleId, event: TraceEvent): void {
    const node = this.tree.get(id);
    if (node === undefined) return;
    if (node.state === 'closing' && !this.closing.has(id)) {
      this.closing.set(id, this.columns(id).openSpan('closing', node.closeRequestedAt ?? event.time, event.seq, 'waiting for HANDLE_CLOSING'));
    }
    if (isEnded(node.state)) this.finish(node, event);
  }

  private finish(node: HandleNode, event: TraceEvent): void {
    const lane = this.columns(node.id);
    const life = this.life.get(node.id);
    if (life === undefined) return;
    const bad = node.state === 'cancelled' || node.state === 'disconnected' || node.state === 'lost';
    lane.endSpan(life, event.time, bad);
    this.life.delete(node.id);
    this.endPhase(node.id, event.time, bad);
    const closing = this.closing.get(node.id);
    if (closing !== undefined) lane.endSpan(closing, event.time, node.state === 'lost');
    if (node.pending.length === 0) this.abandon(node.id, event);
    if (node.state === 'completed') this.mark(node.id, event, 'completed', 'answered');
  }

  /** Ends the pending spans of a handle that ended without their completions being seen: those of a NULL context. */
  private abandon(id: HandleId, event: TraceEvent): void {
    for (const [call, open] of this.pending) {
      if (open.lane !== id) continue;
      this.pending.delete(call);
      this.columns(id).endSpan(open.span, event.time, true);
    }
  }

  private begin(id: HandleId, event: TraceEvent): void {
    const server = this.tree.get(id)?.kind === 'server-request';
    this.life.set(id, this.columns(id).openSpan(server ? 'received' : 'life', event.time, event.seq, server ? 'received' : ''));
    this.mark(id, event, 'created', 'created');
  }

  private endPhase(lane: HandleId, time: number, bad: boolean): void {
    const open = this.phase.get(lane);
    if (open === undefined) return;
    this.columns(lane).endSpan(open, time, bad);
    this.phase.delete(lane);
  }

  private mark(lane: HandleId, event: TraceEvent, kind: MarkKind, label: string): void {
    this.overview.add(event.time, kind);
    this.columns(lane).mark(kind, event.time, event.seq, label);
  }

  private columns(id: HandleId): LaneColumns {
    const known = this.lanes.get(id);
    if (known !== undefined) return known;
    const made = new LaneColumns();
    this.lanes.set(id, made);
    return made;
  }
}

/** What became of a handle in a word, where the name that the other recorder has for it is longer. */
const ENDED_WORDS: Partial<Record<HandleState, string>> = { closing: 'close', closed: 'closed', cancelled: 'cancelled', disconnected: 'connection lost' };

function markOf({ became }: ObservedEvent, bad: boolean): MarkKind {
  if (became === undefined) return bad ? 'failed-call' : 'callback';
  switch (became) {
    case 'cancelled': return 'cancelled';
    case 'disconnected': return 'connection-closed';
    case 'closing': return 'close-requested';
    case 'closed': return 'handle-closing';
    case 'completed': return 'completed';
  }
}
