import type { CallbackEvent, CallEvent, ReturnEvent, TraceEvent } from '../../preload/contract/event';
import { isEnded, type HandleKind, type HandleNode, type HandleState } from '../../preload/contract/handle';
import type { HandleId, Seq } from '../../preload/contract/ids';
import type { FunctionName } from '../../preload/contract/win32/functions';
import type { HandleTree } from '../trace/handle-tree';
import { BoundedMap } from './bounded-map';

const CLOSERS: ReadonlySet<FunctionName> = new Set<FunctionName>([
  'InternetCloseHandle', 'HttpCloseServerSession', 'HttpCloseUrlGroup', 'HttpCloseRequestQueue', 'CloseHandle',
]);

/** Handles that one message names. */
const MOST_NAMES = 5;

/** How a handle was closed: by which call, and on which handle that call was made. */
export interface Closed {
  readonly call: CallEvent;
  readonly root: HandleId;
}

interface LastUse {
  readonly seq: Seq;
  readonly time: number;
  /** The call on it or on making a child of it that failed last, with nothing that succeeded since. */
  readonly failure: ReturnEvent | undefined;
}

export function isCloser(api: FunctionName): boolean {
  return CLOSERS.has(api);
}

/** What all rules share of a trace beside its tree: the calls under way, who closed what, and when each handle was last used. */
export class Scene {
  private readonly ongoing = new BoundedMap<Seq, CallEvent>();
  private readonly running = new Map<Seq, CallEvent>();
  private readonly callbacks = new BoundedMap<Seq, CallbackEvent>();
  private readonly closed = new BoundedMap<HandleId, Closed>();
  private readonly live = new Map<HandleId, HandleState>();
  private readonly uses = new Map<HandleId, LastUse>();

  constructor(readonly tree: HandleTree) {}

  /** The call event of a call that has not ended yet, or that this very event ends. */
  call(seq: Seq | undefined): CallEvent | undefined {
    return seq === undefined ? undefined : this.ongoing.get(seq);
  }

  /** A callback that was made not long ago. */
  callback(seq: Seq | undefined): CallbackEvent | undefined {
    return seq === undefined ? undefined : this.callbacks.get(seq);
  }

  /** Calls that have not returned. */
  runningCalls(): Iterable<CallEvent> {
    return this.running.values();
  }

  /** Who closed a handle; undefined while nobody has, or long after. */
  closedBy(handle: HandleId): Closed | undefined {
    return this.closed.get(handle);
  }

  node(handle: HandleId | undefined): HandleNode | undefined {
    return handle === undefined ? undefined : this.tree.get(handle);
  }

  /** Handles that have not ended. */
  *liveNodes(): Generator<HandleNode> {
    for (const id of this.live.keys()) {
      const node = this.tree.get(id);
      if (node !== undefined) yield node;
    }
  }

  lastUse(handle: HandleId): LastUse | undefined {
    return this.uses.get(handle);
  }

  /** "request #3 “GET /slow”" */
  name(handle: HandleId | undefined): string {
    const node = this.node(handle);
    return node === undefined ? 'an unknown handle' : `${KIND_WORDS[node.kind]} #${node.id} “${node.label}”`;
  }

  /** Several by name, the first of many: a message is a sentence, whatever the trace. */
  names(handles: readonly HandleId[]): string {
    const more = handles.length - MOST_NAMES;
    const named = handles.slice(0, MOST_NAMES).map((id) => this.name(id)).join(', ');
    return more <= 0 ? named : `${named} and ${more} more`;
  }

  isWithin(handle: HandleId, ancestor: HandleId): boolean {
    for (let at: HandleId | undefined = handle; at !== undefined; at = this.tree.get(at)?.parent) if (at === ancestor) return true;
    return false;
  }

  /** Takes an event in before the rules see it. The states that handles had before it, of those that it changed. */
  enter(event: TraceEvent, changed: ReadonlySet<HandleId>): readonly { readonly node: HandleNode; readonly before: HandleState | undefined }[] {
    if (event.kind === 'call') {
      this.ongoing.set(event.seq, event);
      this.running.set(event.seq, event);
    }
    if (event.kind === 'return') this.running.delete(event.call);
    if (event.kind === 'callback') this.callbacks.set(event.seq, event);
    if (event.kind === 'engine-lost') this.running.clear();
    this.use(event);
    const transitions = [];
    for (const id of changed) {
      const node = this.tree.get(id);
      const before = this.live.get(id);
      if (node === undefined || node.state === before || (before === undefined && isEnded(node.state))) continue;
      transitions.push({ node, before });
      if (isEnded(node.state)) {
        this.live.delete(id);
        this.uses.delete(id);
      } else {
        this.live.set(id, node.state);
      }
    }
    return transitions;
  }

  /** Forgets, after the rules saw an event, what it ended. */
  leave(event: TraceEvent): void {
    if (event.kind === 'return') {
      const call = this.ongoing.get(event.call);
      if (call !== undefined && isCloser(call.api) && event.outcome !== 'failure') this.noteClosed(call);
      if (event.outcome !== 'pending' || event.api === 'InternetCloseHandle') this.ongoing.delete(event.call);
    } else if ((event.kind === 'callback' || event.kind === 'completion') && event.completes !== undefined && !this.running.has(event.completes)) {
      this.ongoing.delete(event.completes);
    }
  }

  /** Calls that pended on handles which are forgotten: with a NULL context nothing ever told of their end. */
  forget(gone: readonly HandleId[]): void {
    const forgotten = new Set(gone);
    for (const [seq, { handle }] of this.ongoing) if (handle !== undefined && forgotten.has(handle)) this.ongoing.delete(seq);
  }

  private noteClosed(call: CallEvent): void {
    const root = call.handle;
    if (root === undefined) return;
    for (const id of this.tree.subtree(root)) {
      const ended = this.tree.get(id)?.state !== 'open';
      // A child that was closed before its parent stays closed by its own close.
      if (ended && this.tree.get(id)?.kind !== 'server-request' && !this.closed.has(id)) this.closed.set(id, { call, root });
    }
  }

  private use(event: TraceEvent): void {
    if (event.handle === undefined || !this.live.has(event.handle)) {
      if ('created' in event && event.created !== undefined) this.uses.set(event.created.id, { seq: event.seq, time: event.time, failure: undefined });
      return;
    }
    const failure = event.kind === 'return' && event.outcome !== 'pending' ? (event.outcome === 'failure' ? event : undefined) : this.uses.get(event.handle)?.failure;
    this.uses.set(event.handle, { seq: event.seq, time: event.time, failure });
    if ('created' in event && event.created !== undefined) this.uses.set(event.created.id, { seq: event.seq, time: event.time, failure: undefined });
  }
}

const KIND_WORDS: Readonly<Record<HandleKind, string>> = {
  session: 'session', connection: 'connection', request: 'request', 'ftp-connection': 'FTP connection', 'ftp-file': 'FTP file', 'ftp-find': 'FTP find',
  'server-session': 'server session', 'url-group': 'URL group', 'request-queue': 'request queue', 'server-request': 'received request',
  process: 'process',
};

/** "InternetReadFile (event 41)" */
export function called(event: { readonly api: string; readonly seq: Seq }): string {
  return `${event.api} (event ${event.seq})`;
}
