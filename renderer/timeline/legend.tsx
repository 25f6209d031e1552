import type { MarkKind } from '../../preload/contract/query';
import { markWords } from '../model/marks';
import { markShape } from './mark-shapes';
import { OutlinePen } from './outline-pen';
import { classNames } from '../ui/class-names';
import { SeveritySign } from '../ui/severity-sign';
import css from './legend.module.css';

const SPANS = [
  { name: 'resolve', token: 'resolve' }, { name: 'connect', token: 'connect' }, { name: 'send', token: 'send' }, { name: 'receive', token: 'receive' },
  { name: 'pending', token: 'pending' }, { name: 'received, not answered', token: 'received' },
] as const;

const MARKS: readonly MarkKind[] = ['created', 'callback', 'complete', 'complete-failed', 'failed-call', 'close-requested', 'handle-closing', 'cancelled', 'connection-closed'];

/** What the lanes are drawn with, in the room that they leave. */
export function Legend() {
  return (
    <ul className={css.legend} aria-label="Legend of the timeline">
      {SPANS.map(({ name, token }) => (
        <li key={name} className={css.entry}>
          <i className={token === 'pending' ? css.hatch : classNames(css.bar, css[token])} style={token === 'pending' ? undefined : { background: `var(--${token})` }} aria-hidden="true" />
          {name}
        </li>
      ))}
      {MARKS.map((kind) => <li key={kind} className={css.entry}><Sign kind={kind} />{markWords(kind)}</li>)}
      {(['error', 'warning', 'note'] as const).map((severity) => <li key={severity} className={css.entry}><SeveritySign severity={severity} />{`finding: ${severity}`}</li>)}
    </ul>
  );
}

function Sign({ kind }: { readonly kind: MarkKind }) {
  const shape = markShape(kind);
  const pen = new OutlinePen();
  shape.trace(pen, 8, 9);
  const colour = `var(--${shape.colour})`;
  return (
    <svg width="16" height="18" viewBox="0 0 16 18" aria-hidden="true">
      <path d={pen.outline} style={shape.stroke === undefined ? { fill: colour } : { fill: 'none', stroke: colour, strokeWidth: shape.stroke }} />
    </svg>
  );
}
