import type { CodeRequest, HttpCopy } from '../../preload/contract/code';
import { CODE_LANGUAGE_TITLES } from '../../preload/contract/code';
import { errorMessage } from '../../preload/contract/errors';
import type { HandleId, Seq } from '../../preload/contract/ids';
import type { ExchangeQuery } from '../../preload/contract/http-exchange';
import type { DetailsTarget } from '../../preload/contract/query';
import { askCopy, askOpenPage } from './questions';
import { report } from './view-actions';

/** @param raw the value, to say what was copied */
export async function copyRaw(handle: HandleId, raw: string): Promise<void> {
  const copied = await askCopy({ kind: 'raw', handle });
  if (copied.ok) report('info', `${raw} is on the clipboard.`);
  else report('error', errorMessage(copied.error));
}

/** @param name of the buffer, to say what was copied */
export async function copyBytes(seq: Seq, place: number, name: string): Promise<void> {
  const copied = await askCopy({ kind: 'bytes', seq, place });
  if (copied.ok) report('info', `The bytes of ${name} are on the clipboard.`);
  else report('error', errorMessage(copied.error));
}

export async function copyDetails(target: DetailsTarget, format: 'text' | 'json'): Promise<void> {
  const copied = await askCopy({ kind: 'details', target, format });
  if (copied.ok) report('info', `The details are on the clipboard as ${format === 'json' ? 'JSON' : 'text'}.`);
  else report('error', errorMessage(copied.error));
}

/** Answers why the calls could not be copied, for the dialog that asked; undefined when they were. */
export async function copyCode(code: CodeRequest): Promise<string | undefined> {
  const copied = await askCopy({ kind: 'code', code });
  if (!copied.ok) return errorMessage(copied.error);
  report('info', `${CODE_LANGUAGE_TITLES[code.language]} is on the clipboard.`);
  return undefined;
}

const PART_WORDS: Readonly<Record<HttpCopy['kind'], string>> = { fields: 'The header fields are', field: 'The header field is', body: 'The body is', url: 'The address is' };

export async function copyHttp(query: ExchangeQuery, of: 'request' | 'response', what: HttpCopy): Promise<void> {
  const copied = await askCopy({ kind: 'http', query, of, what });
  if (copied.ok) report('info', `${PART_WORDS[what.kind]} on the clipboard.`);
  else report('error', errorMessage(copied.error));
}

export async function openPage(address: string): Promise<void> {
  const opened = await askOpenPage(address);
  if (!opened.ok) report('error', `${address} could not be opened: ${errorMessage(opened.error)}`);
}
