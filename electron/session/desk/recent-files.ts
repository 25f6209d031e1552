import { stat } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import type { RecentRecording } from '../../../preload/contract/session';
import { readRemembered, writeRemembered } from '../remembered-file';

const MOST = 20;

const SCHEMA = v.array(v.object({ path: v.string(), at: v.string() }));

interface Entry {
  readonly path: string;
  /** ISO 8601. */
  readonly at: string;
}

/** The files that were opened or saved last, remembered from one start to the next in a file of its own. */
export class RecentFiles {
  private entries: readonly Entry[];

  constructor(private readonly file: string) {
    this.entries = (readRemembered(file, SCHEMA) ?? []).slice(0, MOST);
  }

  remember(opened: string, now = new Date()): void {
    const full = path.resolve(opened);
    this.entries = [{ path: full, at: now.toISOString() }, ...this.entries.filter((entry) => entry.path !== full)].slice(0, MOST);
    writeRemembered(this.file, this.entries);
  }

  /** Those that are still there, the newest first. */
  async list(): Promise<readonly RecentRecording[]> {
    const found = await Promise.all(this.entries.map(async ({ path: file, at }): Promise<readonly RecentRecording[]> => {
      try {
        const { size } = await stat(file);
        return [{ path: file, name: path.basename(file), folder: path.dirname(file), at, kind: 'file', size }];
      } catch {
        return [];
      }
    }));
    return found.flat();
  }
}
