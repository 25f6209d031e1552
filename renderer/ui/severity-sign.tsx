import { severityShape, type SeverityName } from './severity-shape';

/** The sign of a severity, told apart by its shape. The word stands beside it or in the name of what it is on. */
export function SeveritySign({ severity }: { readonly severity: SeverityName }) {
  const { outline, filled, colour } = severityShape(severity);
  const paint = `var(--${colour})`;
  return (
    <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
      <path d={outline} fillRule="evenodd" style={filled ? { fill: paint } : { fill: 'none', stroke: paint, strokeWidth: 1.5 }} />
    </svg>
  );
}
