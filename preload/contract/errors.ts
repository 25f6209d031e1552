/** Why a command did not do what it was asked. Crosses the bridge as a value. */
export type InspectorError =
  | { readonly kind: 'win32'; readonly api: string; readonly code: number; readonly name: string; readonly meaning: string }
  | { readonly kind: 'stale-handle'; readonly message: string }
  | { readonly kind: 'invalid-argument'; readonly issues: readonly ArgumentIssue[] }
  | { readonly kind: 'unavailable'; readonly api: string; readonly reason: string }
  | { readonly kind: 'engine-lost'; readonly reason: string }
  /** Something else has to end first: the message names it. */
  | { readonly kind: 'busy'; readonly message: string }
  /** Of a file: the message names it and says what to do. */
  | { readonly kind: 'file'; readonly message: string }
  /** The person thought better of it: nothing to tell. */
  | { readonly kind: 'stopped'; readonly message: string };

export interface ArgumentIssue {
  /** The field, as in the form or the message: "url", "headers". */
  readonly field: string;
  /** What is wrong and what to do. */
  readonly message: string;
}

/** One sentence for a person: what happened and why. */
export function errorMessage(error: InspectorError): string {
  switch (error.kind) {
    case 'win32': return `${error.api} failed: ${error.code} ${error.name}. ${error.meaning}`;
    case 'stale-handle': case 'busy': case 'file': case 'stopped': return error.message;
    case 'invalid-argument': return error.issues.map((issue) => `${issue.field}: ${issue.message}`).join(' ');
    case 'unavailable': return `${error.api} is not available: ${error.reason}`;
    case 'engine-lost': return `The engine is gone: ${error.reason}`;
  }
}
