import type { Position } from './problem';
import type { Value } from './value';

/** The scripted HTTP server: what it answers by itself. */
export interface ServerScript {
  readonly tls: 'self-signed' | undefined;
  /** Undefined for an ordinary listening socket, which answers nothing by itself. */
  readonly routes: readonly Route[] | undefined;
  readonly at: Position;
}

export interface Route {
  /** Undefined answers every verb. */
  readonly verb: string | undefined;
  /** The path without the query. */
  readonly path: Value;
  /** Each serves one request; the last one stays. */
  readonly answers: readonly Answer[];
}

export interface Answer {
  /** Milliseconds between the request's end and the answer. */
  readonly delay: Value | undefined;
  readonly content:
    /** Written as it stands, in one packet. */
    | { readonly kind: 'raw'; readonly raw: Value }
    /** Framed by Content-Length. */
    | {
        readonly kind: 'message';
        readonly status: Value | undefined;
        readonly reason: Value | undefined;
        readonly headers: readonly HeaderLine[];
        readonly body: Value | undefined;
      };
  readonly then: AfterAnswer;
}

export type AfterAnswer = 'keep' | 'close' | 'reset';

export interface HeaderLine {
  readonly name: string;
  readonly value: Value;
}

/** The scripted FTP server: its files and the replies that differ from the usual ones. */
export interface FtpScript {
  readonly files: readonly { readonly name: string; readonly text: Value }[];
  /** By command, such as MKD. */
  readonly replies: readonly { readonly command: string; readonly reply: Value }[];
  readonly at: Position;
}
