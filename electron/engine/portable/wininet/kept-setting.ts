import type { InternetHandle } from './handle';
import type { WinInetCore } from './wininet-core';

/** The number an option has for a handle: its own, or that of the nearest handle above it, or of the process; undefined where none is set. */
export function settingOf(handle: InternetHandle | undefined, core: WinInetCore, option: number): number | undefined {
  for (let at: InternetHandle | undefined = handle; at !== undefined; at = at.parent) {
    const value = at.settings.get(option);
    if (value !== undefined) return value;
  }
  return core.settings.get(option);
}
