import type { Content, PostData } from 'har-format';
import type { RecordedBody } from '../../../http-exchange/recorded-body';

export function harContent(body: RecordedBody, mimeType: string | undefined): Content {
  const { text, encoding, comment } = written(body);
  return {
    size: body.size, mimeType: mimeType ?? 'x-unknown', ...(text === '' ? {} : { text }), ...(encoding === undefined ? {} : { encoding }),
    ...(comment === undefined ? {} : { comment }),
  };
}

export function harPostData(body: RecordedBody, mimeType: string | undefined): PostData {
  const { text, encoding, comment } = written(body);
  // HAR gives content an encoding, but not postData; the underscore is what it reserves for such fields.
  return { mimeType: mimeType ?? 'application/octet-stream', text, ...(encoding === undefined ? {} : { _encoding: encoding }), ...(comment === undefined ? {} : { comment }) };
}

function written(body: RecordedBody): { readonly text: string; readonly encoding: string | undefined; readonly comment: string | undefined } {
  const bytes = body.beginning();
  const text = asText(bytes);
  return {
    text: text ?? bytes.toString('base64'), encoding: text === undefined ? 'base64' : undefined,
    comment: bytes.length === body.size ? undefined : `The first ${bytes.length} of ${body.size} bytes were recorded.`,
  };
}

/** Bytes as text when they are UTF-8 and say the same again when encoded; a cut inside a character makes them base64. */
function asText(bytes: Buffer): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}
