/** A piece of a text, and whether it is what was searched for. */
export interface Piece {
  readonly text: string;
  readonly hit: boolean;
}

/** Cuts a text where the words stand in it, in any letter case. */
export function markHits(text: string, words: readonly string[]): readonly Piece[] {
  const wanted = words.filter((word) => word !== '');
  if (wanted.length === 0) return [{ text, hit: false }];
  const pattern = new RegExp(wanted.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).sort((a, b) => b.length - a.length).join('|'), 'gi');
  const pieces: Piece[] = [];
  let at = 0;
  for (const { 0: hit, index } of text.matchAll(pattern)) {
    if (index > at) pieces.push({ text: text.slice(at, index), hit: false });
    pieces.push({ text: hit, hit: true });
    at = index + hit.length;
  }
  if (at < text.length || pieces.length === 0) pieces.push({ text: text.slice(at), hit: false });
  return pieces;
}

export interface Searched {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  readonly notes: string;
  readonly text: string;
}

/** Where a scenario speaks of the words beside its title: the first such line of its text. Undefined when it does not hold all of them. */
export interface Hit {
  readonly line: { readonly number: number; readonly text: string } | undefined;
}

export function search({ id, title, source, notes, text }: Searched, words: readonly string[]): Hit | undefined {
  const all = `${title}\n${id}\n${source}\n${notes}\n${text}`.toLowerCase();
  if (!words.every((word) => all.includes(word))) return undefined;
  const head = title.toLowerCase();
  const elsewhere = words.filter((word) => !head.includes(word));
  if (elsewhere.length === 0) return { line: undefined };
  const lines = text.split('\n');
  const at = lines.findIndex((line) => elsewhere.some((word) => line.toLowerCase().includes(word)));
  return { line: at < 0 ? undefined : { number: at + 1, text: toHit((lines[at] ?? '').trim(), elsewhere) } };
}

/** From which place on a hit may be out of sight, in characters; what stands before it is cut where a word begins. */
const SEEN = 48;
const BEFORE_HIT = 36;

function toHit(line: string, words: readonly string[]): string {
  const low = line.toLowerCase();
  const hit = Math.min(...words.map((word) => low.indexOf(word)).filter((at) => at >= 0));
  if (hit <= SEEN) return line;
  const from = line.indexOf(' ', hit - BEFORE_HIT);
  return `…${line.slice(from < 0 || from >= hit ? hit - BEFORE_HIT : from + 1)}`;
}
