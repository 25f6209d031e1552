import { handleId, type HandleId } from '../../preload/contract/ids';
import type { HandleKind } from '../../preload/contract/handle';

/** Values of different kinds overlap: a queue's HANDLE and a request id may be the same number. */
export type Namespace = 'HINTERNET' | 'HANDLE' | 'server-session' | 'url-group' | 'request' | 'connection';

export interface RegisteredHandle {
  readonly id: HandleId;
  readonly kind: HandleKind;
  readonly namespace: Namespace;
  readonly raw: bigint;
}

/**
 * Which handle a raw value means now. Windows and Wine give values out again, so the newest handle of a value is meant;
 * a value whose handle has ended still means that one until it is given out again: that is how use after close shows.
 */
export class HandleRegistry {
  private readonly byRaw: Readonly<Record<Namespace, Map<bigint, RegisteredHandle>>> = {
    HINTERNET: new Map(), HANDLE: new Map(), 'server-session': new Map(), 'url-group': new Map(), request: new Map(), connection: new Map(),
  };
  private readonly byId = new Map<HandleId, RegisteredHandle>();
  /** Other values that mean a handle. */
  private readonly aliases = new Map<HandleId, { readonly namespace: Namespace; readonly raw: bigint }[]>();
  private next: number;

  /** @param taken the greatest id that the trace has given already: of a file it began with */
  constructor(taken = 0) {
    this.next = taken + 1;
  }

  add(namespace: Namespace, raw: bigint, kind: HandleKind): RegisteredHandle {
    const registered = { id: handleId(this.next), kind, namespace, raw };
    this.next += 1;
    this.byRaw[namespace].set(raw, registered);
    this.byId.set(registered.id, registered);
    return registered;
  }

  /** Lets another value mean a handle too: a connection id stands for the newest request on it. */
  alias(namespace: Namespace, raw: bigint, registered: RegisteredHandle): void {
    this.byRaw[namespace].set(raw, registered);
    const known = this.aliases.get(registered.id);
    if (known === undefined) this.aliases.set(registered.id, [{ namespace, raw }]);
    else known.push({ namespace, raw });
  }

  /** Lets the values of a handle mean nothing any more, unless they were given out again: no event tells of it now. */
  forget(id: HandleId): void {
    const registered = this.byId.get(id);
    if (registered === undefined) return;
    this.byId.delete(id);
    for (const { namespace, raw } of [registered, ...this.aliases.get(id) ?? []]) {
      if (this.byRaw[namespace].get(raw)?.id === id) this.byRaw[namespace].delete(raw);
    }
    this.aliases.delete(id);
  }

  find(namespace: Namespace, raw: bigint): RegisteredHandle | undefined {
    return this.byRaw[namespace].get(raw);
  }

  get(id: HandleId): RegisteredHandle | undefined {
    return this.byId.get(id);
  }
}
