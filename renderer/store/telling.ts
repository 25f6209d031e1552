import { useMemo } from 'react';
import type { TimeTelling } from '../model/time-mode';
import { useApp, type AppState } from './state';

export function tellingOf({ layout, shown, timeZero }: AppState): TimeTelling {
  return { mode: layout.timeMode, startedAt: shown.startedAt, zero: timeZero?.time };
}

/** How the window tells the time: the same object until that changes. */
export function useTelling(): TimeTelling {
  const mode = useApp((state) => state.layout.timeMode);
  const startedAt = useApp((state) => state.shown.startedAt);
  const zero = useApp((state) => state.timeZero?.time);
  return useMemo(() => ({ mode, startedAt, zero }), [mode, startedAt, zero]);
}
