import { classNames } from './class-names';
import css from './chip.module.css';

export type ChipTone = 'plain' | 'good' | 'pending' | 'bad';

/** A short word on a state. The word carries the meaning; the colour only helps to find it. */
export function Chip({ text, tone }: { readonly text: string; readonly tone: ChipTone }) {
  return <span className={classNames(css.chip, css[tone])}>{text}</span>;
}
