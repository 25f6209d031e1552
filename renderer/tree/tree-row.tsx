import { memo } from 'react';
import { isEnded, type HandleNode } from '../../preload/contract/handle';
import { assertUnreachable } from '../../preload/contract/result';
import type { HandleId } from '../../preload/contract/ids';
import { chipsOf, stateWords } from '../model/chips';
import type { FindingBadge } from '../model/findings';
import { kindWords } from '../model/kinds';
import type { PlacedColumn } from '../model/columns';
import type { Row } from '../model/rows';
import type { TreeColumn } from '../model/tables';
import { momentText, type TimeTelling } from '../model/time-mode';
import { formatDuration } from '../model/time-scale';
import { shortRaw } from '../model/raw-value';
import { fitHandle, selectHandle, setExpanded } from '../store/view-actions';
import { Chip } from '../ui/chip';
import { SeveritySign } from '../ui/severity-sign';
import { classNames } from '../ui/class-names';
import css from './tree.module.css';

export function rowElementId(handle: HandleId): string {
  return `handle-${handle}`;
}

interface TreeRowProps {
  readonly row: Row;
  readonly index: number;
  readonly top: number;
  readonly selected: boolean;
  readonly finding: FindingBadge | undefined;
  /** What stands behind the name, in its order. */
  readonly columns: readonly PlacedColumn<TreeColumn>[];
  readonly telling: TimeTelling;
  /** How many notes stand on it. */
  readonly notes: number;
}

const INDENT = 16;

export const TreeRow = memo(function TreeRow({ row, index, top, selected, finding, notes, columns, telling }: TreeRowProps) {
  const { node, depth, expandable, expanded } = row;
  const { letter, name } = kindWords(node.kind);
  const found = [finding === undefined ? '' : findingWords(finding), notes === 0 ? '' : notes === 1 ? '1 note' : `${notes} notes`].filter((part) => part !== '').join(', ');
  const title = [`${name} ${node.label}`, node.detail, node.raw, stateWords(node), found].filter((part) => part !== '').join('\n');
  return (
    // The tree itself has the focus and takes the keys; a pointer needs the row.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- aria-activedescendant
    <div
      id={rowElementId(node.id)}
      role="treeitem"
      data-index={index}
      aria-level={depth + 1}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-expanded={expandable ? expanded : undefined}
      aria-selected={selected}
      aria-label={`${name} ${node.label}, ${stateWords(node)}${found === '' ? '' : `, ${found}`}`}
      className={classNames(css.row, selected && css.selected, isEnded(node.state) && css.ended)}
      style={{ transform: `translateY(${top}px)`, paddingLeft: 8 + depth * INDENT }}
      title={title}
      onClick={() => selectHandle(node.id)}
      onDoubleClick={() => fitHandle(node.id)}
    >
      <span
        className={classNames(css.twisty, expanded && css.open)}
        aria-hidden="true"
        onClick={(event) => {
          if (!expandable) return;
          event.stopPropagation();
          setExpanded([node.id], !expanded);
        }}
      >
        {expandable && <svg width="12" height="12" viewBox="0 0 12 12"><path d="M4.5 2.5 8 6l-3.5 3.5" fill="none" stroke="currentColor" strokeWidth="1.5" /></svg>}
      </span>
      <span className={css.badge} aria-hidden="true">{letter}</span>
      <span className={css.label}>{node.label}</span>
      {columns.map(({ id }) => <Part key={id} column={id} node={node} finding={finding} notes={notes} telling={telling} />)}
    </div>
  );
}, (before, after) => (
  before.row.node === after.row.node && before.columns === after.columns && before.telling === after.telling && before.notes === after.notes && before.finding?.count === after.finding?.count && before.finding?.severity === after.finding?.severity
  && before.top === after.top && before.selected === after.selected && before.index === after.index
  && before.row.depth === after.row.depth && before.row.expandable === after.row.expandable && before.row.expanded === after.row.expanded
  && before.row.position === after.row.position && before.row.siblings === after.row.siblings
));

interface PartProps extends Pick<TreeRowProps, 'finding' | 'notes' | 'telling'> {
  readonly column: TreeColumn;
  readonly node: HandleNode;
}

function Part({ column, node, finding, notes, telling }: PartProps) {
  switch (column) {
    case 'detail': return <span className={css.detail}>{node.detail}</span>;
    case 'state': return <>{chipsOf(node).map((chip) => <Chip key={chip.text} text={chip.text} tone={chip.tone} />)}</>;
    case 'signs': return <Signs finding={finding} notes={notes} />;
    case 'opened': return <span className={css.value}>{momentText(node.createdAt, telling)}</span>;
    case 'lasted': return <span className={css.value}>{node.endedAt === undefined ? 'open' : formatDuration(node.endedAt - node.createdAt)}</span>;
    case 'raw': return <span className={css.value}>{shortRaw(node.raw)}</span>;
    default: return assertUnreachable(column);
  }
}

function Signs({ finding, notes }: Pick<TreeRowProps, 'finding' | 'notes'>) {
  return (
    <>
      {finding !== undefined && <span className={css.finding}><SeveritySign severity={finding.severity} />{finding.count > 1 && finding.count}</span>}
      {notes > 0 && <svg className={css.note} width="10" height="12" viewBox="0 0 10 12" aria-hidden="true"><rect x="0.5" y="0.5" width="9" height="11" rx="1.5" fill="none" stroke="currentColor" /><path d="M2.5 3.5h5M2.5 6h5M2.5 8.5h3" stroke="currentColor" /></svg>}
    </>
  );
}

function findingWords({ severity, count }: FindingBadge): string {
  return count === 1 ? `1 finding: ${severity}` : `${count} findings, the worst: ${severity}`;
}
