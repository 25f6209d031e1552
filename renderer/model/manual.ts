import type { CommandId } from '../../preload/contract/command-catalog';

/** What the window knows of its manual by name: the pages that its own help leads to. Each is docs/manual/NAME.md. */
export type ManualPageId =
  | 'first-steps' | 'close-hangs' | 'leaks' | 'late-callbacks' | 'cancelled-answers' | 'findings' | 'compare' | 'scenarios' | 'sweep'
  | 'by-hand' | 'requests' | 'filter' | 'sessions' | 'other-programs' | 'keys' | 'settings' | 'troubleshooting';

/** A place in the manual: a page, and one of its headings. */
export interface ManualPlace {
  readonly page: string;
  readonly section: string | undefined;
}

/** A piece of a line of text. */
export type ManualText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'emphasis'; readonly parts: readonly ManualText[] }
  /** The words of something that stands in the window. */
  | { readonly kind: 'name'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  /** Gives a command: [Take the tour](command:tour). */
  | { readonly kind: 'command'; readonly command: CommandId; readonly text: string }
  /** The keys of a command as the person has them; the text is what they are at first: [Del](keys:close-handle). */
  | { readonly kind: 'keys'; readonly command: CommandId; readonly text: string }
  | { readonly kind: 'page'; readonly place: ManualPlace; readonly text: string };

export type ManualBlock =
  | { readonly kind: 'heading'; readonly id: string; readonly text: string }
  | { readonly kind: 'paragraph'; readonly parts: readonly ManualText[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly ManualBlock[])[] }
  | { readonly kind: 'table'; readonly head: readonly (readonly ManualText[])[]; readonly rows: readonly (readonly (readonly ManualText[])[])[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'tip'; readonly blocks: readonly ManualBlock[] }
  | { readonly kind: 'picture'; readonly name: string; readonly says: string; readonly width: number; readonly height: number };

export interface ManualPage {
  /** Its file without `.md`. */
  readonly id: string;
  readonly title: string;
  /** The heading that it stands under in the contents. */
  readonly group: string;
  readonly blocks: readonly ManualBlock[];
}

/** The words of a line, without what they do. */
export function wordsOf(parts: readonly ManualText[]): string {
  return parts.map((part) => (part.kind === 'emphasis' ? wordsOf(part.parts) : part.text)).join('');
}

/** The words of a block and of all that is in it. */
export function blockWords(block: ManualBlock): string {
  switch (block.kind) {
    case 'heading': case 'code': return block.text;
    case 'paragraph': return wordsOf(block.parts);
    case 'list': return block.items.map((item) => item.map(blockWords).join(' ')).join(' ');
    case 'table': return [block.head, ...block.rows].map((row) => row.map(wordsOf).join(' ')).join(' ');
    case 'tip': return block.blocks.map(blockWords).join(' ');
    case 'picture': return block.says;
  }
}
