import type { HandleId } from '../../preload/contract/ids';
import { runCommand } from '../store/command-actions';
import { useApp } from '../store/state';
import { showDialog } from '../store/view-actions';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Field, Problem } from '../ui/field';
import { useForm } from './use-form';
import css from './compose.module.css';

interface ResponseValues {
  readonly status: string;
  readonly reason: string;
  readonly headers: string;
  readonly body: string;
}

let last: ResponseValues = { status: '200', reason: 'OK', headers: 'Content-Type: text/plain', body: '' };

export function RespondDialog({ request }: { readonly request: HandleId }) {
  const label = useApp((state) => state.forest.get(request)?.label);
  const { values, problems, busy, set, submit } = useForm({
    initial: last,
    // Digits only: "2e2" is a number to JavaScript and no status code. What is none becomes NaN, which the schema refuses.
    toCommand: (typed) => ({ kind: 'respond', request, ...typed, status: /^\s*\d+\s*$/.test(typed.status) ? Number(typed.status) : Number.NaN }),
    give: runCommand,
    remember: (typed) => { last = typed; },
  });
  const leave = (): void => showDialog(undefined);
  return (
    <Dialog
      title={`Respond to ${label ?? 'the request'}`}
      onClose={leave}
      onSubmit={submit}
      footer={(
        <>
          <Button look="quiet" onPress={leave}>Dismiss</Button>
          <Button look="primary" submits offReason={busy ? 'The response is being sent.' : undefined} onPress={() => {}}>Send response</Button>
        </>
      )}
    >
      <div className={css.form}>
        {problems.whole !== undefined && <Problem>{problems.whole}</Problem>}
        <div className={css.row}>
          <div className={css.method}>
            <Field label="Status" numeric focusFirst value={values.status} problem={problems.fields['status']} onChange={(status) => set({ status })} />
          </div>
          <Field label="Reason" wide value={values.reason} problem={problems.fields['reason']} onChange={(reason) => set({ reason })} />
        </div>
        <Field label="Headers" lines={3} value={values.headers} hint="One “Name: value” a line. Content-Length is added." problem={problems.fields['headers']} onChange={(headers) => set({ headers })} />
        <Field label="Body" lines={6} value={values.body} problem={problems.fields['body']} onChange={(body) => set({ body })} />
      </div>
    </Dialog>
  );
}
