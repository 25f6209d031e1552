import type { FunctionName } from '../../../preload/contract/win32/functions';
import type { Address } from '../../../preload/contract/win32/memory';
import type { ArgValue, Width } from '../../../preload/contract/win32/signature';
import type { ConnectionEvent, Outcome, OverlappedCompletion, StatusCallback, ThreadId } from '../engine';

/** Bytes that changed in a block, by the addresses of the application's side. */
export interface MemoryChange {
  readonly address: Address;
  readonly bytes: Uint8Array;
}

/** What the application tells the host. Everything is carried out in the order it was said. */
export type ToHost =
  | { readonly kind: 'alloc'; readonly address: Address; readonly size: number }
  | { readonly kind: 'free'; readonly address: Address }
  | { readonly kind: 'write'; readonly address: Address; readonly bytes: Uint8Array }
  | { readonly kind: 'recorder'; readonly name: string; readonly pointer: bigint }
  | { readonly kind: 'call'; readonly id: number; readonly name: FunctionName; readonly args: Readonly<Record<string, ArgValue>>;
      readonly width: Width; readonly thread?: ThreadId }
  /** The callback of that number has been dealt with: its thread may go on. */
  | { readonly kind: 'callback-done'; readonly id: number }
  | { readonly kind: 'dispose' };

/** What the host tells the application. */
export type FromHost =
  | { readonly kind: 'hello'; readonly token: string; readonly description: string; readonly mainThread: ThreadId; readonly windowsSession?: number | undefined;
      /** Functions that cannot be called, and why. */
      readonly unavailable: Readonly<Record<string, string>> }
  | { readonly kind: 'outcome'; readonly id: number; readonly outcome: Outcome; readonly memory: readonly MemoryChange[] }
  | { readonly kind: 'failed'; readonly id: number; readonly text: string }
  | { readonly kind: 'callback'; readonly id: number; readonly event: StatusCallback; readonly memory: readonly MemoryChange[] }
  | { readonly kind: 'completion'; readonly event: OverlappedCompletion; readonly memory: readonly MemoryChange[] }
  | { readonly kind: 'connection'; readonly event: ConnectionEvent }
  | { readonly kind: 'disposed' };

/** 64-bit numbers and bytes, which JSON does not know. */
const BIGINT = '$n';
const BYTES = '$b';

/** One message as one line of JSON. Node's own serialisation differs between the versions on the two sides. */
export function encodeMessage(message: ToHost | FromHost): string {
  return `${JSON.stringify(message, (_, value: unknown) => {
    if (typeof value === 'bigint') return { [BIGINT]: value.toString() };
    if (value instanceof Uint8Array) return { [BYTES]: Buffer.from(value).toString('base64') };
    return value;
  })}\n`;
}

/** The message of a line that `encodeMessage` made on the other side. */
export function decodeMessage<T extends ToHost | FromHost>(line: string): T {
  // Both sides are this program, and the socket was opened with a secret of this start.
  return JSON.parse(line, (_, value: unknown) => {
    if (typeof value !== 'object' || value === null) return value;
    if (BIGINT in value && typeof value[BIGINT] === 'string') return BigInt(value[BIGINT]);
    if (BYTES in value && typeof value[BYTES] === 'string') return Uint8Array.from(Buffer.from(value[BYTES], 'base64'));
    return value;
  }) as T;
}

/** Cuts a stream of text into its lines. */
export class Lines {
  private rest = '';

  take(chunk: string): readonly string[] {
    const lines = (this.rest + chunk).split('\n');
    this.rest = lines.pop() ?? '';
    return lines;
  }
}
