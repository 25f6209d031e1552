import type { HandleId, Seq } from './ids';
import type { Fact } from './query';

/** The phases of an exchange, by the names of HAR 1.2; `ssl` is the TLS handshake. */
export const HTTP_PHASES = ['blocked', 'dns', 'connect', 'ssl', 'send', 'wait', 'receive'] as const;
export type HttpPhaseKind = (typeof HTTP_PHASES)[number];

/** A header field of RFC 9110 section 5, as it was recorded: fields of the same name stay apart, in their order. */
export interface HttpField {
  readonly name: string;
  readonly value: string;
}

/** Which exchange of a handle is asked for: by its place among them, else the one that an event belongs to, else the newest. */
export interface ExchangeQuery {
  readonly handle: HandleId;
  readonly place?: number | undefined;
  readonly event?: Seq | undefined;
  /** A past time, in milliseconds since the start of the trace: what came later is not known then. */
  readonly asOf?: number | undefined;
  /** What is on the screen already: it is not answered again until something came to it. */
  readonly seen?: SeenExchange | undefined;
}

export interface SeenExchange {
  readonly place: number;
  /** Its last event. */
  readonly last: Seq;
  readonly state: HttpExchange['state'];
}

export interface ExchangeSummary {
  /** Among the exchanges of its handle, from 0. */
  readonly place: number;
  readonly method: string;
  readonly url: string;
  readonly status: number | undefined;
  /** Milliseconds since the start of the trace. */
  readonly startedAt: number;
}

/** Bytes of a body that were recorded, or how many were not and why. Offsets and lengths in bytes. */
export type HttpBodyPart =
  | { readonly kind: 'bytes'; readonly at: number; readonly bytes: Uint8Array }
  | { readonly kind: 'gap'; readonly at: number; readonly length: number; readonly why: HttpGap };

/**
 * cut: the recorder keeps no more of a buffer. from-file: sent from a file or the response cache, never in the memory of the
 * program. beyond: recorded, and more than is shown at once.
 */
export type HttpGap = 'cut' | 'from-file' | 'beyond';

export interface HttpBody {
  /** Bytes so far, those that were not recorded among them. */
  readonly size: number;
  readonly parts: readonly HttpBodyPart[];
  /** Whether its end was seen. */
  readonly ended: boolean;
  /** What Content-Encoding says was done to it, undone; undefined where it says nothing. */
  readonly decoded: { readonly coding: string; readonly bytes: Uint8Array; readonly problem: string | undefined } | undefined;
  /** Why there is nothing of it, or not all. */
  readonly note: string | undefined;
}

export interface HttpMessage {
  /** "HTTP/1.1"; empty where nothing tells. */
  readonly version: string;
  readonly fields: readonly HttpField[];
  /** Why fields may be missing: which function would tell of them. */
  readonly fieldsNote: string | undefined;
  readonly body: HttpBody;
}

export interface HttpRequestMessage extends HttpMessage {
  readonly method: string;
  readonly url: string;
}

export interface HttpResponseMessage extends HttpMessage {
  readonly status: number | undefined;
  readonly reason: string;
  /** Why there is no status. */
  readonly statusNote: string | undefined;
}

/** A stretch of an exchange in one phase, in milliseconds since the start of the trace. */
export interface HttpPhase {
  readonly kind: HttpPhaseKind;
  readonly from: number;
  readonly to: number;
}

export interface CertificateInfo {
  /** What it is for: "server", "issuer", "client". */
  readonly role: 'server' | 'issuer' | 'client';
  readonly facts: readonly Fact[];
  /** Why it could not be read. */
  readonly problem: string | undefined;
}

/** What the trace holds of TLS. */
export interface HttpSecurity {
  readonly secure: boolean;
  readonly facts: readonly Fact[];
  readonly certificates: readonly CertificateInfo[];
  /** Why there is no more. */
  readonly note: string | undefined;
}

/** One request and what answered it, as far as the events of the trace tell. */
export interface HttpExchange {
  readonly place: number;
  /** Who told of it: calls of WinINet, of the HTTP Server API, or what another program's recorder wrote. */
  readonly side: 'client' | 'server' | 'observed';
  readonly first: Seq;
  readonly last: Seq;
  /** Milliseconds since the start of the trace. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly state: 'under-way' | 'complete' | 'failed';
  /** What ended it before its time. */
  readonly error: string | undefined;
  readonly request: HttpRequestMessage;
  readonly response: HttpResponseMessage;
  readonly phases: readonly HttpPhase[];
  /** Addresses and the connection. */
  readonly connection: readonly Fact[];
  readonly security: HttpSecurity;
}

export interface ExchangeAnswer {
  readonly revision: number;
  /** False where the trace is longer than what one question looks at: the next one goes on. */
  readonly complete: boolean;
  /** Exchanges of the handle up to the moment. */
  readonly total: number;
  /** The newest of them, at most 200, oldest first. */
  readonly list: readonly ExchangeSummary[];
  /** Undefined where the handle has sent or received nothing, and where it is the one that was seen. */
  readonly shown: HttpExchange | undefined;
  /** Whether it is still what was seen. */
  readonly unchanged: boolean;
}
