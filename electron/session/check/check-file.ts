import type { Mute } from '../../../preload/contract/annotation';
import type { Finding } from '../../../preload/contract/finding';
import { ok, type Result } from '../../../preload/contract/result';
import { Referee } from '../../rules/referee';
import { Trace } from '../../trace/trace';
import { IMPORT_ENGINE } from '../format';
import { loadInto } from '../load';
import type { LoadedCounts } from '../loaded';

/** The findings of one file. */
export interface CheckedFile {
  readonly file: string;
  readonly loaded: LoadedCounts;
  readonly findings: readonly Finding[];
  /** What the session mutes; empty when mutes are not to count. */
  readonly mutes: readonly Mute[];
}

/**
 * Reads a recording and holds it to every rule; its end is the end of what was recorded. Another program, of which a part
 * was recorded, goes on: of it only what has been idle for long is told.
 * @param mutes whether what people muted in it is to be heeded
 */
export async function checkFile(file: string, mutes = true): Promise<Result<CheckedFile & { readonly trace: Trace }, string>> {
  const trace = new Trace();
  const referee = new Referee(trace);
  const loaded = await loadInto(trace, file);
  if (!loaded.ok) return loaded;
  if (!mutes) for (const { id } of trace.annotations.mutes) trace.annotations.remove(id);
  return ok({ file, loaded: loaded.value, findings: referee.all(loaded.value.header.engine.kind !== IMPORT_ENGINE), mutes: trace.annotations.mutes, trace });
}
