// docs/manual as data: the window draws it itself, so no HTML ever comes of it, and what it cannot draw is refused here.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Lexer } from 'marked';
import { inProject } from '../setup/project.mjs';

/**
 * @typedef {import('../../renderer/model/manual').ManualPage} ManualPage
 * @typedef {import('../../renderer/model/manual').ManualBlock} ManualBlock
 * @typedef {import('../../renderer/model/manual').ManualText} ManualText
 * @typedef {import('../../renderer/model/manual').ManualPlace} ManualPlace
 * @typedef {import('marked').Token} Token
 * @typedef {import('marked').Tokens.List} List
 * @typedef {import('marked').Tokens.Table} Table
 */

export const manualFolder = inProject('docs', 'manual');

/** A page that says what the window cannot draw, or that leads nowhere. */
export class ManualFault extends Error {}

/** @param {string} heading @returns {string} as GitHub makes it, so that a link works in both places */
export function sectionId(heading) {
  return heading.toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, '').trim().replaceAll(/\s/g, '-');
}

/** @param {Buffer} png @returns {{width: number, height: number}} pixels, out of its first chunk */
export function pictureSize(png) {
  if (png.length < 24 || png.toString('latin1', 1, 4) !== 'PNG') throw new ManualFault('is no PNG');
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
}

/** One page while it is read. */
class Page {
  /** @param {string} folder @param {string} name its file @param {boolean} toCome whether pictures may be missing, since they are being taken */
  constructor(folder, name, toCome) {
    this.folder = folder;
    this.name = name;
    this.toCome = toCome;
  }

  /** @param {string} what @param {string} raw @returns {never} */
  refuse(what, raw) {
    throw new ManualFault(`docs/manual/${this.name}: ${what}: ${raw.trim().slice(0, 120)}`);
  }

  /** @param {readonly Token[]} tokens @returns {ManualBlock[]} */
  blocks(tokens) {
    return tokens.flatMap((token) => this.block(token) ?? []);
  }

  /** @param {Token} token @returns {ManualBlock | undefined} */
  block(token) {
    switch (token.type) {
      case 'space': return undefined;
      case 'heading': return token.depth === 2 ? { kind: 'heading', id: sectionId(token.text), text: token.text } : this.refuse('has a heading that is neither its title nor of the second level', token.raw);
      case 'paragraph': case 'text': return this.picture(token) ?? { kind: 'paragraph', parts: this.texts(token.tokens ?? []) };
      case 'list': return this.list(/** @type {List} its type says so */ (token));
      case 'table': return this.table(/** @type {Table} its type says so */ (token));
      case 'code': return { kind: 'code', text: token.text };
      case 'blockquote': return { kind: 'tip', blocks: this.blocks(token.tokens ?? []) };
      default: return this.refuse(`holds what the window does not draw (${token.type})`, token.raw);
    }
  }

  /** @param {List} list @returns {ManualBlock} */
  list(list) {
    return { kind: 'list', ordered: list.ordered, items: list.items.map((item) => this.blocks(item.tokens)) };
  }

  /** @param {Table} table @returns {ManualBlock} */
  table(table) {
    return { kind: 'table', head: table.header.map((cell) => this.texts(cell.tokens)), rows: table.rows.map((row) => row.map((cell) => this.texts(cell.tokens))) };
  }

  /** @param {Token} token a paragraph @returns {ManualBlock | undefined} undefined when it is not one picture alone */
  picture(token) {
    const [only, ...others] = 'tokens' in token ? token.tokens ?? [] : [];
    if (only?.type !== 'image' || others.length > 0) return undefined;
    const name = /^pictures\/([\w-]+\.png)$/.exec(only.href)?.[1];
    if (name === undefined) return this.refuse('has a picture that is not in pictures/', only.raw);
    if (only.text === '') return this.refuse('has a picture without words for who cannot see it', only.raw);
    const file = join(this.folder, 'pictures', name);
    if (!existsSync(file) && this.toCome) return { kind: 'paragraph', parts: [] };
    if (!existsSync(file)) return this.refuse('names a picture that is not there (npm run picture makes it)', only.raw);
    return { kind: 'picture', name, says: only.text, ...pictureSize(readFileSync(file)) };
  }

  /** @param {readonly Token[]} tokens @returns {ManualText[]} */
  texts(tokens) {
    return tokens.map((token) => this.text(token));
  }

  /** @param {Token} token @returns {ManualText} */
  text(token) {
    switch (token.type) {
      case 'text': case 'escape': return { kind: 'text', text: plain(token.text) };
      case 'em': return { kind: 'emphasis', parts: this.texts(token.tokens ?? []) };
      case 'strong': return { kind: 'name', text: plain(token.text) };
      case 'codespan': return { kind: 'code', text: token.text };
      case 'link': return this.link(token.href, plain(token.text), token.raw);
      default: return this.refuse(`holds what the window does not draw (${token.type})`, token.raw);
    }
  }

  /** @param {string} href @param {string} text @param {string} raw @returns {ManualText} */
  link(href, text, raw) {
    const [, scheme, id] = /^(command|keys):([a-z-]+)$/.exec(href) ?? [];
    // That the catalogue has it, a test says: this file knows no catalogue.
    const command = /** @type {import('../../preload/contract/command-catalog').CommandId} */ (id);
    if (scheme === 'command') return { kind: 'command', command, text };
    if (scheme === 'keys') return { kind: 'keys', command, text };
    const [, page, section] = /^(?:([\w-]+)\.md)?(?:#([\w-]+))?$/.exec(href) ?? [];
    if (page === undefined && section === undefined) return this.refuse('has a link that leads out of the manual, which is read without a network', raw);
    return { kind: 'page', place: { page: page ?? this.name.replace(/\.md$/, ''), section }, text };
  }
}

/** @param {string} text @returns {string} marked leaves the entities of Markdown as they are written */
function plain(text) {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', '\'').replaceAll('&amp;', '&');
}

/** @param {string} folder @param {string} id @param {string} group @param {boolean} toCome @returns {ManualPage} */
function readPage(folder, id, group, toCome) {
  const page = new Page(folder, `${id}.md`, toCome);
  const [title, ...rest] = new Lexer({ gfm: true }).lex(readFileSync(join(folder, page.name), 'utf8'));
  if (title?.type !== 'heading' || title.depth !== 1) return page.refuse('does not begin with its title', title?.raw ?? '');
  return { id, title: title.text, group, blocks: page.blocks(rest) };
}

/**
 * The pages in the order of the contents, README.md: its headings are groups, and each link under them a page.
 * @param {string} [folder]
 * @param {boolean} [toCome] whether pictures may be missing: the window that they are taken of must be built without them
 * @returns {readonly ManualPage[]}
 * @throws {ManualFault} naming the page and what of it is wrong
 */
export function readManual(folder = manualFolder, toCome = false) {
  /** @type {ManualPage[]} */
  const pages = [];
  let group = '';
  for (const token of new Lexer({ gfm: true }).lex(readFileSync(join(folder, 'README.md'), 'utf8'))) {
    if (token.type === 'heading' && token.depth === 2) group = token.text;
    if (token.type !== 'list') continue;
    for (const [, id] of token.raw.matchAll(/\]\(([\w-]+)\.md\)/g)) if (id !== undefined) pages.push(readPage(folder, id, group, toCome));
  }
  const listed = new Set(pages.map(({ id }) => id));
  const lost = readdirSync(folder).filter((name) => name.endsWith('.md') && name !== 'README.md' && !listed.has(name.slice(0, -'.md'.length)));
  if (lost.length > 0) throw new ManualFault(`docs/manual/README.md leads to no ${lost.join(', ')}`);
  for (const page of pages) for (const { page: to, section } of placesOf(page.blocks)) {
    const found = pages.find(({ id }) => id === to);
    if (found === undefined) throw new ManualFault(`docs/manual/${page.id}.md leads to ${to}.md, which is not there`);
    if (section !== undefined && !found.blocks.some((block) => block.kind === 'heading' && block.id === section)) throw new ManualFault(`docs/manual/${page.id}.md leads to ${to}.md#${section}, which is no heading there`);
  }
  return pages;
}

/** @param {readonly ManualBlock[]} blocks @returns {readonly ManualPlace[]} where its links lead */
function placesOf(blocks) {
  return textsOf(blocks).flatMap((part) => (part.kind === 'page' ? [part.place] : []));
}

/** @param {readonly ManualBlock[]} blocks @returns {readonly ManualText[]} every piece of text in them */
export function textsOf(blocks) {
  return blocks.flatMap((block) => {
    switch (block.kind) {
      case 'paragraph': return block.parts.flatMap(flat);
      case 'list': return block.items.flatMap(textsOf);
      case 'table': return [block.head, ...block.rows].flat(2).flatMap(flat);
      case 'tip': return textsOf(block.blocks);
      default: return [];
    }
  });
}

/** @param {ManualText} part @returns {readonly ManualText[]} */
function flat(part) {
  return part.kind === 'emphasis' ? part.parts.flatMap(flat) : [part];
}
