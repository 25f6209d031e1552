import { useEffect, useRef } from 'react';
import type { ScenarioProgress } from '../../preload/contract/update';
import { copyResults } from '../store/scenario-actions';
import { Button } from '../ui/button';
import { StepReports } from './step-reports';
import css from './desk.module.css';

interface ResultsTabProps {
  readonly progress: ScenarioProgress | undefined;
  /** Whether the text was changed since. */
  readonly stale: boolean;
}

/** What came of each step, beside what was expected of it. */
export function ResultsTab({ progress, stale }: ResultsTabProps) {
  const end = useRef<HTMLDivElement>(null);
  const count = progress?.reports.length ?? 0;
  const running = progress?.state === 'running';
  useEffect(() => { if (count > 0 && running) end.current?.scrollIntoView({ block: 'nearest' }); }, [count, running]);
  if (progress === undefined) return <p className={css.hint}>It has not run yet. Each step that runs is told here: what was expected, what came, and how long it took.</p>;
  return (
    <div className={css.text}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is scrolled by the keyboard too */}
      <div className={css.scroll} role="group" aria-label="Results of the steps" tabIndex={0}>
        {stale && <p className={css.early}>The text was changed since this run.</p>}
        {count > 0 ? <StepReports reports={progress.reports} /> : <p className={css.hint}>No step has ended yet.</p>}
        <div ref={end} />
      </div>
      <div className={css.foot}>
        <span className={css.quiet}>{summary(progress)}</span>
        <span className={css.space} />
        <Button look="quiet" onPress={() => void copyResults('json')}>Copy as JSON</Button>
        <Button look="quiet" onPress={() => void copyResults('text')}>Copy</Button>
      </div>
    </div>
  );
}

function summary({ reports }: ScenarioProgress): string {
  const count = (state: 'passed' | 'failed' | 'known-difference'): number => reports.filter((report) => report.state === state).length;
  const parts = [`${count('passed')} as documented`];
  if (count('failed') > 0) parts.push(`${count('failed')} not`);
  if (count('known-difference') > 0) parts.push(`${count('known-difference')} known to differ`);
  return parts.join(', ');
}
