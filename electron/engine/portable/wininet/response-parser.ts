import { HTTPParser } from 'http-parser-js';
import { HeaderList } from './header-list';

// Field values are bytes; the library's default would drop their high bits.
HTTPParser.encoding = 'latin1';

/** The limit of a head, and of what may come without getting a message any further. In bytes. */
const HEAD_LIMIT = 80 * 1024;

/** The bytes from which on a response without a status line is taken for one of HTTP/0.9. */
const HTTP09_CERTAIN = 16 * 1024;

/** Status line and fields of a response (RFC 9112, 4). */
export interface ResponseHead {
  /** Such as "HTTP/1.1". */
  readonly version: string;
  readonly status: number;
  readonly reason: string;
  readonly headers: HeaderList;
  /** Whether the connection may carry another request afterwards (RFC 9112, 9.3). */
  readonly persistent: boolean;
  /** Whether only the end of the connection ends the body. */
  readonly untilClose: boolean;
  /** Whether there can be no body: HEAD, 204, 304 or a length of 0. */
  readonly bodiless: boolean;
  /** Whether the server sent none at all (HTTP/0.9); the rest of it is then made up. */
  readonly assumed: boolean;
}

export interface ResponseEvents {
  /** A 1xx response that precedes the final one. */
  intermediate(status: number): void;
  head(head: ResponseHead): void;
  body(bytes: Uint8Array): void;
  /** The message is whole. `surplus`: more came after it, though nothing was asked for. */
  complete(surplus: boolean): void;
}

/** The library counts what it consumed, but its types keep that to themselves. */
interface Consumption {
  readonly offset: number;
}

/** Reads one final response, and the interim ones before it, from the bytes of a connection. */
export class ResponseParser {
  private readonly parser = new HTTPParser(HTTPParser.RESPONSE);
  private state: 'sniffing' | 'http' | 'http/0.9' | 'done' | 'bad' = 'sniffing';
  private sniffed = Buffer.alloc(0);
  /** Whether the status line of an interim response was read and the next status line is looked for. */
  private afterInterim = false;
  private untilClose = false;
  private bad = false;
  private completeAt: number | undefined;
  /** Bytes since the parser last had something to tell. */
  private silent = 0;

  constructor(private readonly method: string, private readonly events: ResponseEvents) {
    const { parser } = this;
    parser[HTTPParser.kOnHeadersComplete] = (info: { versionMajor: number; versionMinor: number; headers: string[]; statusCode: number; statusMessage: string }) =>
      this.onHead(`HTTP/${info.versionMajor}.${info.versionMinor}`, info.statusCode, info.statusMessage, info.headers);
    parser[HTTPParser.kOnBody] = (chunk: Buffer, offset: number, length: number) => {
      if (this.completeAt !== undefined) return;
      this.silent = 0;
      // A copy: the chunk is a view of the socket's buffer, and the body may wait long for its reader.
      this.events.body(Uint8Array.from(chunk.subarray(offset, offset + length)));
    };
    parser[HTTPParser.kOnMessageComplete] = () => {
      this.silent = 0;
      // Its loop has moved on to here, and no further, when it says so.
      this.completeAt ??= (parser as unknown as Consumption).offset;
    };
  }

  /** Whether what came does not begin like a response, and is not known to be one of HTTP/0.9. */
  get garbled(): boolean {
    return this.state === 'sniffing' && !this.afterInterim && this.sniffed.length > 0 && !'HTTP/'.startsWith(this.beginning);
  }

  /** False when the bytes are no HTTP response; then the parser takes no more. */
  push(bytes: Buffer): boolean {
    switch (this.state) {
      case 'done': return true;
      case 'bad': return false;
      case 'http/0.9': this.events.body(Uint8Array.from(bytes)); return true;
      case 'http': return this.execute(bytes);
      case 'sniffing': return this.sniff(bytes);
    }
  }

  /** The peer has ended the connection: whether that ends the message too. */
  finish(): boolean {
    if (this.garbled) this.beginHttp09();
    const whole = this.state === 'http/0.9' || (this.state === 'http' && this.untilClose);
    if (whole) {
      this.state = 'done';
      this.events.complete(false);
    }
    return whole;
  }

  /**
   * A response that does not begin like a status line may be one of HTTP/0.9: a body from its first byte to the end of
   * the connection. Only that end, or more of it than any banner, tells it from a server that speaks something else.
   */
  private sniff(bytes: Buffer): boolean {
    this.sniffed = Buffer.concat([this.sniffed, bytes]);
    const known = this.skipInterim();
    if (known !== undefined) return known;
    if (this.beginning.startsWith('HTTP/')) {
      this.state = 'http';
      return this.execute(this.sniffed);
    }
    if (this.sniffed.length > HTTP09_CERTAIN) this.beginHttp09();
    return true;
  }

  /**
   * Takes the interim responses before the final one, as WinINet does: up to the next status line, whether or not the
   * empty line that ends an interim head is there. Undefined when what is left begins the final response, or is no HTTP.
   */
  private skipInterim(): boolean | undefined {
    for (;;) {
      const text = this.sniffed.toString('latin1', 0, HEAD_LIMIT);
      if (this.afterInterim) {
        const next = /(?:^|\n)HTTP\//u.exec(text);
        if (next === null) return this.sniffed.length < HEAD_LIMIT;
        this.sniffed = this.sniffed.subarray(next.index + next[0].length - 'HTTP/'.length);
        this.afterInterim = false;
        continue;
      }
      if ('HTTP/'.startsWith(this.beginning)) return true;
      if (!this.beginning.startsWith('HTTP/')) return undefined;
      const line = /^[\r\n]*HTTP\/[^\n]*\n/u.exec(text)?.[0];
      if (line === undefined) return this.sniffed.length < HEAD_LIMIT;
      const status = Number(/^HTTP\/\S+ +(1\d\d)(?!\d)/u.exec(line.trimStart())?.[1] ?? 0);
      if (status === 0 || status === 101) return undefined;
      this.events.intermediate(status);
      this.sniffed = this.sniffed.subarray(line.length);
      this.afterInterim = true;
    }
  }

  /** An empty line before the status line is left over from another message. */
  private get beginning(): string {
    return this.sniffed.toString('latin1', 0, 16).replace(/^[\r\n]+/u, '');
  }

  private beginHttp09(): void {
    this.state = 'http/0.9';
    this.events.head({
      // Observed on Windows: such a response counts as one of HTTP/1.0.
      version: 'HTTP/1.0', status: 200, reason: 'OK', headers: new HeaderList(), persistent: false, untilClose: true, bodiless: false,
      assumed: true,
    });
    this.events.body(Uint8Array.from(this.sniffed));
  }

  private execute(bytes: Buffer): boolean {
    this.silent += bytes.length;
    const consumed = this.parser.execute(bytes);
    if (this.completeAt !== undefined) {
      this.state = 'done';
      if (this.bad) return false;
      this.events.complete(this.completeAt < bytes.length);
      return true;
    }
    if (consumed instanceof Error || this.bad || this.silent > HEAD_LIMIT) {
      this.state = 'bad';
      return false;
    }
    return true;
  }

  /** What it returns tells the library whether to skip the body. */
  private onHead(version: string, status: number, reason: string, raw: readonly string[]): number {
    if (this.completeAt !== undefined) return 1;
    this.silent = 0;
    const headers = new HeaderList();
    for (let i = 0; i + 1 < raw.length; i += 2) headers.append(raw[i] ?? '', raw[i + 1] ?? '');
    const chunked = headers.all('transfer-encoding').at(-1)?.toLowerCase() === 'chunked';
    const lengths = headers.all('content-length');
    // RFC 9110 gives 204 and 304 no body. WinINet believes a Content-Length more; where the connection goes on afterwards,
    // that would be to wait for what never comes.
    const declared = lengths.length > 0 && !keepsAlive(version, headers);
    const withoutBody = this.method === 'HEAD' || status === 101 || ((status === 204 || status === 304) && !declared);
    if (!chunked && lengths.some((length) => !(withoutBody ? /^\d+$/u : /^\d{1,15}$/u).test(length))) {
      this.bad = true;
      return 1;
    }
    const empty = withoutBody || (!chunked && Number(lengths[0] ?? 1) === 0);
    this.untilClose = !empty && !chunked && lengths.length === 0;
    this.events.head({
      version, status, reason, headers, untilClose: this.untilClose, bodiless: empty,
      persistent: !this.untilClose && status !== 101 && keepsAlive(version, headers), assumed: false,
    });
    return withoutBody ? 1 : 0;
  }
}

function keepsAlive(version: string, headers: HeaderList): boolean {
  const options = headers.all('connection').flatMap((value) => value.toLowerCase().split(',')).map((option) => option.trim());
  if (options.includes('close')) return false;
  return version === 'HTTP/1.1' || options.includes('keep-alive');
}
