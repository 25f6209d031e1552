import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { manualFolder, pictureSize, readManual, textsOf } from '../../../build/manual/read-manual.mjs';
import { COMMAND_CATALOG } from '../../../preload/contract/command-catalog';
import { keyLabel } from '../../../renderer/model/keys';
import { blockWords, type ManualBlock } from '../../../renderer/model/manual';
import { DIALOG_PAGES, pageOfPart, QUESTION_PAGES } from '../../../renderer/model/manual-help';
import { searchManual } from '../../../renderer/model/manual-search';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const pages = readManual();
const catalog = new Map(COMMAND_CATALOG.map((entry) => [entry.id, entry]));
const bare = (title: string): string => title.replace('…', '');

/** What can stand in the window: the texts of its sources, and the titles of the catalogue with their menus. */
function windowWords(): string {
  const files = ['renderer', 'preload/contract', 'electron/shell', 'electron/rules'].flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name)).map((name) => readFileSync(path.join(ROOT, folder, name), 'utf8')));
  return files.join('\n').replaceAll('…', '').replaceAll('&amp;', '&').replaceAll(/\s+/g, ' ');
}

function picturesOf(blocks: readonly ManualBlock[]): readonly string[] {
  return blocks.flatMap((block) => (block.kind === 'picture' ? [block.name] : block.kind === 'list' ? block.items.flatMap(picturesOf) : block.kind === 'tip' ? picturesOf(block.blocks) : []));
}

describe('docs/manual', () => {
  test.each(pages.map((page) => [page.id, page] as const))('%s: every command is in the catalogue, by its title and its keys', (_id, page) => {
    for (const part of textsOf(page.blocks)) {
      if (part.kind !== 'command' && part.kind !== 'keys') continue;
      const entry = catalog.get(part.command);
      expect(entry, `${part.kind}:${part.command}`).toBeDefined();
      if (part.kind === 'command') expect(part.text).toBe(bare(entry?.title ?? ''));
      else expect(part.text).toBe(entry?.keys === undefined ? 'no keys' : keyLabel(entry.keys));
    }
  });

  const words = windowWords();
  test.each(pages.map((page) => [page.id, page] as const))('%s: what stands in bold stands in the window', (_id, page) => {
    const names = textsOf(page.blocks).flatMap((part) => (part.kind === 'name' ? [part.text.replaceAll('…', '')] : []));
    const menus = new Set<string>(COMMAND_CATALOG.map(({ menu }) => menu));
    // A button, a heading or a label begins a text of its own in the sources.
    const stands = (name: string): boolean => menus.has(name) || new RegExp(`['">\`“}] ?${name.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}(?!\\w)`).test(words);
    expect(names.filter((name) => !stands(name))).toEqual([]);
  });

  test.each(pages.map((page) => [page.id, page] as const))('%s: a way through a menu ends at a command of that menu', (_id, page) => {
    const parts = textsOf(page.blocks);
    parts.forEach((between, at) => {
      const [menu, title] = [parts[at - 1], parts[at + 1]];
      if (between.kind !== 'text' || between.text.trim() !== '›' || menu?.kind !== 'name' || title?.kind !== 'name') return;
      expect(COMMAND_CATALOG.map((entry) => `${entry.menu} › ${bare(entry.title)}`)).toContain(`${menu.text} › ${bare(title.text)}`);
    });
  });

  test('every page says enough to be worth opening, and no page is a book', () => {
    for (const { id, blocks } of pages) {
      const count = blocks.map(blockWords).join(' ').split(/\s+/).length;
      expect(count, id).toBeGreaterThan(80);
      expect(count, id).toBeLessThan(900);
    }
  });

  test('every picture is spoken of, lies there in both themes at one size, and is small', () => {
    const named = new Set(pages.flatMap(({ blocks }) => picturesOf(blocks)));
    const lying = readdirSync(path.join(manualFolder, 'pictures')).filter((name) => name.endsWith('.png'));
    expect(lying.filter((name) => !named.has(name))).toEqual([]);
    let bytes = 0;
    for (const name of lying) {
      const [light, dark] = ['', 'dark'].map((theme) => readFileSync(path.join(manualFolder, 'pictures', theme, name)));
      if (light === undefined || dark === undefined) throw new Error('two pictures were read');
      expect(pictureSize(light), name).toEqual(pictureSize(dark));
      bytes += light.length + dark.length;
    }
    expect(bytes).toBeLessThan(2_000_000);
  });
});

describe('the help of the window', () => {
  test('leads from every dialog, and from every part with a name, to a page that is there', () => {
    const ids = new Set(pages.map(({ id }) => id));
    for (const id of [...Object.values(DIALOG_PAGES), ...Object.values(QUESTION_PAGES), ...['filter', 'findings', 'open', 'sweep', 'scenario'].map(pageOfPart)]) expect(ids.has(id ?? ''), id).toBe(true);
    for (const id of ids) expect(existsSync(path.join(manualFolder, `${id}.md`))).toBe(true);
  });

  test('finds what is looked for: every word, the best first, with the words about it', () => {
    const [first] = searchManual(pages, 'leak');
    expect(first?.place.page).toBe('leaks');
    expect(searchManual(pages, 'zzz leak')).toEqual([]);
    expect(searchManual(pages, '  ')).toEqual([]);
    for (const hit of searchManual(pages, 'HANDLE_CLOSING')) {
      expect(hit.excerpt[1] === '' ? hit.heading : hit.excerpt[1]).toMatch(/HANDLE_CLOSING/i);
      expect(hit.excerpt.join('').length).toBeLessThan(200);
    }
  });
});
