import type { HttpBody, HttpBodyPart } from '../../../preload/contract/http-exchange';
import { imageType, isForm, isJson, isText, type MediaType } from './media-type';

/** Ways to see a body. */
export type BodyWay = 'json' | 'form' | 'multipart' | 'image' | 'text' | 'hex';

/** What is shown of a body: its parts as they were sent, or what they are without their content coding. */
export function shownParts(body: HttpBody, asSent: boolean): readonly HttpBodyPart[] {
  const { decoded } = body;
  return asSent || decoded === undefined || decoded.problem !== undefined ? body.parts : [{ kind: 'bytes', at: 0, bytes: decoded.bytes }];
}

/** The bytes before the first gap: what is read as a whole. */
export function beginningOf(parts: readonly HttpBodyPart[]): Uint8Array {
  const [first] = parts;
  return first?.kind === 'bytes' ? first.bytes : new Uint8Array();
}

/** The ways that make sense, the best first. Text and hex always do. */
export function waysOf(beginning: Uint8Array, media: MediaType): readonly BodyWay[] {
  const special: BodyWay[] = [];
  if (isJson(media) || (media.type === '' && looksLikeJson(beginning))) special.push('json');
  if (isForm(media)) special.push('form');
  if (media.type.startsWith('multipart/')) special.push('multipart');
  if (imageType(beginning) !== undefined) special.push('image');
  return [...special, ...(isText(media) || looksLikeText(beginning) ? ['text', 'hex'] as const : ['hex', 'text'] as const)];
}

const BLANK = new Set([0x20, 0x09, 0x0a, 0x0d]);

function looksLikeJson(bytes: Uint8Array): boolean {
  const first = bytes.find((byte) => !BLANK.has(byte));
  return first === 0x7b || first === 0x5b;
}

/** Bytes looked at before something is taken for text. */
const LOOKED_AT = 1024;

function looksLikeText(bytes: Uint8Array): boolean {
  return !bytes.subarray(0, LOOKED_AT).some((byte) => byte < 0x20 && !BLANK.has(byte) && byte !== 0x0c && byte !== 0x1b);
}

/** Bytes that are drawn, and whether others follow them. */
export type ShownBytes = Extract<HttpBodyPart, { readonly kind: 'bytes' }> & { readonly cut: boolean };

/** The parts with at most so many bytes, and the gaps between them. */
export function upTo(parts: readonly HttpBodyPart[], most: number): readonly (ShownBytes | Extract<HttpBodyPart, { readonly kind: 'gap' }>)[] {
  const shown: (ShownBytes | Extract<HttpBodyPart, { readonly kind: 'gap' }>)[] = [];
  let left = most;
  for (const [index, part] of parts.entries()) {
    if (left <= 0) break;
    if (part.kind === 'gap') {
      shown.push(part);
      continue;
    }
    const bytes = part.bytes.subarray(0, left);
    left -= bytes.length;
    shown.push({ ...part, bytes, cut: bytes.length < part.bytes.length || index < parts.length - 1 });
  }
  return shown;
}
