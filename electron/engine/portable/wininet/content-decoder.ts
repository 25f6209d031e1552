import { createGunzip, createInflate, createInflateRaw, type Gunzip, type Inflate, type InflateRaw } from 'node:zlib';

/** The codings that WinINet takes off a response (RFC 9110, 8.4.1). */
export type ContentCoding = 'gzip' | 'deflate';

export interface DecoderSink {
  decoded(bytes: Uint8Array): void;
  /** All that waited to be decoded has been. */
  caughtUp(): void;
  /** Everything is decoded, or (false) it could not be. */
  finished(whole: boolean): void;
}

/** Takes one coding off a body as it comes. */
export class ContentDecoder {
  private stream: Gunzip | Inflate | InflateRaw | undefined;
  private ended = false;

  constructor(private readonly coding: ContentCoding, private readonly sink: DecoderSink) {}

  write(bytes: Uint8Array): void {
    if (this.ended) return;
    this.stream ??= this.open(bytes);
    this.stream.write(bytes);
  }

  /** Bytes that wait to be decoded. */
  get waiting(): number {
    return this.stream?.writableLength ?? 0;
  }

  /** Decodes no further until `resume`: a megabyte of zeros comes as a kilobyte. */
  pause(): void {
    this.stream?.pause();
  }

  resume(): void {
    this.stream?.resume();
  }

  /** The body is whole; `finished` follows. */
  end(): void {
    // Nothing at all is a body without content.
    if (this.stream === undefined) setImmediate(() => this.finish(true));
    else this.stream.end();
  }

  destroy(): void {
    this.ended = true;
    this.stream?.destroy();
  }

  private open(first: Uint8Array): Gunzip | Inflate | InflateRaw {
    const stream = this.coding === 'gzip' ? createGunzip() : isZlib(first) ? createInflate() : createInflateRaw();
    stream.on('data', (bytes: Buffer) => {
      if (!this.ended) this.sink.decoded(bytes);
    });
    stream.on('drain', () => {
      if (!this.ended) this.sink.caughtUp();
    });
    stream.once('end', () => this.finish(true));
    stream.once('error', () => this.finish(false));
    return stream;
  }

  private finish(whole: boolean): void {
    if (this.ended) return;
    this.ended = true;
    this.sink.finished(whole);
  }
}

/** Servers write "deflate" with or without the frame of zlib (RFC 1950, 2.2). */
function isZlib(bytes: Uint8Array): boolean {
  const [method = 0, flags = 0] = bytes;
  return (method & 0x0f) === 8 && (bytes.length < 2 || (method * 256 + flags) % 31 === 0);
}
