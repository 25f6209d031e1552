import { useState } from 'react';
import type { SweepAnswer } from '../../preload/contract/sweep';
import { countsInWords } from '../model/sweep';
import { useApp } from '../store/state';
import { SweepForm } from './sweep-form';
import { SweepMatrix } from './sweep-matrix';
import css from './sweep.module.css';

/** The close sweep: what to close in which scenario, how far it is, and what came of it moment by moment. */
export function SweepPane() {
  const answer = useApp((state) => state.sweep);
  return (
    <div className={css.pane}>
      <SweepForm />
      {answer === undefined ? <Nothing /> : <Result answer={answer} />}
    </div>
  );
}

function Nothing() {
  return (
    <div className={css.nothing}>
      <p className={css.lead}>No sweep has run yet.</p>
      <p>A sweep runs a scenario again and again and closes the chosen handle, or cancels the request, at another moment each time: after each call, while a call blocks, inside each callback on its own thread and right after it. It finds the races that a person would never hit by hand. It runs on engines of its own, so the handles above stay as they are.</p>
    </div>
  );
}

function Result({ answer }: { readonly answer: SweepAnswer }) {
  const { title, sweep, status, message } = answer;
  const [onlyBad, setOnlyBad] = useState(false);
  return (
    <>
      <p className={css.summary}>
        <strong>{`${title}: ${sweep.action} $${sweep.target}`}</strong>
        <span role="status">{sweep.rows.length === 0 ? (status.state === 'running' ? 'learning its moments' : 'no moments') : countsInWords(sweep.rows)}</span>
        <label className={css.only}><input type="checkbox" checked={onlyBad} onChange={(event) => setOnlyBad(event.target.checked)} />Only those with findings</label>
      </p>
      {message !== undefined && <p role="alert" className={css.problem}>{message}</p>}
      {sweep.rows.length > 0 && <SweepMatrix sweep={sweep} onlyBad={onlyBad} />}
    </>
  );
}
