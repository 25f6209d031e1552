import { runOpening } from '../store/command-actions';
import { showDialog } from '../store/view-actions';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Field, Problem } from '../ui/field';
import { useForm } from './use-form';
import css from './compose.module.css';

interface ServerValues {
  readonly urlPrefix: string;
  readonly queueName: string;
}

let last: ServerValues = { urlPrefix: 'http://localhost:8080/', queueName: '' };

export function ServerDialog() {
  const { values, problems, busy, set, submit } = useForm({
    initial: last,
    toCommand: (typed) => ({ kind: 'open-server', ...typed }),
    give: runOpening,
    remember: (typed) => { last = typed; },
  });
  const leave = (): void => showDialog(undefined);
  return (
    <Dialog
      title="New server"
      size="small"
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
      </div>
    </Dialog>
  );
}
