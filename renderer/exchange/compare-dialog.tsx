import { useCallback, useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { DiffRow } from '../../preload/contract/comparison';
import type { Comparison } from '../../preload/contract/exchange';
import { formatCount } from '../model/time-scale';
import { askNextDifference } from '../store/questions';
import { showDialog } from '../store/view-actions';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { initialFocus } from '../ui/initial-focus';
import { useVirtualRows } from '../ui/use-virtual-rows';
import { VirtualList } from '../ui/virtual-list';
import { Apart } from './compare-apart';
import { CompareLine, compareLineId, ratioWords } from './compare-line';
import css from './compare.module.css';
import { useDiffRows } from './use-diff-rows';

const ROW = 24;
/** Rows that are shown with the one that is gone to. */
const CONTEXT = 4;

/** Two recordings beside each other: step by step what is the same, what changed and what one has alone. */
export default function CompareDialog({ comparison }: { readonly comparison: Comparison }) {
  const { a, b, summary } = comparison;
  const differences = summary.states.changed + summary.states['only-a'] + summary.states['only-b'] + summary.times;
  const [differing, setDiffering] = useState(false);
  const [chosen, setChosen] = useState(0);
  const scroller = useRef<HTMLDivElement>(null);
  const takeScroller = useCallback((element: HTMLDivElement | null): void => {
    scroller.current = element;
    initialFocus(element);
  }, []);
  const total = differing ? Math.min(summary.rows, summary.states.changed + summary.states['only-a'] + summary.states['only-b'] + summary.times) : summary.rows;
  const list = useVirtualRows(scroller, { count: total, rowHeight: ROW, head: 0 });
  const { first, last, reveal } = list;
  const rows = useDiffRows(differing, total, first, last);
  const row = rows.at(chosen);

  const go = (to: number): void => {
    const at = Math.min(total - 1, Math.max(0, to));
    setChosen(at);
    // With some of what follows it: a difference at the very edge is read without its neighbours.
    reveal(Math.min(total - 1, at + CONTEXT));
    reveal(Math.max(0, at - CONTEXT));
    reveal(at);
  };
  const jump = async (direction: 'next' | 'previous', from = chosen): Promise<void> => {
    // Among differences alone the next one is the next row.
    if (differing) return go(from + (direction === 'next' ? 1 : -1));
    const found = await askNextDifference({ from, direction });
    if (found.ok && found.value !== undefined) go(found.value);
  };
  // What is looked for first is the first difference.
  // oxlint-disable-next-line react/exhaustive-deps -- once, when it opens
  useEffect(() => { void jump('next', -1); }, []);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'F8') return;
    event.preventDefault();
    void jump(event.shiftKey ? 'previous' : 'next');
  };

  return (
    <Dialog title={`Compare: ${a} with ${b}`} size="full" onClose={() => showDialog(undefined)}>
      <div className={css.pane}>
        <div className={css.tools}>
          <p className={css.verdict} role="status">{verdict(comparison)}</p>
          <label className={css.option}>
            <input type="checkbox" checked={differing} disabled={differences === 0} onChange={(event) => { setDiffering(event.target.checked); setChosen(0); reveal(0); }} />
            Differences only
          </label>
          <Button offReason={differences === 0 ? 'There is no difference.' : undefined} keys="Shift+F8" onPress={() => void jump('previous')}>Previous</Button>
          <Button offReason={differences === 0 ? 'There is no difference.' : undefined} keys="F8" onPress={() => void jump('next')}>Next</Button>
        </div>
        <Apart summary={summary} />
        <div className={css.heads} aria-hidden="true">
          <span className={css.headA}><b>A</b> {a}</span><span /><span className={css.headB}><b>B</b> {b}</span>
        </div>
        {total === 0 && <p className={css.nothing}>{summary.rows === 0 ? 'Neither recording has a step that could be compared.' : 'No step differs.'}</p>}
        <VirtualList
          label={`Steps of both recordings: ${formatCount(total)}`} count={total} rowHeight={ROW} rows={list} scroller={takeScroller} className={css.list}
          index={chosen} active={chosen >= first && chosen < last ? compareLineId(chosen) : undefined} onGo={go} onOtherKey={onKeyDown}
          renderLine={(place, top) => <CompareLine key={place} row={rows.at(place)} place={place} total={total} top={top} selected={place === chosen} onChoose={() => setChosen(place)} />}
        />
        <Values row={row} />
      </div>
    </Dialog>
  );
}

function verdict({ summary: { same, rows, states, times, findings, handles } }: Comparison): string {
  if (same) return times === 0 ? `The recordings are the same in all ${formatCount(rows)} steps.` : `The recordings are the same; ${formatCount(times)} steps took another time.`;
  const counted = (count: number, words: string): readonly string[] => (count === 0 ? [] : [`${formatCount(count)} ${words}`]);
  return [
    ...counted(states.changed, 'changed'), ...counted(states['only-a'], 'in A alone'), ...counted(states['only-b'], 'in B alone'), ...counted(times, times === 1 ? 'time apart' : 'times apart'),
    ...counted(findings.length, findings.length === 1 ? 'finding apart' : 'findings apart'), ...counted(handles.length, handles.length === 1 ? 'handle apart' : 'handles apart'), `${formatCount(states.same)} the same`,
  ].join(' · ');
}

/** What the chosen row does not share, value by value. */
function Values({ row }: { readonly row: DiffRow | undefined }) {
  const ratio = row === undefined ? undefined : ratioWords(row);
  return (
    <section className={css.values} aria-label="What the chosen step does not share" aria-live="polite">
      {row === undefined || (row.values.length === 0 && ratio === undefined) ? <p className={css.hint}>{row === undefined ? '' : hint(row)}</p> : (
        <table className={css.table}>
          <thead><tr><th scope="col">Value</th><th scope="col">A</th><th scope="col">B</th></tr></thead>
          <tbody>
            {row.values.map(({ field, a, b }) => <tr key={field}><th scope="row">{field}</th><td>{a}</td><td>{b}</td></tr>)}
            {ratio !== undefined && <tr><th scope="row">time</th><td>{`${row.a?.duration?.toFixed(1) ?? ''} ms`}</td><td>{`${row.b?.duration?.toFixed(1) ?? ''} ms, ${ratio}`}</td></tr>}
          </tbody>
        </table>
      )}
    </section>
  );
}

function hint({ state }: DiffRow): string {
  switch (state) {
    case 'same': return 'This step says the same in both.';
    case 'changed': return '';
    case 'only-a': return 'This step is in A alone: nothing in B stands in its place.';
    case 'only-b': return 'This step is in B alone: nothing in A stands in its place.';
  }
}
