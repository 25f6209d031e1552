import { memo, useState } from 'react';
import { isBad, type Sweep, type SweepCell, type SweepRow } from '../../preload/contract/sweep';
import { rulesOf, worstOf } from '../model/sweep';
import { formatDuration } from '../model/time-scale';
import { openSweepTrace } from '../store/sweep';
import { useApp } from '../store/state';
import { Breakable } from '../ui/breakable';
import { classNames } from '../ui/class-names';
import { SeveritySign } from '../ui/severity-sign';
import css from './sweep.module.css';

/** A row a moment: what the call gave, what became of what was pending, and what the rules say. */
export function SweepMatrix({ sweep, onlyBad }: { readonly sweep: Sweep; readonly onlyBad: boolean }) {
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const several = sweep.engines.length > 1;
  const rows = sweep.rows.filter(({ cell }) => !onlyBad || (cell.kind === 'run' && isBad(cell)));
  const shown = sweep.rows.find((row) => rowKey(row) === chosen);
  return (
    <div className={css.result}>
      <div className={css.scroller}>
        <table className={css.matrix}>
          <thead>
            <tr>
              <th scope="col" className={css.moment}>Moment</th>
              {several && <th scope="col" className={css.engine}>Engine</th>}
              <th scope="col" className={css.returned}>Returned</th>
              <th scope="col" className={css.error}>Last error</th>
              <th scope="col" className={css.completion}>Completion</th>
              <th scope="col" className={css.closing} title={sweep.action === 'cancel' ? 'Whether its connection closed' : 'Whether HANDLE_CLOSING came'}>{sweep.action === 'cancel' ? 'Connection' : 'Closing'}</th>
              <th scope="col" className={css.gone}>Gone after</th>
              <th scope="col" className={css.findings}>Findings</th>
              <th scope="col" className={css.trace}>Trace</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => <Row key={rowKey(row)} row={row} several={several} chosen={row === shown} onChoose={setChosen} />)}
          </tbody>
        </table>
        {rows.length === 0 && <p className={css.empty}>No moment has findings.</p>}
      </div>
      <Chosen row={shown} />
    </div>
  );
}

function rowKey({ moment, engine }: SweepRow): string {
  return `${engine} ${moment}`;
}

interface RowProps {
  readonly row: SweepRow;
  readonly several: boolean;
  readonly chosen: boolean;
  readonly onChoose: (key: string) => void;
}

const Row = memo(function Row({ row, several, chosen, onChoose }: RowProps) {
  const { moment, engine, cell } = row;
  return (
    // The button of its first cell takes the keys; a pointer may press anywhere.
    <tr className={classNames(chosen && css.chosen, cell.kind !== 'run' && css.blank)} onClick={() => onChoose(rowKey(row))}>
      <th scope="row"><button type="button" className={css.choose} aria-pressed={chosen} title={moment}>{moment}</button></th>
      {several && <td>{engine}</td>}
      {cell.kind === 'run' ? <Cells cell={cell} /> : <td colSpan={7}>{cell.kind}</td>}
    </tr>
  );
}, (a, b) => a.chosen === b.chosen && a.several === b.several && a.row.moment === b.row.moment && a.row.engine === b.row.engine && a.row.cell.kind === b.row.cell.kind);

function Cells({ cell }: { readonly cell: SweepCell }) {
  const { returned, lastErrorWords, completions, closing, gone, trace } = cell;
  const worst = worstOf(cell);
  const completion = completions.join(', ');
  return (
    <>
      <td className={css.mono} title={returned}>{returned}</td>
      <td className={css.mono} title={lastErrorWords}>{lastErrorWords === '' ? '–' : lastErrorWords}</td>
      <td className={css.mono} title={completion}>{completion === '' ? 'none pending' : completion}</td>
      <td className={closing === 'missing' ? css.bad : undefined}>{closing}</td>
      <td className={css.number}>{gone === undefined ? 'never' : formatDuration(gone)}</td>
      <td><span className={css.found}>{worst !== undefined && <SeveritySign severity={worst} />}<span className={css.rules} title={rulesOf(cell).join(', ')}>{rulesOf(cell).join(', ') || 'none'}</span></span></td>
      <td>{trace !== undefined && <OpenTrace trace={trace} />}</td>
    </>
  );
}

/** Shows this run's recording beside the live one; the window's own way leads back. */
function OpenTrace({ trace }: { readonly trace: string }) {
  const shown = useApp((state) => state.shown.file?.path === trace);
  return <button type="button" className={css.open} aria-pressed={shown} title="Show this run, read-only, beside the live recording" onClick={() => void openSweepTrace(trace)}>{shown ? 'shown' : 'Open'}</button>;
}

/** What the chosen moment says in full. */
function Chosen({ row }: { readonly row: SweepRow | undefined }) {
  if (row === undefined) return <aside className={css.details} aria-label="The moment"><p className={css.hint}>Choose a moment to read what its close did.</p></aside>;
  const { moment, engine, cell } = row;
  return (
    <aside className={css.details} aria-label="The moment">
      <h3 className={css.title}><Breakable text={moment} /></h3>
      <p className={css.hint}>{`on ${engine}`}</p>
      {cell.kind === 'run' ? <><Outcome cell={cell} /><Findings cell={cell} /></> : <p>{cell.kind === 'not run' ? 'There was no time for it, or the sweep was stopped.' : 'This run took another way and did not come to the moment.'}</p>}
    </aside>
  );
}

/** What the row has no room for. */
function Outcome({ cell: { returned, lastErrorWords, completions } }: { readonly cell: SweepCell }) {
  return (
    <ul className={css.outcome}>
      <li><Breakable text={`Returned ${returned}${lastErrorWords === '' ? '' : `, last error ${lastErrorWords}`}.`} /></li>
      {completions.map((completion, place) => <li key={`${place} ${completion}`}><Breakable text={`Then ended: ${completion}.`} /></li>)}
    </ul>
  );
}

function Findings({ cell }: { readonly cell: SweepCell }) {
  if (cell.findings.length === 0) return <p>{isBad(cell) ? 'HANDLE_CLOSING was owed and did not come in time.' : 'No rule has anything to say of it.'}</p>;
  return (
    <ul className={css.messages}>
      {cell.findings.map(({ rule, severity, message }) => (
        <li key={`${rule} ${message}`}>
          <p className={css.what}><SeveritySign severity={severity} /><span>{severity}</span><span className={css.rule}>{rule}</span></p>
          <p>{message}</p>
        </li>
      ))}
    </ul>
  );
}
