import type { Content, PostData } from 'har-format';
import type { EventValue } from '../../../../preload/contract/event';
import { fieldsOf } from '../../event-fields';

/** The bytes of one body as they were recorded: the trace keeps the first of every buffer. */
export class RecordedBody {
  /** Length of the whole, in bytes. */
  size = 0;
  private readonly kept: Buffer[] = [];
  private gaps = 0;

  /** Takes a buffer of the trace in: `{bytes, hex}`. Any other value is none. */
  add(value: EventValue | undefined): void {
    const { bytes, hex } = fieldsOf(value);
    if (typeof bytes !== 'number' || typeof hex !== 'string') return;
    this.size += bytes;
    // What comes after a gap has lost its place.
    if (this.gaps === 0) this.kept.push(Buffer.from(hex, 'hex'));
    this.gaps += bytes - hex.length / 2;
  }

  /** A part whose length is known and nothing else. */
  addUnrecorded(bytes: number): void {
    this.size += bytes;
    this.gaps += bytes;
  }

  get empty(): boolean {
    return this.size === 0;
  }

  content(mimeType: string | undefined): Content {
    const { text, encoding, comment } = this.written();
    return {
      size: this.size, mimeType: mimeType ?? 'x-unknown', ...(text === '' ? {} : { text }), ...(encoding === undefined ? {} : { encoding }),
      ...(comment === undefined ? {} : { comment }),
    };
  }

  postData(mimeType: string | undefined): PostData {
    const { text, encoding, comment } = this.written();
    // HAR gives content an encoding, but not postData; the underscore is what it reserves for such fields.
    return { mimeType: mimeType ?? 'application/octet-stream', text, ...(encoding === undefined ? {} : { _encoding: encoding }), ...(comment === undefined ? {} : { comment }) };
  }

  private written(): { readonly text: string; readonly encoding: string | undefined; readonly comment: string | undefined } {
    const bytes = Buffer.concat(this.kept);
    const text = asText(bytes);
    return {
      text: text ?? bytes.toString('base64'), encoding: text === undefined ? 'base64' : undefined,
      comment: this.gaps === 0 ? undefined : `The first ${bytes.length} of ${this.size} bytes were recorded.`,
    };
  }
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
