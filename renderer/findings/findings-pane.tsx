import { useMemo, useRef } from 'react';
import { errorMessage } from '../../preload/contract/errors';
import type { Finding, FindingsAnswer } from '../../preload/contract/finding';
import { filteredFindings } from '../model/filter-findings';
import { countsInWords, isSame } from '../model/findings';
import { CommandButton } from '../commands/command-button';
import { openContextMenu } from '../commands/context-menus';
import { assertUnreachable } from '../../preload/contract/result';
import { TableHeads } from '../commands/table-heads';
import type { PlacedColumn } from '../model/columns';
import type { FindingColumn } from '../model/tables';
import { momentValue, type TimeTelling } from '../model/time-mode';
import { formatCount } from '../model/time-scale';
import { useColumns } from '../store/columns';
import { useTelling } from '../store/telling';
import { useApp } from '../store/state';
import { showFinding } from '../store/view-actions';
import { Button } from '../ui/button';
import { classNames } from '../ui/class-names';
import { SeveritySign } from '../ui/severity-sign';
import { useVirtualRows } from '../ui/use-virtual-rows';
import { VirtualLine, VirtualList } from '../ui/virtual-list';
import { FindingDetails } from './finding-details';
import css from './findings.module.css';

const ROW = 24;

/** What the referee found in the trace: the list in the order of events, and beside it what the chosen one means. */
export function FindingsPane() {
  const answer = useApp((state) => state.findings);
  const problem = useApp((state) => state.findingsProblem);
  if (problem !== undefined) return <p className={css.problem} role="alert">{errorMessage(problem)}</p>;
  if (answer === undefined) return <p className={css.nothing}>Asking the referee…</p>;
  return answer.findings.length === 0 && answer.mutes.length === 0 ? <Nothing rules={answer.rules.length} /> : <List answer={answer} />;
}

function Nothing({ rules }: { readonly rules: number }) {
  return (
    <div className={css.nothing}>
      <p className={css.lead}>Nothing in this trace breaks a lifetime rule.</p>
      <p>{`Every event is held to ${formatCount(rules)} rules read from Microsoft’s pages, as it comes: a handle used after its close, a callback after HANDLE_CLOSING, a request that nobody answers, a buffer reused while it is pending. What breaks one stands here with the reason, the page and what to do about it.`}</p>
    </div>
  );
}

function List({ answer }: { readonly answer: FindingsAnswer }) {
  const { notKept, mutes, mutedCount } = answer;
  const showMuted = useApp((state) => state.showMuted);
  const filter = useApp((state) => state.filter);
  const found = useApp((state) => state.filterFound);
  const forest = useApp((state) => state.forest);
  const told = useMemo(() => (showMuted ? answer.findings : answer.findings.filter(({ muted }) => muted === undefined)), [showMuted, answer]);
  const findings = useMemo(() => filteredFindings(told, filter, forest, found), [told, filter, forest, found]);
  const scroller = useRef<HTMLDivElement>(null);
  const chosen = useApp((state) => state.finding);
  const index = findings.findIndex((finding) => isSame(finding, chosen));
  const { columns, grid, least } = useColumns('findings');
  const telling = useTelling();
  const rows = useVirtualRows(scroller, { count: findings.length, rowHeight: ROW, head: ROW });
  const go = (at: number): void => {
    const finding = findings[at];
    if (finding === undefined) return;
    rows.reveal(at);
    showFinding(finding);
  };

  return (
    <div className={css.pane}>
      <div className={css.list}>
        {findings.length === 0 && told.length > 0 && (
          <p className={css.nothing}>{`None of ${formatCount(told.length)} findings meets the filter “${filter}”. `}<CommandButton command="clear-filter" look="quiet" /></p>
        )}
        {mutes.length > 0 && <MutedBar mutes={mutes.length} findings={mutedCount} />}
        <VirtualList
          label={`Findings: ${countsInWords(answer.counts)}`} count={findings.length} rowHeight={ROW} rows={rows} scroller={scroller}
          index={index} active={index >= rows.first && index < rows.last ? lineId(index) : undefined} onGo={go}
          onMenu={(at, place) => {
            go(at);
            void openContextMenu('finding', place);
          }}
          head={<TableHeads table="findings" />} leastWidth={least}
          renderLine={(place, top) => {
            const finding = findings[place];
            return finding !== undefined && <Line key={place} finding={finding} columns={columns} grid={grid} telling={telling} place={place} total={findings.length} top={top} selected={place === index} />;
          }}
          after={notKept > 0 && <p className={css.more}>{`${formatCount(notKept)} more were counted and not kept: they say the same again.`}</p>}
        />
      </div>
      <FindingDetails finding={index < 0 ? undefined : findings[index]} rules={answer.rules} mutes={mutes} />
    </div>
  );
}

/** Says that something is kept quiet, so that nobody takes the list for the whole. */
function MutedBar({ mutes, findings }: { readonly mutes: number; readonly findings: number }) {
  const showMuted = useApp((state) => state.showMuted);
  return (
    <p className={css.mutedBar}>
      <span>{`${formatCount(findings)} ${findings === 1 ? 'finding is' : 'findings are'} muted`}</span>
      <CommandButton command="show-muted" label="Show them" look="quiet" pressed={showMuted} />
      <Button look="quiet" onPress={() => useApp.setState({ finding: undefined })}>{mutes === 1 ? 'The mute' : `The ${formatCount(mutes)} mutes`}</Button>
    </p>
  );
}

interface LineProps {
  readonly finding: Finding;
  readonly columns: readonly PlacedColumn<FindingColumn>[];
  readonly grid: string;
  readonly telling: TimeTelling;
  readonly place: number;
  readonly total: number;
  readonly top: number;
  readonly selected: boolean;
}

function Line({ finding, columns, grid, telling, place, total, top, selected }: LineProps) {
  const { message, muted } = finding;
  return (
    <VirtualLine
      id={lineId(place)} place={place} count={total} top={top} grid={grid} selected={selected}
      className={classNames(css.line, muted !== undefined && css.muted)} title={message} onChoose={() => showFinding(finding)}
    >
      {columns.map(({ id }) => <Cell key={id} column={id} finding={finding} telling={telling} />)}
    </VirtualLine>
  );
}

function Cell({ column, finding, telling }: { readonly column: FindingColumn; readonly finding: Finding; readonly telling: TimeTelling }) {
  const { severity, time, handle, message, muted, rule, fix } = finding;
  const forest = useApp((state) => state.forest);
  switch (column) {
    case 'severity': return <span className={css.severity}><SeveritySign severity={severity} />{muted === undefined ? severity : 'muted'}</span>;
    case 'time': return <span className={css.time}>{momentValue(time, telling)}</span>;
    case 'handle': return <span className={css.cell}>{handle === undefined ? '' : forest.get(handle)?.label ?? ''}</span>;
    case 'rule': return <span className={css.cell}>{rule}</span>;
    case 'finding': return <span className={css.cell}>{message}</span>;
    case 'fix': return <span className={css.cell} title={fix}>{fix}</span>;
    default: return assertUnreachable(column);
  }
}

function lineId(place: number): string {
  return `finding-${place}`;
}
