import type { Verbosity503 } from '../../preload/contract/command';
import { runOpening } from '../store/command-actions';
import { showDialog } from '../store/view-actions';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Choices, Field, Problem } from '../ui/field';
import { useForm } from './use-form';
import css from './compose.module.css';

interface ServerValues {
  readonly urlPrefix: string;
  readonly morePrefixes: string;
  readonly queueName: string;
  readonly queueLength: string;
  readonly verbosity: Verbosity503 | 'unset';
  readonly entityBodyTimeout: string;
  readonly idleTimeout: string;
}

let last: ServerValues = { urlPrefix: 'http://localhost:8080/', morePrefixes: '', queueName: '', queueLength: '', verbosity: 'unset', entityBodyTimeout: '', idleTimeout: '' };

const VERBOSITIES = [
  { value: 'unset', label: 'As http.sys has it', meaning: 'No call is made.' },
  { value: 'basic', label: 'Basic', meaning: 'Http503ResponseVerbosityBasic: the connection is reset.' },
  { value: 'limited', label: 'Limited', meaning: 'Http503ResponseVerbosityLimited: a 503 without its reason.' },
  { value: 'full', label: 'Full', meaning: 'Http503ResponseVerbosityFull: a 503 with its reason.' },
] as const;

/** What is left empty is not set; what is no number becomes NaN, which the schema refuses. */
function numberOf(typed: string): number | undefined {
  const text = typed.trim();
  if (text === '') return undefined;
  return /^\d+$/.test(text) ? Number(text) : Number.NaN;
}

export function ServerDialog() {
  const { values, problems, busy, set, submit } = useForm({
    initial: last,
    toCommand: ({ verbosity, ...typed }) => ({
      kind: 'open-server', ...typed, verbosity: verbosity === 'unset' ? undefined : verbosity, queueLength: numberOf(typed.queueLength),
      entityBodyTimeout: numberOf(typed.entityBodyTimeout), idleTimeout: numberOf(typed.idleTimeout),
    }),
    give: runOpening,
    remember: (typed) => { last = typed; },
  });
  const leave = (): void => showDialog(undefined);
  return (
    <Dialog
      title="New server"
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
        <p className={css.lead}>Opens a server session, a URL group and a request queue, and receives requests until the queue is closed. It answers none by itself: you respond or cancel.</p>
        {problems.whole !== undefined && <Problem>{problems.whole}</Problem>}
        <Field label="URL prefix" focusFirst value={values.urlPrefix} hint="scheme://host:port/path/ with the port, and a “/” at its end. localhost keeps it on this machine." problem={problems.fields['urlPrefix']} onChange={(urlPrefix) => set({ urlPrefix })} />
        <Field label="Queue name" value={values.queueName} hint="Empty for a queue without a name." problem={problems.fields['queueName']} onChange={(queueName) => set({ queueName })} />
        <Field label="More prefixes" lines={2} value={values.morePrefixes} hint="One a line, in the same URL group." problem={problems.fields['morePrefixes']} onChange={(morePrefixes) => set({ morePrefixes })} />
        <div className={css.row}>
          <Field label="Queue length" wide numeric value={values.queueLength} hint="Requests that wait." problem={problems.fields['queueLength']} onChange={(queueLength) => set({ queueLength })} />
          <Field label="Body timeout, in s" wide numeric value={values.entityBodyTimeout} hint="EntityBody" problem={problems.fields['entityBodyTimeout']} onChange={(entityBodyTimeout) => set({ entityBodyTimeout })} />
          <Field label="Idle timeout, in s" wide numeric value={values.idleTimeout} hint="IdleConnection" problem={problems.fields['idleTimeout']} onChange={(idleTimeout) => set({ idleTimeout })} />
        </div>
        <Choices label="When it answers 503" value={values.verbosity} choices={VERBOSITIES} onChange={(verbosity) => set({ verbosity })} />
      </div>
    </Dialog>
  );
}
