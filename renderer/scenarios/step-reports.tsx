import type { StepReport } from '../../preload/contract/update';
import { classNames } from '../ui/class-names';
import css from './scenario.module.css';

const WORDS: Readonly<Record<StepReport['state'], string>> = { 'passed': 'as documented', 'failed': 'not as expected', 'known-difference': 'known difference' };
const SIGNS: Readonly<Record<StepReport['state'], string>> = { 'passed': '✓', 'failed': '✕', 'known-difference': '≠' };

/** Each step that expects something: documented beside observed. */
export function StepReports({ reports }: { readonly reports: readonly StepReport[] }) {
  return (
    <section className={css.section}>
      <h3 className={css.heading}>What was observed</h3>
      <ol>
        {reports.map((report) => (
          <li key={report.index} className={css.report}>
            <p className={css.stepTitle}>
              <i className={classNames(css.sign, css[report.state])} aria-hidden="true">{SIGNS[report.state]}</i>
              <span className={css.stepName}>{report.title}</span>
              <span className={classNames(css.verdict, css[report.state])}>{WORDS[report.state]}</span>
            </p>
            <dl className={css.pair}>
              {report.documented !== '' && <div><dt>Documented</dt><dd>{report.documented}</dd></div>}
              {report.observed !== '' && <div><dt>Observed</dt><dd>{report.observed}</dd></div>}
            </dl>
          </li>
        ))}
      </ol>
    </section>
  );
}
