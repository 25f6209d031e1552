import type { CopyRequest } from '../../preload/contract/code';
import type { InspectorError } from '../../preload/contract/errors';
import type { ExchangeAnswer, HttpBody, HttpMessage } from '../../preload/contract/http-exchange';
import { assertUnreachable, err, ok, type Result } from '../../preload/contract/result';
import { headerValue } from './header-fields';

/** A part of a message as text to paste elsewhere. */
export function messageText(answer: Result<ExchangeAnswer, InspectorError>, { of, what }: Extract<CopyRequest, { readonly kind: 'http' }>): Result<string, InspectorError> {
  if (!answer.ok) return answer;
  const { shown } = answer.value;
  if (shown === undefined) return err({ kind: 'stale-handle', message: 'This handle has sent or received no request.' });
  const message: HttpMessage = shown[of];
  switch (what.kind) {
    case 'url': return ok(shown.request.url);
    case 'fields': return ok(message.fields.map(({ name, value }) => `${name}: ${value}\r\n`).join(''));
    case 'field': {
      const field = message.fields[what.place];
      return field === undefined ? err({ kind: 'stale-handle', message: 'There is no such header field any more.' }) : ok(`${field.name}: ${field.value}`);
    }
    case 'body': return ok(bodyText(message.body, headerValue(message.fields, 'Content-Type')));
    default: return assertUnreachable(what);
  }
}

/** Text where the bytes are some in the charset that they say, else hex; gaps are said where they are. */
function bodyText({ parts, decoded }: HttpBody, type: string | undefined): string {
  if (decoded !== undefined && decoded.problem === undefined) return asText(decoded.bytes, type);
  return parts.map((part) => (part.kind === 'bytes' ? asText(part.bytes, type) : `\n[${part.length} bytes are not in the record]\n`)).join('');
}

function asText(bytes: Uint8Array, type: string | undefined): string {
  const charset = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(type ?? '')?.[1] ?? 'utf-8';
  try {
    const text = new TextDecoder(charset, { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // A charset that nobody knows, or bytes that are none of it.
  }
  return Buffer.from(bytes).toString('hex');
}
