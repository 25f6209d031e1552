import * as v from 'valibot';
import type { InspectorError } from '../../preload/contract/errors';
import { err, ok, type Result } from '../../preload/contract/result';
import { notPlain } from './plain-argument';

/** What a refusal says of one field, in characters; a message may repeat what was sent. */
const LONGEST_ISSUE = 300;

/**
 * A message of the window as its schema says it must be, or what is wrong with it, field by field.
 * @param bytesIn the field that may hold bytes; without one none may
 */
export function parse<S extends v.GenericSchema>(schema: S, input: unknown, bytesIn?: string): Result<v.InferOutput<S>, InspectorError> {
  const problem = notPlain(input, bytesIn);
  if (problem !== undefined) return err({ kind: 'invalid-argument', issues: [{ field: 'message', message: problem }] });
  // The first fault of a field ends the look at it: what is too long is not searched for what else is wrong.
  const parsed = v.safeParse(schema, input, { abortPipeEarly: true });
  if (parsed.success) return ok(parsed.output);
  return err({ kind: 'invalid-argument', issues: parsed.issues.map((issue) => ({ field: (v.getDotPath(issue) ?? 'message').slice(0, LONGEST_ISSUE), message: issue.message.slice(0, LONGEST_ISSUE) })) });
}
