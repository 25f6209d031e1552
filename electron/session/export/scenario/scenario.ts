import type { Seq } from '../../../../preload/contract/ids';
import { HIDDEN_VALUE, type CallEvent } from '../../../../preload/contract/event';
import { Document, isMap, isScalar, visit } from 'yaml';
import type { ExportSource, TextPieces } from '../export-source';
import { handleOpenings } from '../../../trace/handle-openings';
import { Peers, type Written } from './peers';
import { Replay } from './replay';
import { stepAlone } from './step-alone';
import { StepWriter } from './step-writer';

const COLUMNS = 140;

/**
 * The calls of a recording as a scenario that makes them again: with names in place of handles, peers that answer what was
 * answered, and waits where a call came after a callback. What each call returned is what the scenario expects.
 */
export function* scenarioPieces(source: ExportSource, name = 'recorded'): TextPieces {
  const replay = new Replay(source.trace, source.end);
  const peers = new Peers(source);
  const writer = new StepWriter(replay, handleOpenings(source.trace, source.end), peers);
  writer.write();
  const head = { scenario: name, title: 'What was recorded, made again', source: `a recording of Hinspector ${source.application}`, ...(writer.notes.size === 0 ? {} : { notes: [...writer.notes].join('\n') }), ...peers.head };
  yield written(head);
  yield 'steps:\n';
  for (const step of writer.named()) yield written([step]).replaceAll(/^(?=.)/gm, '  ');
}

/** Events of a recording that is gone through at once for steps to be copied: main answers callbacks too. */
const MOST_EVENTS = 100_000;

/** Whether the steps of a recording are more than can be written at once. */
export function isTooLongForSteps({ trace, end }: ExportSource): boolean {
  return end - trace.log.first > MOST_EVENTS;
}

/** One call of a recording that is too long, by itself. */
export function scenarioStepAlone({ trace }: ExportSource, call: CallEvent): string {
  return `# The recording is too long to be gone through for one step: handles go by their kinds, and nothing is waited for.\n${written([stepAlone(trace, call)])}`;
}

/** Some of the calls as steps, to be pasted into a scenario: handles that other calls made go by the names of a whole export. */
export function scenarioSteps(source: ExportSource, calls: ReadonlySet<Seq>): string {
  const writer = new StepWriter(new Replay(source.trace, source.end), handleOpenings(source.trace, source.end), new Peers(source));
  writer.write();
  return writer.stepsOf(calls).map((step) => written([step])).join('');
}

/** What stands on one line where it fits, as people write it. */
const FLOW: ReadonlySet<unknown> = new Set(['with', 'expect', 'wait', 'client', 'headers']);

function written(value: Written): string {
  const document = new Document(value);
  visit(document, {
    Pair: (_at, { key, value: inner }, path) => {
      if (isScalar(key) && FLOW.has(key.value) && isMap(inner)) inner.flow = true;
      if (!isScalar(inner) || inner.value !== HIDDEN_VALUE) return;
      inner.value = '';
      // On a line of its own, before the step.
      const step = path.find((node) => isMap(node));
      if (isMap(step)) step.commentBefore = ` Of ${isScalar(key) ? String(key.value) : 'a value'} nothing was recorded: write yours.`;
    },
  });
  // A text with line ends stays on one line: folded it would be read as well, but not by people.
  return document.toString({ lineWidth: COLUMNS, doubleQuotedMinMultiLineLength: 100_000 });
}
