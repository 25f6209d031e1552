import { errorMessage } from '../../preload/contract/errors';
import type { ExportRequest } from '../../preload/contract/exchange';
import type { Finding } from '../../preload/contract/finding';
import { askComparison, askCopyFinding, askExport } from './questions';
import { report, showDialog } from './view-actions';

/** Writes a file where the person says, and tells what came of it. */
export async function exportAs(request: ExportRequest): Promise<void> {
  const result = await askExport(request);
  if (!result.ok) return report('error', errorMessage(result.error));
  switch (result.value.kind) {
    case 'written': return report('info', `Exported to ${result.value.name}.`);
    case 'failed': return report('error', result.value.message);
    case 'cancelled': return undefined;
  }
}

/** Compares what is shown with a recording that the person chooses, and shows the two beside each other. */
export async function compareWithRecording(): Promise<void> {
  const result = await askComparison();
  if (!result.ok) return report('error', errorMessage(result.error));
  switch (result.value.kind) {
    case 'compared': return showDialog({ kind: 'comparison', comparison: result.value.comparison });
    case 'failed': return report('error', result.value.message);
    case 'cancelled': return undefined;
  }
}

export async function copyFinding({ rule, events }: Finding): Promise<void> {
  const result = await askCopyFinding({ rule, event: events[0] });
  if (result.ok) report('info', `${rule} is on the clipboard as Markdown.`);
  else report('error', errorMessage(result.error));
}
