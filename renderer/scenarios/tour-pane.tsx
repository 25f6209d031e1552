import { CommandButton } from '../commands/command-button';
import { currentStop, isSummary, summarize, type Tour, type TourStop } from '../model/tour';
import { showStop } from '../store/tour-actions';
import { classNames } from '../ui/class-names';
import { ScenarioRun } from './scenario-run';
import css from './scenario.module.css';

/** The tour: one stop after another, each run on the real engine, and a summary of what was found. */
export function TourPane({ tour }: { readonly tour: Tour }) {
  const stop = currentStop(tour);
  const last = tour.at === tour.stops.length - 1;
  return (
    <article aria-label="The tour" className={css.tour}>
      <div className={css.stops}>
        <ol className={css.dots} aria-label="Stops of the tour">
          {tour.stops.map((one, index) => (
            <li key={one.entry.id} aria-current={index === tour.at ? 'step' : undefined}>
              <button
                type="button"
                className={classNames(css.stopDot, index === tour.at && css.here, css[one.outcome?.state ?? 'ahead'])}
                title={one.entry.title}
                aria-label={`Stop ${index + 1}: ${one.entry.title}${one.ran === undefined ? '' : ', show it on the timeline'}`}
                aria-disabled={one.ran === undefined}
                onClick={() => showStop(one)}
              >
                {signOf(one, index)}
              </button>
            </li>
          ))}
        </ol>
        <span className={css.count}>{isSummary(tour) ? 'Summary' : `Stop ${tour.at + 1} of ${tour.stops.length}`}</span>
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is scrolled by the keyboard too */}
      <div key={tour.at} className={css.scroll} role="group" aria-label={isSummary(tour) ? 'Summary' : `Stop ${tour.at + 1}`} tabIndex={0}>
        {stop === undefined ? <Summary tour={tour} /> : <ScenarioRun key={stop.entry.id} entry={stop.entry} progress={stop.outcome} />}
      </div>
      <footer className={css.footer}>
        <CommandButton command="leave-tour" look="quiet" />
        {stop === undefined
          ? <CommandButton command="tour" label="Take it again" />
          : <CommandButton command="next-stop" label={last ? 'Summary' : 'Next'} look="primary" />}
      </footer>
    </article>
  );
}

function signOf(stop: TourStop, index: number): string {
  switch (stop.outcome?.state) {
    case 'passed': return '✓';
    case 'failed': case 'stopped': return '✕';
    default: return String(index + 1);
  }
}

function Summary({ tour }: { readonly tour: Tour }) {
  const { passed, failed, notRun, steps, asDocumented, differences } = summarize(tour);
  return (
    <>
      <header className={css.header}>
        <h2 className={css.title}>What the tour has shown</h2>
        <p className={css.note}>
          {`${passed} of ${tour.stops.length} ended as documented`}
          {failed > 0 ? `, ${failed} did not` : ''}
          {notRun > 0 ? `, ${notRun} did not run` : ''}
          {`. Of ${steps} expectations ${asDocumented} were met`}
          {differences > 0 ? `, and ${differences} differ in a way that is known.` : '.'}
        </p>
      </header>
      <ol>
        {tour.stops.map((stop) => {
          const met = stop.outcome?.reports.filter((report) => report.state === 'passed').length ?? 0;
          const state = stop.outcome?.state;
          return (
            <li key={stop.entry.id} className={css.section}>
              <p className={css.stepTitle}>
                <i className={classNames(css.sign, css[state ?? 'ahead'])} aria-hidden="true">{state === 'passed' ? '✓' : state === undefined ? '·' : '✕'}</i>
                <span className={css.stepName}>{stop.entry.title}</span>
                {stop.ran !== undefined && <button type="button" className={css.show} aria-label={`Show ${stop.entry.title} on the timeline`} onClick={() => showStop(stop)}>Show</button>}
              </p>
              <p className={css.under}>{stop.outcome === undefined ? 'Not run.' : `${met} of ${stop.outcome.reports.length} expectations met.`} {stop.outcome?.message ?? ''}</p>
            </li>
          );
        })}
      </ol>
      <section className={css.section}>
        <p className={css.note}>Select a handle in the tree to see how it ended, step by step. Open a client or a server of your own with the buttons above. “Live only” there hides what has ended; a new recording leaves the tour’s handles behind.</p>
        <CommandButton command="new-recording" />
      </section>
    </>
  );
}
