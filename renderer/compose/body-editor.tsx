import { useId, useState } from 'react';
import type { BodyKind } from '../../preload/contract/body-file';
import { errorMessage } from '../../preload/contract/errors';
import { formattedJson, type BodyDraft } from '../model/body-draft';
import { formatCount } from '../model/time-scale';
import { askBodyFile } from '../store/questions';
import { Button } from '../ui/button';
import { Field, Problem } from '../ui/field';
import { Select } from '../ui/select';
import css from './body-editor.module.css';

interface BodyEditorProps {
  readonly value: BodyDraft;
  readonly problems: { readonly body?: string | undefined; readonly bodyFile?: string | undefined };
  /** What a file can be sent as, and how large. */
  readonly fileHint: string;
  readonly lines: number;
  readonly onChange: (change: Partial<BodyDraft>) => void;
}

const JSON_HINT = 'Content-Type: application/json is added unless a header says otherwise.';

const KINDS: Readonly<Record<BodyKind, string>> = { text: 'Text', json: 'JSON', file: 'File' };

/** A body as text, as JSON that is held to be JSON, or from a file of the person's choice. */
export function BodyEditor({ value, problems, fileHint, lines, onChange }: BodyEditorProps) {
  const { body, bodyKind, bodyFile } = value;
  const id = useId();
  const [failed, setFailed] = useState<string | undefined>(undefined);
  const formatted = bodyKind === 'json' ? formattedJson(body) : undefined;
  const choose = async (): Promise<void> => {
    const answer = await askBodyFile();
    setFailed(answer.ok ? undefined : errorMessage(answer.error));
    // A dialog that was dismissed leaves what was chosen before.
    if (answer.ok && answer.value !== undefined) onChange({ bodyFile: answer.value });
  };
  const kind = (
    <div className={css.kind}>
      {bodyKind === 'json' && (
        <Button look="quiet" offReason={formatted === undefined ? 'It is not JSON yet.' : formatted === body ? 'It is written so already.' : undefined} onPress={() => onChange({ body: formatted ?? body })}>Format</Button>
      )}
      <Select label="Kind" value={bodyKind} onChange={(chosen) => onChange({ bodyKind: kindNamed(chosen) })}>
        {Object.entries(KINDS).map(([id, label]) => <option key={id} value={id}>{label}</option>)}
      </Select>
    </div>
  );
  if (bodyKind !== 'file') {
    return <Field label="Body" lines={lines} value={body} problem={problems.body} beside={kind} hint={bodyKind === 'json' ? JSON_HINT : undefined} onChange={(text) => onChange({ body: text })} />;
  }
  const problem = failed ?? (problems.bodyFile === undefined ? undefined : `File ${problems.bodyFile}`);
  return (
    <div className={css.file} role="group" aria-labelledby={id}>
      <div className={css.head}><span className={css.label} id={id}>Body</span>{kind}</div>
      <div className={css.chosen} data-wrong={problem !== undefined}>
        <span className={bodyFile === undefined ? css.none : css.name} title={bodyFile?.name}>{bodyFile?.name ?? 'None chosen yet'}</span>
        {bodyFile !== undefined && <span className={css.size}>{`${formatCount(bodyFile.size)} bytes`}</span>}
        <Button onPress={() => void choose()}>{bodyFile === undefined ? 'Choose a file…' : 'Choose another…'}</Button>
      </div>
      {problem !== undefined && <Problem>{problem}</Problem>}
      <p className={css.hint}>{fileHint}</p>
    </div>
  );
}

function kindNamed(name: string): BodyKind {
  return name === 'json' || name === 'file' ? name : 'text';
}
