import { OTHERS_BOUNDS, type OthersScope } from '../../preload/contract/record-others';
import { commandIssues } from '../../preload/contract/schemas';
import { CommandButton } from '../commands/command-button';
import { useForm } from './use-form';
import { giveCommand } from '../store/questions';
import { showDialog } from '../store/view-actions';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Choices, Field, Problem } from '../ui/field';
import { CommandLines } from './command-lines';
import { useOthersCommands } from './use-others-commands';
import css from './others.module.css';

interface Wish {
  readonly scope: OthersScope;
  readonly seconds: string;
  readonly megabytes: string;
}

const SCOPES = [
  { value: 'clients', label: 'Clients', meaning: 'Sessions, connections and requests of WinINet.' },
  { value: 'servers', label: 'Servers', meaning: 'URL groups, queues and requests of the HTTP Server API.' },
  { value: 'both', label: 'Both', meaning: 'Everything above, on one timeline.' },
] as const;

let last: Wish = { scope: 'clients', seconds: '60', megabytes: '512' };

const planOf = ({ scope, seconds, megabytes }: Wish) => ({ scope, seconds: Number(seconds), megabytes: Number(megabytes) });

/** Records what other programs do, on Windows; elsewhere it shows how that is done there. */
export function RecordOthersDialog() {
  const { values, problems, busy, set, submit } = useForm({
    initial: last,
    toCommand: (typed) => ({ kind: 'record-others', ...planOf(typed) }),
    give: giveCommand,
    remember: (typed) => { last = typed; },
  });
  const commands = useOthersCommands(planOf(values));
  const leave = (): void => showDialog(undefined);
  const here = commands?.here === true;
  const { seconds, megabytes } = OTHERS_BOUNDS;
  // Where nothing is submitted, what is wrong is told as it is typed.
  const wrong = (field: string): string | undefined => problems.fields[field]
    ?? (here ? undefined : commandIssues({ kind: 'record-others', ...planOf(values) }).find((issue) => issue.field === field)?.message);
  return (
    <Dialog
      title="Record another program"
      onClose={leave}
      onSubmit={here ? submit : undefined}
      footer={(
        <>
          <Button look="quiet" onPress={leave}>Dismiss</Button>
          {here
            ? <Button look="primary" submits offReason={busy ? 'The recording is being started.' : undefined} onPress={() => {}}>Record</Button>
            : <CommandButton command="open-file" label="Open what was recorded…" look="primary" />}
        </>
      )}
    >
      <div className={css.form}>
        <p className={css.lead}>
          {here
            ? 'Windows writes down what every program does with these interfaces (Event Tracing for Windows). It asks for an administrator once; the recording then opens beside your live one.'
            : 'Windows can write down what every program does with these interfaces. Run the commands there, in a command prompt that runs as administrator, and open the XML file here.'}
        </p>
        {problems.whole !== undefined && <Problem>{problems.whole}</Problem>}
        <Choices label="Programs" value={values.scope} choices={SCOPES} onChange={(scope) => set({ scope })} />
        <div className={css.bounds}>
          {here && <Field label="At most, in seconds" numeric focusFirst value={values.seconds} hint={`${seconds.least} to ${seconds.most.toLocaleString('en')}. You can stop it before.`} problem={wrong('seconds')} onChange={(text) => set({ seconds: text })} />}
          <Field label="Keep the latest, in MB" numeric focusFirst={!here} value={values.megabytes} hint={`${megabytes.least} to ${megabytes.most.toLocaleString('en')}. What is older gives way.`} problem={wrong('megabytes')} onChange={(text) => set({ megabytes: text })} />
        </div>
        {commands !== undefined && !here && (
          <>
            <CommandLines title="Before" lines={commands.before} />
            <CommandLines title="Afterwards" lines={commands.after} />
          </>
        )}
        {commands !== undefined && here && (
          <details className={css.more}>
            <summary>The commands, to run them elsewhere</summary>
            <CommandLines title="Before" lines={commands.before} />
            <CommandLines title="Afterwards" lines={commands.after} />
          </details>
        )}
      </div>
    </Dialog>
  );
}
