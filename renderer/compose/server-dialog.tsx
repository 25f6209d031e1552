import type { OpenServerCommand } from '../../preload/contract/command';
import { NO_RULES, rulesOfDraft, rulesProblems, type RulesDraft } from '../model/rules-text';
import { runOpening } from '../store/command-actions';
import { showDialog } from '../store/view-actions';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Field, Problem } from '../ui/field';
import { Fold } from './fold';
import { RulesEditor } from './rules-editor';
import { optionsOf, SERVER_OPTIONS_AT_FIRST, ServerOptionFields, type ServerOptionValues } from './server-options';
import { useForm } from './use-form';
import css from './compose.module.css';

interface ServerValues extends ServerOptionValues {
  readonly urlPrefix: string;
  readonly morePrefixes: string;
  readonly queueName: string;
  readonly rules: RulesDraft;
}

/** What was opened last is where the next server begins; its rules too. */
let last: ServerValues = { urlPrefix: 'http://localhost:8080/', morePrefixes: '', queueName: '', rules: NO_RULES, ...SERVER_OPTIONS_AT_FIRST };

function commandOf({ urlPrefix, morePrefixes, queueName, rules, ...options }: ServerValues): OpenServerCommand {
  return { kind: 'open-server', urlPrefix, morePrefixes, queueName, rules: rulesOfDraft(rules), ...optionsOf(options) };
}

export function ServerDialog() {
  const { values, problems, busy, set, submit } = useForm({ initial: last, toCommand: commandOf, alsoWrong: ({ rules }) => rulesProblems(rules), give: runOpening, remember: (typed) => { last = typed; } });
  const leave = (): void => showDialog(undefined);
  const { rules, text } = values.rules;
  const more = values.morePrefixes.split('\n').filter((line) => line.trim() !== '').length;
  return (
    <Dialog
      title="New server"
      size="wide"
      onClose={leave}
      onSubmit={submit}
      footer={(
        <>
          <Button look="quiet" onPress={leave}>Dismiss</Button>
          <Button look="primary" submits offReason={busy ? 'The server is being opened.' : undefined} onPress={() => {}}>Open server</Button>
        </>
      )}
    >
      <div className={css.form}>
        <p className={css.lead}>Opens a server session, a URL group and a request queue, and receives requests until the queue is closed. You respond to them or cancel them, or answering rules do.</p>
        {problems.whole !== undefined && <Problem>{problems.whole}</Problem>}
        <Field label="URL prefix" focusFirst value={values.urlPrefix} hint="scheme://host:port/path/ with the port, and a “/” at its end. localhost keeps it on this machine." problem={problems.fields['urlPrefix']} onChange={(urlPrefix) => set({ urlPrefix })} />
        <Field label="Queue name" value={values.queueName} hint="Empty for a queue without a name." problem={problems.fields['queueName']} onChange={(queueName) => set({ queueName })} />
        <div className={css.folds}>
          <Fold title="Answering rules" told={text !== undefined ? 'as text' : rules.length === 0 ? 'none: every request waits for you' : rules.length === 1 ? 'one rule' : `${rules.length} rules`} open={Object.keys(problems.fields).some((field) => field.startsWith('rules'))}>
            <RulesEditor value={values.rules} problems={problems.fields} onChange={(changed) => set({ rules: changed })} />
          </Fold>
          <Fold title="More prefixes" told={more === 0 ? 'none' : `${more} more`} open={problems.fields['morePrefixes'] !== undefined}>
            <Field label="More prefixes" lines={3} value={values.morePrefixes} hint="One a line, in the same URL group." problem={problems.fields['morePrefixes']} onChange={(morePrefixes) => set({ morePrefixes })} />
          </Fold>
          <ServerOptionFields values={values} problems={problems.fields} set={set} />
        </div>
      </div>
    </Dialog>
  );
}
