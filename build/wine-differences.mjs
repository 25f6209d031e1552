// How a failed step becomes an entry of `differs.wine`: text is inserted, so that everything else in a file stays as it is.
import { readFileSync, writeFileSync } from 'node:fs';

/**
 * @typedef {{what: string, expected: string, observed: string}} Failure
 * @typedef {{path: string, verb: string, id?: string, line: number, title: string, observed: string, failures: readonly Failure[]}} FailedStep
 * @typedef {{file: string, passed: boolean, failed: readonly FailedStep[], faultedAfter?: string, code?: number}} Ran
 * @typedef {{id: string, observed: string, why: string}} Entry
 */

const handleMakers = /^(InternetOpen|InternetConnect|InternetOpenUrl|HttpOpenRequest|FtpOpenFile|FtpFindFirstFile|Gopher(Open|Find)\w*)[AW]?\(/;
const errorReturners = /^Http(?!OpenRequest|SendRequest|QueryInfo|AddRequest|EndRequest)/;

/** Whether the step could not be carried out at all, so that the rest of the file has nothing to stand on. @param {FailedStep} step */
function brokenOff({ verb, failures }) {
  const whats = failures.map(({ what }) => what);
  if (verb === 'call') return whats.some((what) => what !== 'returns' && what !== 'lastError' && what !== 'either' && what !== 'differs' && !what.startsWith('out.'));
  if (verb === 'expect' || verb === 'expectTrace' || verb === 'on') return false;
  return whats.some((what) => what !== 'closed' && !what.startsWith('expect'));
}

/** @param {string} words as the report has them @param {FailedStep} step @returns {string | undefined} the same as a matcher */
function matcher(words, step) {
  if (words.startsWith('memory that was not written')) return '{ unchanged: true }';
  if (words === 'TRUE' || words === 'FALSE') return words.toLowerCase();
  if (words === 'NULL') return 'null';
  const named = /^(-?\d+) \((\w+)\)$/.exec(words);
  if (named?.[2] === 'ERROR_SUCCESS') return errorReturners.test(step.title) ? 'NO_ERROR' : '0';
  if (named?.[2]?.startsWith('0x')) return named[1];
  if (named) return named[2];
  if (/^-?\d+$/.test(words)) return words;
  if (/^"[^…\\]*"$/.test(words)) return words;
  return undefined;
}

/** @param {FailedStep} step @param {string} text of the file from the step on @returns {string} */
function observedOfCall(step, text) {
  /** @type {Record<string, string>} */
  const parts = {};
  /** @type {Record<string, string>} */
  const out = {};
  for (const { what, observed } of step.failures) {
    const value = matcher(observed, step);
    if (value === undefined || what === 'either' || what.split('.').length > 2) return 'varies';
    if (what.startsWith('out.')) out[what.slice(4)] = value;
    else parts[what] = value;
  }
  // What was expected and held is still to hold.
  const expected = /returns: ([^,}\s]+)/.exec(text)?.[1];
  parts['returns'] ??= expected ?? '';
  if (handleMakers.test(step.title) && /^\d+$/.test(parts['returns'])) parts['returns'] = parts['returns'] === '0' ? 'null' : 'handle';
  const fields = ['returns', 'lastError'].filter((name) => parts[name]).map((name) => `${name}: ${parts[name]}`);
  const written = Object.entries(out).map(([name, value]) => `${name}: ${value}`);
  if (written.length > 0) fields.push(`out: { ${written.join(', ')} }`);
  return `{ ${fields.join(', ')} }`;
}

/** @param {string} text */
function plain(text) {
  const words = text.replaceAll(/\s+/g, ' ').replaceAll(/((?:127\.0\.0\.1|localhost):)\d+/g, '$1PORT').replaceAll('"', "'").replaceAll('\\', '').replaceAll('…', '...');
  return JSON.stringify(words);
}

/** @param {FailedStep} step */
function reason(step) {
  const [name = ''] = step.title.split('(');
  if (step.failures.some(({ what }) => what === 'fault')) return `${name} ends the process of the engine on Wine`;
  if (step.failures.some(({ observed }) => observed.includes('does not implement'))) return `${name} is a stub in the DLL of Wine`;
  if (step.failures.some(({ observed }) => observed.includes('still blocked'))) return 'the call does not return on Wine';
  if (step.verb === 'wait' && brokenOff(step)) return 'it does not come on Wine';
  return `Wine: ${step.failures.slice(0, 3).map(({ what, observed }) => `${what.replace('out.', '')} ${observed.startsWith('memory that') ? 'not written' : observed}`.slice(0, 90)).join('; ')}`;
}

/** @param {FailedStep} step */
function idOf(step) {
  const word = step.verb === 'call' ? (step.title.split('(')[0] ?? '').replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase() : step.verb;
  return step.id ?? `${word}-${step.path.replaceAll('.', '-')}`;
}

/** Where a line for the step that begins at an index can be put. @param {readonly string[]} lines @param {number} at */
function placeFor(lines, at) {
  const first = lines[at] ?? '';
  const indent = first.search(/\S/);
  let end = at + 1;
  if (first.trimEnd().endsWith(':')) {
    while (end < lines.length && ((lines[end] ?? '').trim() === '' || (lines[end] ?? '').search(/\S/) > indent)) end++;
    while ((lines[end - 1] ?? '').trim() === '') end--;
    return end;
  }
  /** @param {string} mark */
  const count = (mark) => lines.slice(at, end).join('\n').split(mark).length;
  while (end < lines.length && count('{') !== count('}')) end++;
  return end;
}

/** The text of the step that begins at an index. @param {readonly string[]} lines @param {number} at */
function blockOf(lines, at) {
  const indent = (lines[at] ?? '').search(/\S/);
  let end = at + 1;
  while (end < lines.length && (lines[end] ?? '').search(/\S/) > indent) end++;
  return lines.slice(at, end).join('\n');
}

/** @param {readonly string[]} lines @param {Ran} ran @returns {FailedStep | undefined} the top-level step in which the process ended */
function faultingStep(lines, ran) {
  const wanted = Number((ran.faultedAfter ?? '0').split('.')[0]) + 1;
  let seen = 0;
  for (let i = lines.indexOf('steps:') + 1; i < lines.length; i++) {
    if (!/^ {2}- /.test(lines[i] ?? '')) continue;
    seen++;
    if (seen !== wanted) continue;
    const [, verb = 'call', title = ''] = /^ {2}- (\w+): ?(\S*)/.exec(lines[i] ?? '') ?? [];
    let end = i + 1;
    while (end < lines.length && /^ {4}/.test(lines[end] ?? '')) end++;
    const id = lines.slice(i, end).map((line) => /^ {4}id: (\S+)/.exec(line)?.[1]).find(Boolean);
    return { path: String(wanted), verb, ...(id ? { id } : {}), line: i + 1, title: `${title}(`, observed: '', failures: [{ what: 'fault', expected: '', observed: 'the process of the engine ends' }] };
  }
  return undefined;
}

/** How a connection ended, where a peer step expects it to end otherwise. @param {FailedStep} step @returns {string} */
function observedEnd({ failures }) {
  const [only] = failures;
  if (only === undefined || failures.length > 1 || !/^(?:expect\.)?closed$/.test(only.what)) return 'varies';
  const [, how] = /^closed \((fin|reset)\)$/.exec(only.observed) ?? [];
  return `{ closed: ${how ?? 'false'} }`;
}

/** @param {string} file @param {Ran} ran @returns {string} what was written, in words */
export function record(file, ran) {
  const lines = readFileSync(file, 'utf8').split('\n');
  const fault = ran.faultedAfter === undefined ? undefined : faultingStep(lines, ran);
  const failed = [...ran.failed, ...(fault ? [fault] : [])].filter(({ verb }) => verb !== 'on').sort((a, b) => a.line - b.line);
  const last = failed.findIndex(brokenOff);
  const told = last < 0 ? failed : failed.slice(0, last + 1);
  if (told.length === 0) return 'failed, with nothing that an entry could say: look at it by hand';
  const entries = told.map((step) => ({
    id: idOf(step),
    observed: brokenOff(step) ? 'unavailable' : step.verb === 'call' ? observedOfCall(step, blockOf(lines, step.line - 1)) : observedEnd(step),
    why: plain(reason(step)),
  }));
  for (const step of told.filter(({ id }) => id === undefined).reverse()) {
    const at = step.line - 1;
    lines.splice(placeFor(lines, at), 0, `${' '.repeat((lines[at] ?? '').search(/\S/) + 2)}id: ${idOf(step)}`);
  }
  writeFileSync(file, withEntries(lines.join('\n').trimEnd(), entries));
  return entries.map(({ id, observed }) => `${id} ${observed}`).join(', ');
}

/** @param {string} text @param {readonly Entry[]} entries */
function withEntries(text, entries) {
  const at = text.search(/^differs:/m);
  const body = at < 0 ? text : text.slice(0, at).trimEnd();
  let differs = at < 0 ? 'differs:' : text.slice(at).trimEnd();
  if (!/^ {2}wine:\s*$/m.test(differs)) differs += '\n  wine:';
  for (const { id } of entries) differs = differs.replace(new RegExp(`\\n {4}${id}:[^\\n]*(\\n {6}[^\\n]*)*`), '');
  const written = entries.map(({ id, observed, why }) => `    ${id}: { observed: ${observed}, why: ${why} }`).join('\n');
  return `${body}\n${differs.replace(/^ {2}wine:\s*?$/m, () => `  wine:\n${written}`)}\n`;
}
