// The licences of all that goes out with the application, with their texts: what Help › About shows.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inProject } from '../setup/project.mjs';
import { Advice } from '../setup/terminal.mjs';

/**
 * @typedef {object} Notice
 * @property {string} name
 * @property {string} version
 * @property {string} licence its SPDX identifier
 * @property {string} author empty where the package names nobody
 * @property {string} page where it comes from; empty where the package does not say
 * @property {string} text
 */

/** Each asks for its notice to be kept, and for no more. */
export const shippedLicences = ['MIT', 'ISC', 'BlueOak-1.0.0'];

/** Packages that say their licence and forgot its file: the text that it names stands here. */
const forgotten = inProject('build', 'bundles', 'licences');

/** A licence's file, in the spellings there are. */
const licenceFile = /^(?:licen[cs]e|copying)(?:[.-](?:md|txt|mit))?$/i;

/** @param {unknown} author as package.json has it: a text, or an object with a name */
function nameOf(author) {
  if (typeof author === 'string') return author;
  return typeof author === 'object' && author !== null && 'name' in author ? String(author.name) : '';
}

/** @param {string | undefined} declared an SPDX expression @returns {string | undefined} one of those it leaves to choose from */
function permitted(declared) {
  return (declared ?? '').replace(/[()]/g, '').split(' OR ').find((one) => shippedLicences.includes(one));
}

/**
 * @param {string} folder a package's
 * @param {string} [texts] folder of the texts that packages forgot
 * @returns {Notice}
 * @throws {Advice} naming a package that may not go out, or whose text is missing
 */
export function noticeOf(folder, texts = forgotten) {
  const { name, version, license, author, homepage } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const licence = permitted(license);
  if (licence === undefined) {
    throw new Advice(`${name} ${version} would go out with the application under ${license ?? 'no licence'}: allowed are ${shippedLicences.join(', ')} (build/bundles/notices.mjs).`);
  }
  const own = readdirSync(folder).find((file) => licenceFile.test(file));
  const file = own === undefined ? join(texts, `${name.replace('/', '-')}.txt`) : join(folder, own);
  if (!existsSync(file)) throw new Advice(`${name} ${version} has no file with the text of its licence (${license}): put what it is under into ${file}.`);
  return { name, version, licence, author: nameOf(author), page: typeof homepage === 'string' ? homepage : '', text: readFileSync(file, 'utf8').trim() };
}

/**
 * @param {readonly string[]} packages folders below node_modules
 * @returns {{own: string, packages: Notice[]}} the application's own licence, and the others' by name
 */
export function notices(packages) {
  const all = packages.map((name) => noticeOf(inProject('node_modules', ...name.split('/'))));
  // The same package in two places of node_modules is one thing to a reader.
  const single = new Map(all.map((notice) => [`${notice.name} ${notice.version}`, notice]));
  return { own: readFileSync(inProject('LICENSE'), 'utf8').trim(), packages: [...single.values()].sort((a, b) => a.name.localeCompare(b.name, 'en')) };
}
