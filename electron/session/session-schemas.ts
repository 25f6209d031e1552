import * as v from 'valibot';
import { LONGEST_ANNOTATION, MOST_ANNOTATIONS, type Annotation } from '../../preload/contract/annotation';
import { handleId, type HandleId } from '../../preload/contract/ids';
import { FORMAT_NAME, type SessionHeader } from './format';

/** What the JSON blocks of a session file must be like before they are believed. */

const shortText = v.pipe(v.string(), v.maxLength(1000));
const whole = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 32 - 2));

/** What every version's header has. */
const HEADER = v.object({
  format: v.literal(FORMAT_NAME), version: v.pipe(v.number(), v.integer(), v.minValue(1)), application: shortText,
  engine: v.object({ kind: shortText, description: shortText }), savedAt: shortText, startedAt: v.optional(shortText),
  first: v.optional(whole, 0), earlier: v.optional(whole), events: v.optional(whole), kinds: v.optional(v.pipe(v.array(shortText), v.maxLength(256)), []),
  constants: v.optional(v.record(v.string(), v.record(v.string(), v.number())), {}),
});

const id = v.pipe(v.string(), v.regex(/^[A-Za-z0-9-]{1,64}$/));
const handle = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2 ** 32 - 1), v.transform((value): HandleId => handleId(value)));
const time = v.pipe(v.number(), v.finite());
const written = v.pipe(v.string(), v.minLength(1), v.maxLength(LONGEST_ANNOTATION));
const base = { id, writtenAt: shortText };

const ANNOTATION = v.variant('kind', [
  v.object({ ...base, kind: v.literal('note'), text: written, place: v.variant('kind', [v.object({ kind: v.literal('time'), time }), v.object({ kind: v.literal('handle'), handle })]) }),
  v.object({ ...base, kind: v.literal('bookmark'), time }),
  v.object({ ...base, kind: v.literal('mute'), rule: shortText, handle: v.optional(handle), reason: written }),
]);

export function parseHeader(value: unknown): SessionHeader | undefined {
  const parsed = v.safeParse(HEADER, value);
  return parsed.success ? { ...parsed.output, events: parsed.output.events } : undefined;
}

/** Those of a list that are annotations; undefined for what is no list. An unknown kind, of a later version, is passed over. */
export function parseAnnotations(value: unknown): readonly Annotation[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.slice(0, MOST_ANNOTATIONS).flatMap((item: unknown): Annotation[] => {
    const parsed = v.safeParse(ANNOTATION, item);
    if (!parsed.success) return [];
    return [parsed.output.kind === 'mute' ? { ...parsed.output, handle: parsed.output.handle } : parsed.output];
  });
}
