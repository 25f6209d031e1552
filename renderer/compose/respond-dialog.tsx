import { MOST_ANSWER_BYTES } from '../../preload/contract/body-file';
import type { HandleId } from '../../preload/contract/ids';
import { bodyOfDraft, NO_BODY, type BodyDraft } from '../model/body-draft';
import { wholeNumber } from '../model/whole-number';
import { runCommand } from '../store/command-actions';
import { useApp } from '../store/state';
import { showDialog } from '../store/view-actions';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Field, Problem } from '../ui/field';
import { BodyEditor } from './body-editor';
import { HeaderEditor } from './header-editor';
import { useForm } from './use-form';
import css from './compose.module.css';

interface ResponseValues extends BodyDraft {
  readonly status: string;
  readonly reason: string;
  readonly headers: string;
}

let last: ResponseValues = { status: '200', reason: 'OK', headers: 'Content-Type: text/plain', ...NO_BODY };

export function RespondDialog({ request }: { readonly request: HandleId }) {
  const label = useApp((state) => state.forest.get(request)?.label);
  const { values, problems, busy, set, submit } = useForm({
    initial: last,
    toCommand: ({ status, reason, headers, ...body }) => ({ kind: 'respond', request, status: wholeNumber(status) ?? Number.NaN, reason, headers, ...bodyOfDraft(body) }),
    give: runCommand,
    remember: (typed) => { last = typed; },
  });
  const leave = (): void => showDialog(undefined);
  return (
    <Dialog
      title={`Respond to ${label ?? 'the request'}`}
      size="wide"
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
        <HeaderEditor value={values.headers} hint="One “Name: value” a line. Content-Length is added." problem={problems.fields['headers']} onChange={(headers) => set({ headers })} />
        <BodyEditor value={values} lines={6} fileHint={`Sent as one chunk in memory: ${MOST_ANSWER_BYTES / 1024 / 1024} MB at most.`} problems={{ body: problems.fields['body'], bodyFile: problems.fields['bodyFile'] }} onChange={set} />
      </div>
    </Dialog>
  );
}
