import type { AnswerRulesTold } from '../../preload/contract/answer-rule';
import type { BodyFile } from '../../preload/contract/body-file';
import type { InspectorError } from '../../preload/contract/errors';
import { isEnded } from '../../preload/contract/handle';
import { err, ok, type Result } from '../../preload/contract/result';
import { QUEUE_SCHEMA } from '../../preload/contract/schemas';
import type { CommandRunner } from '../inspector/command-runner';
import type { Desk } from '../session/desk/desk';
import { parse } from './parse';

export interface ComposeParts {
  readonly desk: Desk;
  readonly commands: CommandRunner;
  /** Asks the person for a file to send; undefined for one who thinks better of it. */
  readonly chooseBody: () => Promise<string | undefined>;
}

/** What answers the part of the bridge that the forms ask of beside their commands. */
export interface ComposeHandlers {
  answerRules(queue: unknown): Result<AnswerRulesTold, InspectorError>;
  chooseBodyFile(): Promise<Result<BodyFile | undefined, InspectorError>>;
}

export function createComposeHandlers({ desk, commands, chooseBody }: ComposeParts): ComposeHandlers {
  let asking = false;
  return {
    answerRules: (input) => {
      const queue = parse(QUEUE_SCHEMA, input);
      if (!queue.ok) return queue;
      const node = desk.isLive ? desk.shown.trace.tree.get(queue.value) : undefined;
      if (node?.kind !== 'request-queue' || isEnded(node.state)) return err({ kind: 'stale-handle', message: 'Answering rules are those of an open request queue of the live recording. Select one in the tree.' });
      const { rules, taken } = commands.answerer.rulesOf(queue.value);
      const ids = rules.flatMap(({ action }) => (action.kind === 'answer' && action.bodyFile !== undefined ? [action.bodyFile] : []));
      return ok({ rules, taken, files: commands.files.told(ids) });
    },
    chooseBodyFile: async () => {
      // One dialog at a time, however often a page asks.
      if (asking) return ok(undefined);
      asking = true;
      try {
        const file = await chooseBody();
        return file === undefined ? ok(undefined) : await commands.files.offer(file);
      } finally {
        asking = false;
      }
    },
  };
}
