import { MOST_BYTES_AT_ONCE } from '../../preload/contract/body-file';
import { bodyOfDraft, NO_BODY, type BodyDraft } from '../model/body-draft';
import { runOpening } from '../store/command-actions';
import { showDialog } from '../store/view-actions';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Choices, Field, Problem } from '../ui/field';
import { ClientOptionFields, OPTIONS_AT_FIRST, timeoutsOf, type OptionValues } from './client-options';
import { BodyEditor } from './body-editor';
import { HeaderEditor } from './header-editor';
import { useForm } from './use-form';
import css from './compose.module.css';

interface ClientValues extends OptionValues, BodyDraft {
  readonly url: string;
  readonly method: string;
  readonly headers: string;
  readonly mode: 'async' | 'sync';
  readonly context: 'own' | 'null';
}

const AT_FIRST: ClientValues = { url: 'http://127.0.0.1:8080/', method: 'GET', headers: '', mode: 'async', context: 'own', ...NO_BODY, ...OPTIONS_AT_FIRST };

const FILE_HINT = `Up to ${MOST_BYTES_AT_ONCE / 1024 / 1024} MB by one HttpSendRequest; more in pieces, by HttpSendRequestEx and InternetWriteFile, to 4 GB less a byte.`;

/** What was sent last is where the next request begins. */
let last = AT_FIRST;

const MODES = [
  { value: 'async', label: 'Asynchronous', meaning: 'INTERNET_FLAG_ASYNC: calls answer 997 and complete by callback. Can be closed while pending.' },
  { value: 'sync', label: 'Synchronous', meaning: 'Each call returns when it is done.' },
] as const;

const CONTEXTS = [
  { value: 'own', label: 'Own context', meaning: 'Each handle has a dwContext of its own, so callbacks are made and HANDLE_CLOSING is the last.' },
  { value: 'null', label: 'NULL', meaning: 'INTERNET_NO_CALLBACK: no callback is made, not even HANDLE_CLOSING.' },
] as const;

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

export function ClientDialog() {
  const { values, problems, busy, set, submit } = useForm({
    initial: last,
    toCommand: (typed) => ({ kind: 'open-client', ...typed, ...bodyOfDraft(typed), bodyFile: bodyOfDraft(typed).bodyFile, ...timeoutsOf(typed) }),
    give: runOpening,
    remember: (typed) => { last = typed; },
  });
  const leave = (): void => showDialog(undefined);
  return (
    <Dialog
      title="New client"
      size="wide"
      onClose={leave}
      onSubmit={submit}
      footer={(
        <>
          {busy && <span className={css.busy} role="status">Waiting for the calls to return…</span>}
          <Button look="quiet" onPress={leave}>Dismiss</Button>
          <Button look="primary" submits offReason={busy ? 'The request is being sent.' : undefined} onPress={() => {}}>Send request</Button>
        </>
      )}
    >
      <div className={css.form}>
        <p className={css.lead}>Opens a session, a connection and a request, and sends it, each as its own WinINet call.</p>
        {problems.whole !== undefined && <Problem>{problems.whole}</Problem>}
        <div className={css.row}>
          <div className={css.method}>
            <Field label="Method" value={values.method} problem={problems.fields['method']} suggestions={METHODS} onChange={(method) => set({ method })} />
          </div>
          <Field label="URL" wide focusFirst value={values.url} problem={problems.fields['url']} onChange={(url) => set({ url })} />
        </div>
        <HeaderEditor value={values.headers} hint="One “Name: value” a line. Host and Content-Length are added." problem={problems.fields['headers']} onChange={(headers) => set({ headers })} />
        <BodyEditor value={values} lines={3} fileHint={FILE_HINT} problems={{ body: problems.fields['body'], bodyFile: problems.fields['bodyFile'] }} onChange={set} />
        <label className={css.check}>
          <input type="checkbox" checked={values.readHeaders} onChange={(event) => set({ readHeaders: event.target.checked })} />
          Ask for the head of the response by HttpQueryInfo, before the rest is read
        </label>
        <div className={css.row}>
          <Choices label="Mode" value={values.mode} choices={MODES} problem={problems.fields['mode']} onChange={(mode) => set({ mode })} />
          <Choices label="Context" value={values.context} choices={CONTEXTS} problem={problems.fields['context']} onChange={(context) => set({ context })} />
        </div>
        <ClientOptionFields values={values} problems={problems} set={set} />
      </div>
    </Dialog>
  );
}
