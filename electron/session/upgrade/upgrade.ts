import type { FileHandle } from 'node:fs/promises';
import type { Result } from '../../../preload/contract/result';
import type { SessionSource } from '../format';
import { sourceOfVersion1 } from './version-1';

/**
 * How a file of each older version becomes what today's reader gives: one entry a version, each of which brings it to the
 * next. A change of the format adds an entry and leaves the others as they are.
 */
const OPENERS = { 1: sourceOfVersion1 } as const;

export function upgraded(version: keyof typeof OPENERS, file: string, handle: FileHandle, size: number): Promise<Result<SessionSource, string>> {
  return OPENERS[version](file, handle, size);
}
