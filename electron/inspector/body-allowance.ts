import type { HandleId } from '../../preload/contract/ids';
import type { FunctionName } from '../../preload/contract/win32/functions';
import { bytesValue, keptBytes, type BytesKeeper } from './event-values';

/** Bytes of one body that are kept without a gap. */
const WHOLE_BODY = 64 * 1024;
/** The same once the bodies of the recording are many. */
const BEGINNING = 4096;
/** Bytes of whole bodies in one recording. In memory each takes two: the trace keeps hex. */
const WHOLE_BODIES = 32 * 1024 * 1024;
/** Bytes of each buffer after that: enough to see what it is. */
const SAMPLE = 256;
/** Bodies that go on are few; what is known of an old one is forgotten. */
const MOST_HANDLES = 10_000;

type Direction = 'to' | 'from';

/** Functions that hand over a part of a body: to the other side, or from it. */
const BODIES: ReadonlyMap<FunctionName, Direction> = new Map([
  ['HttpSendRequest', 'to'], ['HttpSendRequestEx', 'to'], ['InternetWriteFile', 'to'], ['HttpSendHttpResponse', 'to'], ['HttpSendResponseEntityBody', 'to'],
  ['InternetReadFile', 'from'], ['InternetReadFileEx', 'from'], ['HttpReceiveHttpRequest', 'from'], ['HttpReceiveRequestEntityBody', 'from'],
]);

/** With these another exchange begins on the handle. */
const BEGINS: ReadonlySet<FunctionName> = new Set(['HttpSendRequest', 'HttpSendRequestEx']);

/**
 * How much of a body the record keeps: its beginning whole, so that it can be read, and of what follows a little of each
 * buffer, so that a long download does not fill the memory.
 */
export class BodyAllowance {
  private readonly left = new Map<HandleId, { to: number; from: number }>();
  private whole = 0;

  /** What keeps the bytes of a call: bodies by their allowance, everything else by the buffer. */
  keeperOf(api: FunctionName, handle: HandleId | undefined): BytesKeeper {
    const direction = BODIES.get(api);
    if (direction === undefined || handle === undefined) return bytesValue;
    // A receive is asked of the queue, and gives another request each time.
    if (api === 'HttpReceiveHttpRequest') return this.spending({ to: 0, from: this.full }, 'from');
    return this.spending(this.of(handle, BEGINS.has(api)), direction);
  }

  forget(handle: HandleId): void {
    this.left.delete(handle);
  }

  private get full(): number {
    return this.whole < WHOLE_BODIES ? WHOLE_BODY : BEGINNING;
  }

  private of(handle: HandleId, anew: boolean): { to: number; from: number } {
    const known = anew ? undefined : this.left.get(handle);
    if (known !== undefined) return known;
    const made = { to: this.full, from: this.full };
    // The newest stand last.
    this.left.delete(handle);
    this.left.set(handle, made);
    const [oldest] = this.left.keys();
    if (this.left.size > MOST_HANDLES && oldest !== undefined) this.left.delete(oldest);
    return made;
  }

  private spending(left: { to: number; from: number }, direction: Direction): BytesKeeper {
    return (bytes) => {
      const kept = Math.min(bytes.length, Math.max(left[direction], SAMPLE));
      left[direction] = Math.max(0, left[direction] - bytes.length);
      this.whole += kept;
      return keptBytes(bytes, kept);
    };
  }
}
