import type { HandleId } from '../../preload/contract/ids';
import { runCommand } from './command-actions';
import { refreshFindings } from './findings';

/** Mutes a rule, for one handle or for all. */
export async function muteRule(rule: string, handle: HandleId | undefined, reason: string): Promise<void> {
  await runCommand({ kind: 'annotate', annotation: { kind: 'mute', rule, handle, reason } });
  refreshFindings();
}

export async function removeAnnotation(id: string): Promise<void> {
  await runCommand({ kind: 'remove-annotation', id });
  refreshFindings();
}
