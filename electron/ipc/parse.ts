import * as v from 'valibot';
import type { InspectorError } from '../../preload/contract/errors';
import { err, ok, type Result } from '../../preload/contract/result';

/** A message of the window as its schema says it must be, or what is wrong with it, field by field. */
export function parse<S extends v.GenericSchema>(schema: S, input: unknown): Result<v.InferOutput<S>, InspectorError> {
  const parsed = v.safeParse(schema, input);
  if (parsed.success) return ok(parsed.output);
  return err({ kind: 'invalid-argument', issues: parsed.issues.map((issue) => ({ field: v.getDotPath(issue) ?? 'message', message: issue.message })) });
}
