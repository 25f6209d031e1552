import type { InspectorError } from './errors';
import { describeError } from './win32/constant-table';

/** Apart from the errors themselves: the page tells errors from its start on, and has no need of every constant for it. */
export function win32Error(api: string, code: number): InspectorError {
  const { name, meaning } = describeError(code);
  return { kind: 'win32', api, code, name: name ?? `error ${code}`, meaning: meaning ?? 'No meaning is recorded for this code.' };
}
