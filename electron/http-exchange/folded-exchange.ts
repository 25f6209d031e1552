import type { HttpField } from '../../preload/contract/http-exchange';
import type { HandleId, Seq } from '../../preload/contract/ids';
import type { PhaseClock } from './phases';
import type { RecordedBody } from './recorded-body';
import type { SecurityFacts } from './security-facts';

/** How much of a head the trace holds: all of it, the fields that were asked for or set one by one, or nothing. */
export type HeadKnown = 'all' | 'some' | 'nothing';

export interface FoldedRequest {
  readonly method: string;
  readonly url: string;
  /** "HTTP/1.1"; empty where nothing tells. */
  readonly version: string;
  readonly fields: readonly HttpField[];
  readonly known: HeadKnown;
  readonly body: RecordedBody;
}

export interface FoldedResponse {
  /** 0 where nothing tells. */
  readonly status: number;
  readonly reason: string;
  readonly version: string;
  readonly fields: readonly HttpField[];
  readonly known: HeadKnown;
  readonly body: RecordedBody;
  /** Where it sent the client; empty for nowhere. */
  readonly redirectURL: string;
}

/** One exchange as a fold over its events left it. Times are milliseconds since the start of the trace. */
export interface FoldedExchange {
  readonly side: 'client' | 'server' | 'observed';
  readonly handle: HandleId | undefined;
  readonly first: Seq;
  readonly last: Seq;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly request: FoldedRequest;
  readonly response: FoldedResponse;
  readonly clock: PhaseClock;
  /** Address of the server without its port, where it was told. */
  readonly serverAddress: string | undefined;
  /** Address and port of the client, of a server's exchange. */
  readonly clientAddress: string | undefined;
  readonly connectionId: string | undefined;
  /** What ended it before its time. */
  readonly error: string | undefined;
  readonly security: SecurityFacts;
}

export interface FoldOptions {
  /** Bytes of each body to keep; those after them are counted. */
  readonly limit?: number | undefined;
  /** A past time: what came later is not known then. */
  readonly until?: number | undefined;
}

/** Takes the events of one exchange in, in their order. */
export interface ExchangeFold<E> {
  apply(event: E): void;
  /** What they told so far: one, and one more for each time that it was sent on. */
  folded(): readonly FoldedExchange[];
}
