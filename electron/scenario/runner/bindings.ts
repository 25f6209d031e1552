import { recordOf, type Datum } from '../values/datum';
import type { Scope } from '../values/evaluate';
import type { ObservedCall } from './observations';
import type { PeerConnection } from '../peers/connection';
import type { CallArguments } from './call-arguments';

/** The desktop window for functions that take a HWND: an engine without windows takes any value that is not NULL. */
const DESKTOP_WINDOW = 0x10010n;

/** What a name stands for beside its value. */
export interface Bound {
  readonly value: Datum;
  /** The moment it was bound: for a call, when it began. */
  readonly moment: number;
  readonly call?: ObservedCall;
  readonly prepared?: CallArguments;
  readonly connection?: PeerConnection;
}

/** The names of a run. A name bound again means the newer thing. */
export class Bindings implements Scope {
  readonly #names = new Map<string, Bound>([['desktop', { value: DESKTOP_WINDOW, moment: 0 }]]);

  bind(name: string, bound: Bound): void {
    this.#names.set(name, bound);
  }

  get(name: string): Bound | undefined {
    return this.#names.get(name);
  }

  lookup(name: string): { readonly value: Datum } | undefined {
    return this.#names.get(name);
  }

  /** The thing that a value is the whole of: `$x`, but not `$x.returns`. */
  boundTo(datum: Datum): Bound | undefined {
    for (const bound of this.#names.values()) if (bound.value === datum && typeof datum === 'object') return bound;
    return undefined;
  }
}

/** A mark stands for nothing but its moment. */
export function markDatum(moment: number): Datum {
  return recordOf(() => BigInt(moment), {});
}
