import { useMemo, useState, type ReactNode } from 'react';
import { readJson, type JsonProblem, type JsonValue } from '../../model/http/json';
import { formatCount } from '../../model/time-scale';
import { Button } from '../../ui/button';
import css from './body.module.css';

/** Members and items that one level shows until it is asked for more. */
const FIRST_ROWS = 100;
/** Levels that are open at first. */
const OPEN_LEVELS = 3;

/** JSON as a tree that folds; text that is none is pointed at where it goes wrong. */
export function JsonView({ text, cut }: { readonly text: string; readonly cut: boolean }) {
  const read = useMemo(() => readJson(text), [text]);
  if (!read.ok) return <Mistake problem={read.problem} cut={cut} />;
  return <div className={css.json}><Value name={undefined} value={read.value} level={0} /></div>;
}

function Mistake({ problem: { line, column, message, excerpt, at }, cut }: { readonly problem: JsonProblem; readonly cut: boolean }) {
  return (
    <div className={css.mistake}>
      <p>{cut ? 'Its beginning is all that the record has, and that alone is no JSON. ' : ''}{`Line ${line}, column ${column}: ${message}.`}</p>
      <pre className={css.text}>{excerpt.slice(0, at)}<mark className={css.mark}>{excerpt.slice(at, at + 1) || '⏎'}</mark>{excerpt.slice(at + 1)}</pre>
    </div>
  );
}

function Value({ name, value, level }: { readonly name: string | undefined; readonly value: JsonValue; readonly level: number }) {
  const label = name === undefined ? undefined : <span className={css.jsonName}>{name}: </span>;
  if (value.kind === 'string') return <p>{label}<span className={css.jsonText}>{JSON.stringify(value.text)}</span></p>;
  if (value.kind === 'literal') return <p>{label}<span className={css.jsonLiteral}>{value.text}</span></p>;
  return <Branch label={label} value={value} level={level} />;
}

function Branch({ label, value, level }: { readonly label: ReactNode; readonly value: Extract<JsonValue, { readonly kind: 'object' | 'array' }>; readonly level: number }) {
  const [open, setOpen] = useState(level < OPEN_LEVELS);
  const [most, setMost] = useState(FIRST_ROWS);
  const rows = value.kind === 'object' ? value.members : value.items.map((item, index) => ({ name: String(index), value: item }));
  const [begin, end] = value.kind === 'object' ? '{}' : '[]';
  const count = `${formatCount(rows.length)} ${value.kind === 'object' ? (rows.length === 1 ? 'member' : 'members') : rows.length === 1 ? 'item' : 'items'}`;
  if (rows.length === 0) return <p>{label}{begin}{end}</p>;
  return (
    <details className={css.branch} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className={css.fold}>{label}{begin}{!open && '…'}{!open && end} <span className={css.count}>{count}</span></summary>
      {/* What is folded is not made: a body may hold a hundred thousand values. */}
      {open && (
        <div className={css.inner}>
          {rows.slice(0, most).map((row, index) => <Value key={`${index} ${row.name}`} name={row.name} value={row.value} level={level + 1} />)}
          {rows.length > most && <Button look="quiet" onPress={() => setMost(most * 10)}>{`${formatCount(rows.length - most)} more…`}</Button>}
        </div>
      )}
      {open && <p>{end}</p>}
    </details>
  );
}
