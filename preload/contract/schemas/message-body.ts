import * as v from 'valibot';
import { BODY_KINDS, type MessageBody } from '../body-file';
import { MAX_TEXT } from './fields';

/** The body of a message, to be spread into what has one. */
export const messageBody = {
  body: v.pipe(v.string('is text'), v.maxLength(MAX_TEXT, 'is longer than 1 MB; put it into a file and send that')),
  bodyKind: v.optional(v.picklist(BODY_KINDS, 'is text, json or file')),
  bodyFile: v.optional(v.pipe(v.string('is a file that was chosen'), v.maxLength(64, 'is a file that was chosen'))),
};

/** What is wrong with a body as a whole, and beside which of its fields that is told. */
export function bodyProblem({ body, bodyKind, bodyFile }: MessageBody): { readonly field: 'body' | 'bodyFile'; readonly message: string } | undefined {
  if (bodyKind === 'file') return bodyFile === undefined ? { field: 'bodyFile', message: 'is not chosen yet; choose one, or write the body as text' } : undefined;
  const message = bodyKind === 'json' ? jsonProblem(body) : undefined;
  return message === undefined ? undefined : { field: 'body', message };
}

/** Why a text is not JSON, where the engine of JavaScript says where that is with line and column. */
function jsonProblem(text: string): string | undefined {
  if (text.trim() === '') return 'is empty, and so not JSON; write a value, or send it as text';
  try {
    JSON.parse(text);
    return undefined;
  } catch (fault) {
    const said = fault instanceof Error ? fault.message : String(fault);
    const place = /at position (\d+)/.exec(said);
    if (place === null) return `is not JSON: ${said}`;
    const before = text.slice(0, Number(place[1])).split('\n');
    return `is not JSON: ${said.replace(/ (in JSON )?at position .*$/, '')}, in line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
  }
}

/** Puts the problem of a body beside its field. */
export function checkBody<T extends MessageBody>() {
  return v.rawCheck<T>(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const { body, bodyKind, bodyFile } = dataset.value;
    const problem = bodyProblem({ body, bodyKind, bodyFile });
    if (problem !== undefined) addIssue({ message: problem.message, path: [{ type: 'object', origin: 'value', input: { body, bodyKind, bodyFile }, key: problem.field, value: problem.field === 'body' ? body : bodyFile }] });
  });
}
