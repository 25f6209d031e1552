import type { InspectorError } from '../../preload/contract/errors';
import { errorMessage } from '../../preload/contract/errors';
import type { ArgumentIssue } from '../../preload/contract/errors';

/** What is wrong with a form: by field, and what belongs to no field of it. */
export interface FormProblems {
  readonly fields: Readonly<Record<string, string>>;
  readonly whole: string | undefined;
}

export const NO_PROBLEMS: FormProblems = { fields: {}, whole: undefined };

/** Puts each issue beside its field; the first of a field is told, for mending it may mend the rest. */
export function problemsFromIssues(issues: readonly ArgumentIssue[], fields: readonly string[]): FormProblems {
  const found: Record<string, string> = {};
  const rest: string[] = [];
  for (const { field, message } of issues) {
    // A field may be a list, and the issue that of something in it: "rules.0.path".
    const root = field.replace(/\..*$/s, '');
    if (!fields.includes(root)) rest.push(`${field} ${message}`);
    else found[field] ??= message;
  }
  return { fields: found, whole: rest.length === 0 ? undefined : rest.join(' ') };
}

/** The same for what main answered. */
export function problemsFromError(error: InspectorError, fields: readonly string[]): FormProblems {
  return error.kind === 'invalid-argument' ? problemsFromIssues(error.issues, fields) : { fields: {}, whole: errorMessage(error) };
}

export function hasProblems(problems: FormProblems): boolean {
  return problems.whole !== undefined || Object.keys(problems.fields).length > 0;
}
