/** The contract's severities, which this room does not import. */
export type SeverityName = 'note' | 'warning' | 'error';

/** The outline of a severity's sign in a square of 12, for a path of the canvas and of SVG alike: each has a shape of its own. */
export interface SeverityShape {
  readonly outline: string;
  readonly filled: boolean;
  readonly colour: 'bad' | 'closing' | 'accent';
}

const SHAPES: Readonly<Record<SeverityName, SeverityShape>> = {
  // An octagon with a bar, a triangle with a bar, and a ring.
  error: { outline: 'M4 1h4l3 3v4l-3 3H4l-3-3V4ZM3.2 5v2h5.6V5Z', filled: true, colour: 'bad' },
  warning: { outline: 'M6 .8 11.4 11H.6ZM5.3 4.4v3.2h1.4V4.4ZM5.3 8.5v1.3h1.4V8.5Z', filled: true, colour: 'closing' },
  note: { outline: 'M6 2a4 4 0 1 0 0 8a4 4 0 1 0 0-8Z', filled: false, colour: 'accent' },
};

export function severityShape(severity: SeverityName): SeverityShape {
  return SHAPES[severity];
}
