/** A scenario whose text can be changed: one of the gallery, or a file of the person's own. */
export interface ScenarioDocument {
  /** Its id in the gallery, or "own/N". */
  readonly id: string;
  /** What a file of it is called, without the extension. */
  readonly name: string;
  /** As the gallery or the file has it. */
  readonly saved: string;
  readonly text: string;
}

export type Documents = ReadonlyMap<string, ScenarioDocument>;

const OWN = /^own\/(\d+)$/;
/** What a person can have open at once. */
export const MOST_DOCUMENTS = 50;

export function isOwn(id: string): boolean {
  return OWN.test(id);
}

export function isEdited({ text, saved }: ScenarioDocument): boolean {
  return text !== saved;
}

export function fileName(id: string): string {
  return id.split('/').at(-1) ?? id;
}

export function nextOwnId(documents: Documents): string {
  const numbers = [...documents.keys()].flatMap((id) => { const match = OWN.exec(id); return match === null ? [] : [Number(match[1])]; });
  return `own/${Math.max(0, ...numbers) + 1}`;
}

/** What must outlive the window: files of the person's own, and what was changed of the gallery. */
export function toKeep(documents: Documents): readonly ScenarioDocument[] {
  return [...documents.values()].filter((document) => isOwn(document.id) || isEdited(document));
}

/** What was kept, as far as it can be read. */
export function readKept(stored: string | undefined): Documents {
  let found: unknown;
  try {
    found = JSON.parse(stored ?? '[]');
  } catch {
    return new Map();
  }
  if (!Array.isArray(found)) return new Map();
  const documents = new Map<string, ScenarioDocument>();
  for (const one of found.slice(0, MOST_DOCUMENTS)) {
    if (typeof one !== 'object' || one === null) continue;
    const { id, name, saved, text }: Partial<Record<keyof ScenarioDocument, unknown>> = one;
    if (typeof id === 'string' && typeof name === 'string' && typeof saved === 'string' && typeof text === 'string') documents.set(id, { id, name, saved, text });
  }
  return documents;
}

/** A name that a file can have on every system. */
export function plainName(name: string): string {
  const plain = name.replace(/\.(ya?ml|json)$/i, '').replace(/[^\w. -]+/g, '-').replace(/^[^\w-]+/, '').slice(0, 120);
  return plain === '' ? 'scenario' : plain;
}
