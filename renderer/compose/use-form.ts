import { useState } from 'react';
import type { Command, CommandResult } from '../../preload/contract/command';
import type { ArgumentIssue } from '../../preload/contract/errors';
import { commandIssues } from '../../preload/contract/schemas';
import { hasProblems, NO_PROBLEMS, problemsFromError, problemsFromIssues, type FormProblems } from '../model/form-problems';
import { showDialog } from '../store/view-actions';

interface Form<T> {
  readonly values: T;
  readonly problems: FormProblems;
  readonly busy: boolean;
  readonly set: (change: Partial<T>) => void;
  readonly submit: () => void;
}

interface FormOptions<T> {
  readonly initial: T;
  readonly toCommand: (values: T) => Command;
  /** What is wrong that the command cannot say, because what was typed makes none. */
  readonly alsoWrong?: (values: T) => readonly ArgumentIssue[];
  readonly give: (command: Command) => Promise<CommandResult>;
  /** Keeps what was typed for the next time the form opens. */
  readonly remember?: (values: T) => void;
}

/** A form for one command: it is checked as main will check it, keeps what was typed, and closes when the command is done. */
export function useForm<T extends object>({ initial, toCommand, alsoWrong, give, remember }: FormOptions<T>): Form<T> {
  const [values, setValues] = useState(initial);
  const [problems, setProblems] = useState(NO_PROBLEMS);
  const [busy, setBusy] = useState(false);
  const fields = Object.keys(initial);
  const problemsOf = (typed: T): FormProblems => problemsFromIssues([...(alsoWrong?.(typed) ?? []), ...commandIssues(toCommand(typed))], fields);

  const set = (change: Partial<T>): void => {
    const next = { ...values, ...change };
    setValues(next);
    // What has been found wrong is checked again with every key; what has not been submitted yet is not scolded.
    if (hasProblems(problems)) setProblems(problemsOf(next));
  };

  const submit = (): void => {
    if (busy) return;
    const command = toCommand(values);
    const found = problemsOf(values);
    setProblems(found);
    if (hasProblems(found)) {
      focusFirstProblem();
      return;
    }
    setBusy(true);
    remember?.(values);
    void give(command).then((result) => {
      setBusy(false);
      if (result.ok) {
        showDialog(undefined);
        return;
      }
      setProblems(problemsFromError(result.error, fields));
      focusFirstProblem();
    });
  };

  return { values, problems, busy, set, submit };
}

/** In the middle, so that what is wrong with it, which stands below it, is seen too. */
function focusFirstProblem(): void {
  requestAnimationFrame(() => {
    const field = document.querySelector<HTMLElement>('dialog [aria-invalid=true]');
    field?.focus({ preventScroll: true });
    field?.scrollIntoView({ block: 'center' });
  });
}
