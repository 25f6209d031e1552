import type { MediaType } from './media-type';

/** Bytes as text, with what had to be said about it. */
export interface BodyText {
  readonly text: string;
  /** The charset that they were read in, by its name of the Encoding standard. */
  readonly charset: string;
  /** Why it may not be what was meant; undefined for text that says its charset and keeps to it. */
  readonly note: string | undefined;
}

/**
 * Bytes in the charset of their Content-Type, else in UTF-8. What is no text in it becomes U+FFFD and is counted.
 * @param cut whether bytes are missing after these, so that a character may end in the middle
 */
export function bodyText(bytes: Uint8Array, media: MediaType, cut = false): BodyText {
  const said = media.parameters.get('charset');
  const decoder = decoderOf(said);
  const text = decoder.decode(bytes, { stream: cut });
  const notes = [
    said !== undefined && !isKnown(said) ? `The charset “${said.slice(0, 40)}” is not known; read as UTF-8.` : undefined,
    badness(text, bytes, decoder.encoding),
  ].filter((note) => note !== undefined);
  return { text, charset: decoder.encoding, note: notes.length === 0 ? undefined : notes.join(' ') };
}

function decoderOf(label: string | undefined): TextDecoder {
  if (label === undefined || !isKnown(label)) return new TextDecoder('utf-8');
  return new TextDecoder(label);
}

function isKnown(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== '';
  } catch {
    return false;
  }
}

const REPLACEMENT = '\ufffd';
const REPLACEMENT_BYTES = [0xef, 0xbf, 0xbd] as const;

/** How many places are no text; a U+FFFD that was sent as such is one. */
function badness(text: string, bytes: Uint8Array, encoding: string): string | undefined {
  if (!text.includes(REPLACEMENT)) return undefined;
  const shown = text.split(REPLACEMENT).length - 1;
  const bad = encoding === 'utf-8' ? shown - sentReplacements(bytes) : shown;
  return bad <= 0 ? undefined : `${bad.toLocaleString('en')} ${bad === 1 ? 'place is' : 'places are'} no ${encoding.toUpperCase()}, shown as ${REPLACEMENT}.`;
}

function sentReplacements(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(REPLACEMENT_BYTES[0]); at >= 0; at = bytes.indexOf(REPLACEMENT_BYTES[0], at + 1)) {
    if (bytes[at + 1] === REPLACEMENT_BYTES[1] && bytes[at + 2] === REPLACEMENT_BYTES[2]) count += 1;
  }
  return count;
}
