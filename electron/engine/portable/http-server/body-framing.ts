/** How the head of a message says where its body ends. */
export type Framing = { readonly kind: 'none' } | { readonly kind: 'length'; readonly length: number } | { readonly kind: 'chunked' };

/** What some bytes of a connection were to a body. */
export interface BodyStep {
  /** Bytes taken, framing and all. */
  readonly consumed: number;
  readonly data: readonly Buffer[];
  readonly complete: boolean;
  readonly broken: boolean;
}

/** Finds the body among the bytes of a connection (RFC 9112, section 6). */
export interface BodyFraming {
  take(bytes: Buffer): BodyStep;
}

export function bodyFraming(framing: Framing): BodyFraming | undefined {
  switch (framing.kind) {
    case 'none': return undefined;
    case 'length': return new LengthFraming(framing.length);
    case 'chunked': return new ChunkedFraming();
  }
}

/** Data without a framing of its own: whatever comes, until nothing does. */
export const OPAQUE_FRAMING: BodyFraming = {
  take: (bytes) => ({ consumed: bytes.length, data: bytes.length === 0 ? [] : [bytes], complete: false, broken: false }),
};

class LengthFraming implements BodyFraming {
  constructor(private rest: number) {}

  take(bytes: Buffer): BodyStep {
    const consumed = Math.min(bytes.length, this.rest);
    this.rest -= consumed;
    return { consumed, data: consumed === 0 ? [] : [bytes.subarray(0, consumed)], complete: this.rest === 0, broken: false };
  }
}

/** A line of the chunked coding that is longer than this is no chunk size. */
const MAX_LINE = 1024;
const CHUNK_SIZE = /^([0-9a-f]{1,8})[ \t]*(?:;.*)?$/i;

class ChunkedFraming implements BodyFraming {
  private state: 'size' | 'data' | 'data-end' | 'trailer' = 'size';
  private rest = 0;
  private trailerBytes = 0;

  take(bytes: Buffer): BodyStep {
    const data: Buffer[] = [];
    let at = 0;
    const step = (how: { readonly complete: boolean; readonly broken: boolean }): BodyStep => ({ consumed: at, data, ...how });
    for (;;) {
      if (this.state === 'data') {
        const length = Math.min(this.rest, bytes.length - at);
        if (length > 0) data.push(bytes.subarray(at, at + length));
        at += length;
        this.rest -= length;
        if (this.rest > 0) return step({ complete: false, broken: false });
        this.state = 'data-end';
      }
      const end = bytes.indexOf('\r\n', at, 'latin1');
      if (end < 0) return step({ complete: false, broken: bytes.length - at > MAX_LINE });
      const line = bytes.toString('latin1', at, Math.min(end, at + MAX_LINE + 1));
      at = end + 2;
      const result = this.line(line);
      if (result !== undefined) return step({ complete: result === 'complete', broken: result === 'broken' });
    }
  }

  private line(line: string): 'complete' | 'broken' | undefined {
    switch (this.state) {
      case 'data-end':
        this.state = 'size';
        return line === '' ? undefined : 'broken';
      case 'trailer':
        this.trailerBytes += line.length;
        if (line === '') return 'complete';
        return this.trailerBytes > 16 * MAX_LINE ? 'broken' : undefined;
      default: {
        const [, size] = CHUNK_SIZE.exec(line) ?? [];
        if (size === undefined) return 'broken';
        this.rest = parseInt(size, 16);
        this.state = this.rest === 0 ? 'trailer' : 'data';
        return undefined;
      }
    }
  }
}
