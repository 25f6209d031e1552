import { classNames } from './class-names';
import css from './progress-bar.module.css';

interface ProgressBarProps {
  /** Accessible name; a bar without one is decoration beside words that say the same. */
  readonly label: string | undefined;
  /** Of `max`; undefined while it cannot be known how far it is. */
  readonly value: number | undefined;
  readonly max?: number;
  /** Where it stands, and how wide it is there. */
  readonly className?: string | undefined;
}

/** How far something is that takes its time. */
export function ProgressBar({ label, value, max = 1, className }: ProgressBarProps) {
  return (
    <progress
      className={classNames(css.bar, value === undefined && css.unknown, className)}
      aria-label={label}
      aria-hidden={label === undefined}
      max={Math.max(max, Number.MIN_VALUE)}
      {...(value === undefined ? {} : { value: Math.min(value, max) })}
    />
  );
}
