import { HTTPParser } from 'http-parser-js';
import { assumedHead, endOfHead, framedHead, readHead, type ResponseHead } from './response-head';

/** The limit of a head, and of what may come without getting a message any further. In bytes. */
const HEAD_LIMIT = 80 * 1024;

/** The bytes from which on a response without a status line is taken for one of HTTP/0.9. */
const HTTP09_CERTAIN = 16 * 1024;

const LINE_FEED = 10;

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
  /** Reads the body: WinINet takes heads that the library would refuse, so that it is given one of our own. */
  private readonly parser = new HTTPParser(HTTPParser.RESPONSE);
  private state: 'sniffing' | 'http' | 'http/0.9' | 'done' | 'bad' = 'sniffing';
  private sniffed = Buffer.alloc(0);
  /** Whether the status line of an interim response was read and the next status line is looked for. */
  private afterInterim = false;
  /** Bytes of interim responses: a peer that sends nothing else gets no further either. */
  private interimBytes = 0;
  private untilClose = false;
  private completeAt: number | undefined;
  /** Bytes since the parser last had something to tell. */
  private silent = 0;

  constructor(private readonly method: string, private readonly events: ResponseEvents) {
    const { parser } = this;
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
    return this.state === 'sniffing' && !this.afterInterim && this.sniffed.length > 0 && !this.beginning.startsWith('HTTP/') && !'HTTP/'.startsWith(this.beginning);
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
    // Observed on Windows: a head that lacks nothing but its empty line is one.
    else if (this.state === 'sniffing' && !this.afterInterim && this.sniffed.at(-1) === LINE_FEED) this.begin(this.sniffed.length);
    if (this.state === 'done') return true;
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
    const held = this.sniffed.length;
    const known = this.skipInterim();
    this.interimBytes += held - this.sniffed.length;
    if (this.interimBytes > HEAD_LIMIT) {
      this.state = 'bad';
      return false;
    }
    if (known !== undefined) return known;
    if (this.beginning.startsWith('HTTP/')) {
      const end = endOfHead(this.text);
      if (end !== undefined) return this.begin(end);
      return this.sniffed.length <= HEAD_LIMIT;
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
      if ('HTTP/'.startsWith(this.beginning)) return this.sniffed.length <= HEAD_LIMIT;
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

  /** Field values are bytes. Empty lines before the status line count as its own length, so that what follows stays where it is. */
  private get text(): string {
    const text = this.sniffed.toString('latin1', 0, HEAD_LIMIT);
    const blank = /^[\r\n]*/u.exec(text)?.[0].length ?? 0;
    return ' '.repeat(blank) + text.slice(blank);
  }

  private beginHttp09(): void {
    this.state = 'http/0.9';
    this.events.head(assumedHead());
    this.events.body(Uint8Array.from(this.sniffed));
  }

  /** Takes the head that ends before `end`, and what came behind it. */
  private begin(end: number): boolean {
    const lines = readHead(this.text.slice(0, end).trimStart());
    const head = lines === undefined ? undefined : framedHead(lines, this.method);
    if (lines === undefined || head === undefined) {
      this.state = 'bad';
      return false;
    }
    const rest = this.sniffed.subarray(end);
    this.sniffed = Buffer.alloc(0);
    this.untilClose = head.untilClose;
    // Whoever hears of the head may change its fields.
    const framing = head.chunked ? 'Transfer-Encoding: chunked\r\n' : head.untilClose ? '' : `Content-Length: ${head.headers.first('content-length')}\r\n`;
    this.events.head(head);
    if (head.bodiless) {
      this.state = 'done';
      this.events.complete(rest.length > 0);
      return true;
    }
    this.state = 'http';
    this.parser.execute(Buffer.from(`HTTP/1.1 200 OK\r\nConnection: close\r\n${framing}\r\n`, 'latin1'));
    return rest.length === 0 || this.execute(rest);
  }

  private execute(bytes: Buffer): boolean {
    this.silent += bytes.length;
    const consumed = this.parser.execute(bytes);
    if (this.completeAt !== undefined) {
      this.state = 'done';
      this.events.complete(this.completeAt < bytes.length);
      return true;
    }
    if (consumed instanceof Error || this.silent > HEAD_LIMIT) {
      this.state = 'bad';
      return false;
    }
    return true;
  }
}
