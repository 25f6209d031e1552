import { errorMessage } from '../../preload/contract/errors';
import type { Seq } from '../../preload/contract/ids';
import { TIME_MODES, TIME_MODE_WORDS, type TimeMode } from '../model/time-mode';
import { changeLayout } from './layout-actions';
import { askDetails } from './questions';
import { appState, useApp } from './state';
import { report } from './view-actions';

/** Tells every time of the window in a mode, the one from an event from the event that is chosen or selected. */
export async function tellTime(mode: TimeMode): Promise<void> {
  const { timeZero, selection } = appState();
  if (mode === 'event' && timeZero === undefined) {
    if (selection.event === undefined) report('info', 'Select an event first: the time is then told from it.');
    else await tellTimeFrom(selection.event);
    return;
  }
  changeLayout({ timeMode: mode });
  useApp.setState({ announcement: `Time: ${TIME_MODE_WORDS[mode].label.toLowerCase()}` });
}

/** From one mode to the next; the one from an event is left out while there is none to tell from. */
export function tellTimeOtherwise(): void {
  const { layout, timeZero } = appState();
  const modes = TIME_MODES.filter((mode) => mode !== 'event' || timeZero !== undefined);
  void tellTime(modes[(modes.indexOf(layout.timeMode) + 1) % modes.length] ?? 'start');
}

/** Tells the time from an event on. */
export async function tellTimeFrom(event: Seq | undefined): Promise<void> {
  if (event === undefined) return;
  const details = await askDetails({ kind: 'event', seq: event });
  if (!details.ok) report('error', errorMessage(details.error));
  else if (details.value.kind === 'event') {
    const { title } = details.value;
    useApp.setState({ timeZero: { seq: event, time: details.value.event.time, title }, announcement: `Time from ${title}, event ${event}` });
    changeLayout({ timeMode: 'event' });
  }
}
