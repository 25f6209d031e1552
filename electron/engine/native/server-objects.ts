import type { FunctionName } from '../../../preload/contract/win32/functions';
import { readUint64, type MemoryReader } from '../../../preload/contract/win32/memory';
import type { ArgValue } from '../../../preload/contract/win32/signature';

type Args = Readonly<Record<string, ArgValue>>;

/** What is open at the HTTP Server API, so that leaving can close it: in this order. */
export class ServerObjects {
  private readonly open: Readonly<Record<Closer, Set<bigint>>> = {
    HttpCloseRequestQueue: new Set(), CloseHandle: new Set(), HttpCloseUrlGroup: new Set(), HttpCloseServerSession: new Set(),
  };
  /** Flags of each HttpInitialize that no HttpTerminate has answered yet. */
  private readonly initialized: number[] = [];

  /** The groups of each session: they close with it. */
  private readonly groups = new Map<bigint, bigint[]>();

  /** A call that succeeded. */
  succeeded(name: FunctionName, args: Args, memory: MemoryReader): void {
    const made = MAKERS[name];
    if (made !== undefined) {
      const address = args[made.out];
      if (typeof address === 'bigint' && address !== 0n) this.made(made.closer, readUint64(memory, address), args);
      return;
    }
    const closed = CLOSES[name];
    const value = closed === undefined ? undefined : args[closed.param];
    if (closed !== undefined && typeof value === 'bigint') for (const kind of closed.of) this.open[kind].delete(value);
    if (name === 'HttpCloseServerSession' && typeof value === 'bigint') {
      for (const group of this.groups.get(value) ?? []) this.open.HttpCloseUrlGroup.delete(group);
      this.groups.delete(value);
    }
    if (name === 'HttpInitialize') this.initialized.push(Number(args['Flags']));
    if (name === 'HttpTerminate') this.initialized.splice(Math.max(this.initialized.lastIndexOf(Number(args['Flags'])), 0), 1);
  }

  private made(closer: Closer, value: bigint, args: Args): void {
    this.open[closer].add(value);
    const session = closer === 'HttpCloseUrlGroup' ? args['ServerSessionId'] : undefined;
    if (typeof session === 'bigint') this.groups.set(session, [...this.groups.get(session) ?? [], value]);
  }

  /** How much is open now, by its kind. */
  get counts(): Readonly<Record<'request queues' | 'URL groups' | 'server sessions', number>> {
    const { HttpCloseRequestQueue, CloseHandle, HttpCloseUrlGroup, HttpCloseServerSession } = this.open;
    return { 'request queues': HttpCloseRequestQueue.size + CloseHandle.size, 'URL groups': HttpCloseUrlGroup.size, 'server sessions': HttpCloseServerSession.size };
  }

  /** Closes everything that is still open and forgets it. */
  closeAll(close: (name: Closer | 'HttpTerminate', value: bigint) => void): void {
    for (const [name, values] of Object.entries(this.open)) {
      // The keys of the record are its closers.
      for (const value of values) close(name as Closer, value);
      values.clear();
    }
    this.groups.clear();
    for (const flags of this.initialized.splice(0)) close('HttpTerminate', BigInt(flags));
  }
}

export type Closer = 'HttpCloseRequestQueue' | 'CloseHandle' | 'HttpCloseUrlGroup' | 'HttpCloseServerSession';

const MAKERS: Readonly<Partial<Record<FunctionName, { readonly out: string; readonly closer: Closer }>>> = {
  HttpCreateRequestQueue: { out: 'RequestQueueHandle', closer: 'HttpCloseRequestQueue' },
  HttpCreateHttpHandle: { out: 'RequestQueueHandle', closer: 'CloseHandle' },
  HttpCreateUrlGroup: { out: 'pUrlGroupId', closer: 'HttpCloseUrlGroup' },
  HttpCreateServerSession: { out: 'ServerSessionId', closer: 'HttpCloseServerSession' },
};

/** A queue is a kernel handle, and either function closes it; the ids of groups and sessions are numbers of their own. */
const QUEUES: readonly Closer[] = ['HttpCloseRequestQueue', 'CloseHandle'];

const CLOSES: Readonly<Partial<Record<FunctionName, { readonly param: string; readonly of: readonly Closer[] }>>> = {
  HttpCloseRequestQueue: { param: 'RequestQueueHandle', of: QUEUES },
  CloseHandle: { param: 'hObject', of: QUEUES },
  HttpCloseUrlGroup: { param: 'UrlGroupId', of: ['HttpCloseUrlGroup'] },
  HttpCloseServerSession: { param: 'ServerSessionId', of: ['HttpCloseServerSession'] },
};
