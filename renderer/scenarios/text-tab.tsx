import { lazy, Suspense, useMemo, useState } from 'react';
import type { ScenarioProgress } from '../../preload/contract/update';
import { stepMarks } from '../model/scenario-marks';
import { isEdited, isOwn, type ScenarioDocument } from '../model/scenario-documents';
import { assistant } from '../store/scenario-assistant';
import { breakOnLines, revertScenario, saveScenarioAs } from '../store/scenario-actions';
import { editScenario, removeOwn, useScenarioDesk } from '../store/scenario-desk';
import { beginWork } from '../store/idle';
import { Button } from '../ui/button';
import { useCheck } from './use-check';
import css from './desk.module.css';

/** The editor is as large as the rest of the window, and loaded when a text is first shown. */
const ScenarioEditor = lazy(async () => {
  const done = beginWork();
  try {
    return await import('../editor/scenario-editor');
  } finally {
    done();
  }
});

const NO_LINES: readonly number[] = [];

interface TextTabProps {
  readonly document: ScenarioDocument;
  /** Of a run of just this text. */
  readonly progress: ScenarioProgress | undefined;
}

/** The text of a scenario, to be changed: its mistakes are told as it is typed, and where the run stands is marked in it. */
export function TextTab({ document, progress }: TextTabProps) {
  const { id, text } = document;
  const check = useCheck(text);
  const breakpoints = useScenarioDesk((desk) => desk.lines.get(id) ?? NO_LINES);
  const [goTo, setGoTo] = useState<{ readonly line: number; readonly column: number } | undefined>(undefined);
  const marks = useMemo(() => ({ breakpoints, ...stepMarks(progress) }), [breakpoints, progress]);
  const steps = useMemo(() => (check?.steps ?? []).map(({ line }) => line), [check]);
  const problems = check?.problems ?? NO_PROBLEMS;
  const words = problems.length === 0 ? '' : `${problems.length + (check?.more ?? 0)} ${problems.length === 1 ? 'mistake' : 'mistakes'}`;
  return (
    <div className={css.text}>
      <div className={css.editor}>
        <Suspense fallback={<pre className={css.waiting}>{text}</pre>}>
          <ScenarioEditor
            name="Text of the scenario"
            text={text}
            problems={problems}
            marks={marks}
            steps={steps}
            goTo={goTo}
            assistant={assistant}
            onChange={(changed) => editScenario(id, changed)}
            onBreakpoints={(lines) => breakOnLines(id, lines)}
          />
        </Suspense>
      </div>
      {problems.length > 0 && (
        <ol className={css.problems} aria-label={words}>
          {problems.slice(0, MOST_SHOWN).map((problem) => (
            <li key={`${problem.line}:${problem.column}:${problem.message}`}>
              <button type="button" className={css.problem} onClick={() => setGoTo({ line: problem.line, column: problem.column })}>
                <span className={css.place}>{`${problem.line}:${problem.column}`}</span>
                <span>{problem.message}</span>
              </button>
            </li>
          ))}
        </ol>
      )}
      <div className={css.foot}>
        <span className={problems.length === 0 ? css.quiet : css.wrong} role="status">{check === undefined ? '' : words === '' ? `${check.steps.length} steps, no mistakes` : words}</span>
        <span className={css.space} />
        {isOwn(id)
          ? <Button look="quiet" onPress={() => removeOwn(id)} offReason={isEdited(document) ? 'It has changes that no file has. Save it or revert it first.' : undefined}>Close</Button>
          : undefined}
        <Button look="quiet" offReason={isEdited(document) ? undefined : 'It is as it was.'} onPress={() => revertScenario(id)}>Revert</Button>
        <Button look="quiet" onPress={() => void saveScenarioAs(id)}>Save as…</Button>
      </div>
    </div>
  );
}

const NO_PROBLEMS: readonly { readonly line: number; readonly column: number; readonly message: string }[] = [];
/** The list below the text; the rest is underlined in it. */
const MOST_SHOWN = 20;
