import type { DiffSummary } from '../../preload/contract/comparison';
import { SeveritySign } from '../ui/severity-sign';
import css from './compare.module.css';

/** Handles and findings that only one of the recordings has. */
export function Apart({ summary: { handles, findings } }: { readonly summary: DiffSummary }) {
  if (handles.length === 0 && findings.length === 0) return undefined;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is scrolled by the keyboard too
    <ul className={css.apart} aria-label="Handles and findings of one recording alone" tabIndex={0}>
      {findings.map(({ side, rule, severity, message }) => (
        <li key={`${side} ${rule} ${message}`} title={message}><b>{side.toUpperCase()}</b> <SeveritySign severity={severity} /> {rule}: {message}</li>
      ))}
      {handles.map(({ side, id, kind, label }) => <li key={`${side} ${id}`}><b>{side.toUpperCase()}</b> {`${kind} #${id} ${label}`}</li>)}
    </ul>
  );
}
