import { useEffect, useRef } from 'react';
import type { GalleryEntry, ScenarioProgress } from '../../preload/contract/update';
import { stopScenario } from '../store/tour-actions';
import { Button } from '../ui/button';
import { Chip } from '../ui/chip';
import { STATES } from './run-states';
import { Says } from './says';
import { StepReports } from './step-reports';
import { ProgressBar } from '../ui/progress-bar';
import css from './scenario.module.css';

interface ScenarioRunProps {
  readonly entry: GalleryEntry | undefined;
  /** Undefined until it has begun. */
  readonly progress: ScenarioProgress | undefined;
}

/** One run of a scenario: what the page says, how far it is, and what each step found. */
export function ScenarioRun({ entry, progress }: ScenarioRunProps) {
  const head = useRef<HTMLElement>(null);
  const end = useRef<HTMLDivElement>(null);
  const count = progress?.reports.length ?? 0;
  useEffect(() => { if (count > 0) end.current?.scrollIntoView({ block: 'nearest' }); }, [count]);
  const state = STATES[progress?.state ?? 'running'];
  const running = progress === undefined || progress.state === 'running';
  // What is read after the run begins with what the page says.
  useEffect(() => { if (!running) head.current?.scrollIntoView({ block: 'nearest' }); }, [running]);
  return (
    <>
      <header ref={head} className={css.header}>
        <h2 className={css.title}>{progress?.title ?? entry?.title}</h2>
        <div className={css.progress}>
          <Chip text={state.text} tone={state.tone} />
          <ProgressBar label="Steps done" max={Math.max(1, progress?.steps ?? 1)} value={progress?.step ?? 0} />
          <span className={css.count}>{`${progress?.step ?? 0} of ${progress?.steps ?? '…'}`}</span>
          {running && <Button look="quiet" onPress={() => void stopScenario()}>Stop</Button>}
        </div>
      </header>
      {progress?.message !== undefined && <p role="alert" className={css.message}>{progress.message}</p>}
      {entry !== undefined && <Says entry={entry} />}
      {count > 0 && <StepReports reports={progress?.reports ?? []} />}
      <div ref={end} />
    </>
  );
}
