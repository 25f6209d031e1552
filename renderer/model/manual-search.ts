import { blockWords, type ManualPage, type ManualPlace } from './manual';

/** A stretch of the manual that holds what was looked for. */
export interface ManualHit {
  readonly place: ManualPlace;
  readonly title: string;
  /** The heading that it stands under; the same as the title above the first one. */
  readonly heading: string;
  /** Some words about the first place where it was found: before it, it, after it. */
  readonly excerpt: readonly [before: string, found: string, after: string];
  readonly score: number;
}

interface Stretch {
  readonly page: ManualPage;
  readonly section: string | undefined;
  readonly heading: string;
  readonly words: string;
}

/** Letters shown on each side of what was found. */
const AROUND = 60;

/** A page cut at its headings. */
function stretches(page: ManualPage): readonly Stretch[] {
  const found: Stretch[] = [];
  let section: string | undefined;
  let heading = page.title;
  let words: string[] = [];
  const end = (): void => { found.push({ page, section, heading, words: words.join(' ').replaceAll(/\s+/g, ' ') }); };
  for (const block of page.blocks) {
    if (block.kind === 'heading') {
      end();
      section = block.id;
      heading = block.text;
      words = [];
    } else {
      words.push(blockWords(block));
    }
  }
  end();
  return found;
}

/** The stretches that hold every word, the best first: words in a title or heading count for more than in the text. */
export function searchManual(pages: readonly ManualPage[], wanted: string): readonly ManualHit[] {
  const words = wanted.toLowerCase().split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return [];
  return pages.flatMap(stretches).flatMap((stretch) => hitOf(stretch, words) ?? []).sort((a, b) => b.score - a.score);
}

function hitOf({ page, section, heading, words }: Stretch, wanted: readonly string[]): ManualHit | undefined {
  const body = words.toLowerCase();
  const heads = `${page.title} ${heading}`.toLowerCase();
  let score = 0;
  for (const word of wanted) {
    if (!body.includes(word) && !heads.includes(word)) return undefined;
    score += (heading.toLowerCase().includes(word) ? 8 : 0) + (page.title.toLowerCase().includes(word) ? 4 : 0) + Math.min(3, body.split(word).length - 1);
  }
  return { place: { page: page.id, section }, title: page.title, heading, excerpt: excerptOf(words, wanted), score };
}

/** Cut at whole words; the beginning of the stretch when only its heading has what was looked for. */
function excerptOf(words: string, wanted: readonly string[]): ManualHit['excerpt'] {
  const body = words.toLowerCase();
  const first = wanted.map((word) => ({ at: body.indexOf(word), length: word.length })).filter(({ at }) => at >= 0).sort((a, b) => a.at - b.at)[0];
  if (first === undefined) return ['', '', words.length > AROUND * 2 ? `${words.slice(0, words.lastIndexOf(' ', AROUND * 2))} …` : words];
  const { at, length } = first;
  const from = at <= AROUND ? 0 : words.indexOf(' ', at - AROUND) + 1;
  const end = at + length + AROUND;
  const to = end >= words.length ? words.length : Math.max(at + length, words.lastIndexOf(' ', end));
  return [`${from > 0 ? '… ' : ''}${words.slice(from, at)}`, words.slice(at, at + length), `${words.slice(at + length, to)}${to < words.length ? ' …' : ''}`];
}
