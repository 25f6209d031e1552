import type { HandleId, Seq } from './ids';
import type { ExchangeQuery } from './http-exchange';
import type { DetailsTarget } from './query';

/** What recorded calls can be copied as. */
export const CODE_LANGUAGES = ['cpp', 'csharp', 'scenario'] as const;
export type CodeLanguage = (typeof CODE_LANGUAGES)[number];

export const CODE_LANGUAGE_TITLES: Readonly<Record<CodeLanguage, string>> = { cpp: 'C++', csharp: 'C# P/Invoke', scenario: 'Scenario steps' };

/** Which calls are meant: one of them; those of a handle, of what it was opened from and of what is below it; or all. */
export type CodeScope =
  | { readonly kind: 'call'; readonly seq: Seq }
  | { readonly kind: 'handle'; readonly handle: HandleId }
  | { readonly kind: 'all' };

export interface CodeRequest {
  readonly language: CodeLanguage;
  readonly scope: CodeScope;
}

/** What is put on the clipboard; main writes it, as the page has no permission to. */
export type CopyRequest =
  | { readonly kind: 'code'; readonly code: CodeRequest }
  | { readonly kind: 'raw'; readonly handle: HandleId }
  | { readonly kind: 'http'; readonly query: ExchangeQuery; readonly of: 'request' | 'response'; readonly what: HttpCopy }
  /** The bytes of an event as a dump, by the place of the buffer among its own. */
  | { readonly kind: 'bytes'; readonly seq: Seq; readonly place: number }
  | { readonly kind: 'details'; readonly target: DetailsTarget; readonly format: 'text' | 'json' };

/** What of a message is copied: every header field as lines, one of them, its body as text or else as hex, or the address. */
export type HttpCopy = { readonly kind: 'fields' } | { readonly kind: 'field'; readonly place: number } | { readonly kind: 'body' } | { readonly kind: 'url' };
