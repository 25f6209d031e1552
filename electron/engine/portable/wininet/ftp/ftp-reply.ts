/** One reply on the control connection (RFC 959, 4.2). */
export interface FtpReply {
  /** Three digits; 0 for a line that is none. */
  readonly code: number;
  /** As it came, every line of it, line ends and all. */
  readonly text: string;
}

/** A reply that does not end within this many characters is not one. */
const LONGEST_REPLY = 64 * 1024;

/** Cuts what comes on a control connection into replies. */
export class ReplyReader {
  private rest = '';
  /** Lines of a reply that began with "123-" and waits for its "123 ". */
  private lines = '';

  /** The replies that these bytes complete. Text is ANSI, as in the rest of WinINet. */
  push(bytes: Uint8Array): readonly FtpReply[] {
    this.rest += Buffer.from(bytes).toString('latin1');
    const replies: FtpReply[] = [];
    for (let end = this.rest.indexOf('\n'); end >= 0; end = this.rest.indexOf('\n')) {
      const line = this.rest.slice(0, end + 1);
      this.rest = this.rest.slice(end + 1);
      this.lines += line;
      const complete = this.complete(line);
      if (complete !== undefined) replies.push(complete);
    }
    if (this.lines.length + this.rest.length > LONGEST_REPLY) {
      replies.push({ code: 0, text: this.lines + this.rest });
      this.lines = '';
      this.rest = '';
    }
    return replies;
  }

  private complete(line: string): FtpReply | undefined {
    const first = /^(\d{3})([ -]?)/u.exec(this.lines);
    const last = first?.[2] === '-' ? new RegExp(`^${first[1] ?? ''}(?: |\\r?\\n)`, 'u').test(line) : true;
    if (!last) return undefined;
    const text = this.lines;
    this.lines = '';
    return { code: Number(first?.[1] ?? 0), text };
  }
}

export function isPreliminary(reply: FtpReply): boolean {
  return reply.code >= 100 && reply.code < 200;
}

/** Done, or done so far and waiting for the next command. */
export function isPositive(reply: FtpReply): boolean {
  return reply.code >= 200 && reply.code < 400;
}
