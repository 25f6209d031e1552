import type { ListComparison } from '../../preload/contract/scenario';
import type { StepReport } from '../../preload/contract/update';
import { STATE_SIGNS, STATE_WORDS, tookWords } from '../model/scenario-marks';
import { showStepEvents } from '../store/scenario-actions';
import { Breakable } from '../ui/breakable';
import { classNames } from '../ui/class-names';
import css from './results.module.css';

/** Each step: documented beside observed, its duration, and the way to its events. */
export function StepReports({ reports }: { readonly reports: readonly StepReport[] }) {
  return (
    <section className={css.section}>
      <h3 className={css.heading}>What was observed</h3>
      <ol>{reports.map((report) => <Step key={report.index} report={report} />)}</ol>
    </section>
  );
}

/** A table that needs no click to be seen. */
const SHORT = 12;

function Step({ report }: { readonly report: StepReport }) {
  const { path, title, state, documented, expected, observed, failures, why, lists, events, took } = report;
  const some = events !== undefined && events.to > events.from;
  return (
    <li className={css.step}>
      <p className={css.title}>
        <i className={classNames(css.sign, css[state])} aria-hidden="true">{STATE_SIGNS[state]}</i>
        <span className={css.path}>{path}</span>
        <span className={css.name}><Breakable text={title} /></span>
        <span className={css.told}>
          {some && <button type="button" className={css.events} aria-label={`Show the events of step ${path}, ${title}`} onClick={() => void showStepEvents(report)}>Events</button>}
          <span className={css.took}>{tookWords(took)}</span>
          <span className={classNames(css.verdict, css[state])}>{STATE_WORDS[state]}</span>
        </span>
      </p>
      <dl className={css.pairs}>
        {documented !== '' && <div><dt>Documented</dt><dd>{documented}</dd></div>}
        {expected !== '' && expected !== documented && <div><dt>Expected</dt><dd>{expected}</dd></div>}
        {failures.length === 0
          // What came in a sequence stands in its table.
          ? observed !== '' && lists.length === 0 && <div><dt>Observed</dt><dd>{observed}</dd></div>
          : failures.map((failure) => (
            <div key={`${failure.what}${failure.expected}${failure.observed}`} className={css.failure}>
              <dt><Breakable text={failure.what} /></dt>
              <dd><span className={css.want}>{`expected ${failure.expected}`}</span><span className={css.got}>{`observed ${failure.observed}`}</span></dd>
            </div>
          ))}
        {why !== undefined && <div><dt>Why</dt><dd>{why}</dd></div>}
      </dl>
      {lists.map((list) => <Comparison key={list.what} list={list} open={state === 'failed' || list.rows.length <= SHORT} />)}
    </li>
  );
}

/** Two sequences side by side, one row a pair; what stands alone is what is missing, or too much. */
function Comparison({ list, open }: { readonly list: ListComparison; readonly open: boolean }) {
  return (
    <details className={css.list} open={open}>
      <summary>{`${list.what}, item by item`}</summary>
      <table className={css.table}>
        <thead><tr><th scope="col"><span className={css.hidden}>Held</span></th><th scope="col">Expected</th><th scope="col">Observed</th></tr></thead>
        <tbody>
          {list.rows.map((row, index) => (
            // Rows have no name of their own, and never change places.
            <tr key={index} className={row.held ? undefined : css.wrongRow}>
              <td className={classNames(css.sign, row.held ? css.passed : css.failed)}>{row.held ? (row.expected === undefined ? '' : '✓') : '✕'}</td>
              <td><Breakable text={row.expected ?? (row.held ? '' : 'nothing')} /></td>
              <td><Breakable text={row.observed ?? 'did not come'} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
