import type { ExplainedStep } from '../../preload/contract/query';
import { formatDelta } from '../model/time-scale';
import { appState } from '../store/state';
import { selectEvent } from '../store/view-actions';
import { Breakable } from '../ui/breakable';
import { classNames } from '../ui/class-names';
import css from './explained.module.css';

/** What has no time: it is still to come, or it never will. */
const OWED = { yes: 'waiting', no: 'never' } as const;

/** How the handle came to its end, step by step: what was observed, and what the page says of it. */
export function Explained({ steps }: { readonly steps: readonly ExplainedStep[] }) {
  return (
    <ol className={css.steps}>
      {steps.map((step, index) => (
        <li key={`${step.seq ?? 'owed'}-${step.title}-${index}`} className={css.step}>
          <span className={css.offset}>{step.offset === undefined ? OWED[step.tone === 'pending' ? 'yes' : 'no'] : formatDelta(step.offset)}</span>
          <i className={classNames(css.dot, css[step.tone], step.offset === undefined && css.owed)} aria-hidden="true" />
          <div className={css.words}>
            <StepTitle step={step} />
            {step.documented !== '' && <p className={css.documented}>{step.documented}</p>}
          </div>
        </li>
      ))}
    </ol>
  );
}

function StepTitle({ step }: { readonly step: ExplainedStep }) {
  const { seq } = step;
  const words = (
    <>
      <span className={css.title}><Breakable text={step.title} /></span>
      {step.result !== '' && <span className={classNames(css.result, css[`${step.tone}Text`])}><Breakable text={step.result} /></span>}
    </>
  );
  if (seq === undefined) return <p className={css.line}>{words}</p>;
  return (
    <button type="button" className={css.link} title="Show this event" onClick={() => selectEvent(seq, appState().selection.handle)}>{words}</button>
  );
}
