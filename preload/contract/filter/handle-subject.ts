import type { HandleNode } from '../handle';
import type { FilterSubject } from './meets';

/** What a filter can ask of a handle. @param text what is said of it, where plain text is looked for */
export function handleSubject({ kind, state, raw, id, label }: HandleNode, text: string): FilterSubject {
  return { text: text.toLowerCase(), names: { kind: [kind], state: [state], handle: [raw.toLowerCase(), `#${id}`, label.toLowerCase()] } };
}
