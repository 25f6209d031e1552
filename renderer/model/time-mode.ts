import { digitsFor, formatDelta, formatTick, formatTime, spanOf, tickStep, ticks, type Tick, type Viewport } from './time-scale';

/** How a moment is told: since the recording began, by the clock on the wall, since the event before it, or from a chosen event. */
export const TIME_MODES = ['start', 'clock', 'delta', 'event'] as const;
export type TimeMode = (typeof TIME_MODES)[number];

export const TIME_MODE_WORDS: Readonly<Record<TimeMode, { readonly label: string; readonly meaning: string }>> = {
  start: { label: 'Since the start', meaning: 'Milliseconds since the recording began.' },
  clock: { label: 'By the clock', meaning: 'The time of day, as the clock on the wall had it.' },
  delta: { label: 'Since the event before', meaning: 'In lists, milliseconds since the row above; elsewhere since the start.' },
  event: { label: 'From an event', meaning: 'Milliseconds before or after an event that you choose.' },
};

/** How the window tells the time now. */
export interface TimeTelling {
  readonly mode: TimeMode;
  /** The recording's time 0, in milliseconds since 1970. */
  readonly startedAt: number;
  /** The time of the chosen event, in milliseconds since the start; undefined until one is chosen. */
  readonly zero: number | undefined;
}

/** A moment under a head that names its unit. @param digits of a millisecond */
export function momentValue(time: number, { mode, startedAt, zero }: TimeTelling, digits = 1): string {
  if (mode === 'clock') return clockTime(startedAt + time, digits > 1 ? 6 : 3);
  return mode === 'event' && zero !== undefined ? formatDelta(time - zero, digits) : formatTime(time, digits);
}

/** A moment with its unit, where it stands alone. */
export function momentText(time: number, telling: TimeTelling, digits = 1): string {
  return `${momentValue(time, telling, digits)}${unitOf(telling)}`;
}

/** Two moments with one unit: "12.0–14.5 ms". */
export function stretchText({ from, to }: Viewport, telling: TimeTelling): string {
  return `${momentValue(from, telling)}–${momentValue(to, telling)}${unitOf(telling)}`;
}

/** A moment in a list: in the mode that asks for it, how long after the row above. */
export function rowMoment(time: number, before: number | undefined, telling: TimeTelling): string {
  return telling.mode === 'delta' && before !== undefined ? formatDelta(time - before) : momentValue(time, telling);
}

/** What stands above the moments of a list. */
export function momentHead({ mode, zero }: TimeTelling): string {
  switch (mode) {
    case 'start': return 'Time, ms';
    case 'clock': return 'Clock';
    case 'delta': return 'After, ms';
    case 'event': return zero === undefined ? 'Time, ms' : 'From event';
  }
}

function unitOf({ mode }: TimeTelling): string {
  return mode === 'clock' ? '' : ' ms';
}

/** The lines of a ruler, where the telling has its round numbers. @param gap CSS pixels between two of them, at least */
export function toldTicks(viewport: Viewport, width: number, gap: number, telling: TimeTelling): readonly Tick[] {
  const { mode, startedAt, zero } = telling;
  if (mode === 'clock') return clockTicks(viewport, width, gap, startedAt);
  if (mode !== 'event' || zero === undefined) return ticks(viewport, width, gap);
  const step = tickStep(viewport, width, gap);
  return ticks({ from: viewport.from - zero, to: viewport.to - zero }, width, gap).map(({ time }) => ({
    time: time + zero, label: `${time > step / 2 ? '+' : ''}${formatTick(time, step)}`,
  }));
}

const SECOND = 1000;
/** From a second on a clock has other round numbers than ten. */
const CLOCK_STEPS: readonly number[] = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400].map((seconds) => seconds * SECOND);

/** CSS pixels that a time of day takes more than a number of milliseconds does. */
const CLOCK_ROOM = 44;

function clockTicks(viewport: Viewport, width: number, gap: number, startedAt: number): readonly Tick[] {
  const room = gap + CLOCK_ROOM;
  const fine = tickStep(viewport, width, room);
  const least = (spanOf(viewport) * room) / Math.max(1, width);
  const step = fine < SECOND ? fine : CLOCK_STEPS.find((one) => one >= least) ?? fine;
  // Round by the clock here, and not by the one of Greenwich.
  const base = startedAt - new Date(startedAt).getTimezoneOffset() * 60_000;
  const digits = step >= SECOND ? 0 : step >= 1 ? 3 : 3 + digitsFor(step);
  const found: Tick[] = [];
  for (let index = Math.ceil((viewport.from + base) / step); index * step <= viewport.to + base; index += 1) {
    const time = index * step - base;
    found.push({ time, label: clockTime(startedAt + time, digits) });
  }
  return found;
}

/** The time of day here. @param moment milliseconds since 1970 @param digits of a second */
export function clockTime(moment: number, digits: number): string {
  // Rounded first: 59.9996 s to three digits is the next minute.
  const scale = 10 ** Math.max(0, digits - 3);
  const rounded = digits >= 3 ? Math.round(moment * scale) / scale : Math.round(moment / 10 ** (3 - digits)) * 10 ** (3 - digits);
  const date = new Date(Math.floor(rounded));
  const two = (value: number): string => String(value).padStart(2, '0');
  const whole = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  if (digits === 0) return whole;
  const micros = Math.round((rounded - Math.floor(rounded)) * 1000);
  return `${whole}.${`${String(date.getMilliseconds()).padStart(3, '0')}${String(micros).padStart(3, '0')}`.slice(0, digits)}`;
}
