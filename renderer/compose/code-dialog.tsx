import { useEffect, useState } from 'react';
import { CODE_LANGUAGES, CODE_LANGUAGE_TITLES, type CodeLanguage, type CodeScope } from '../../preload/contract/code';
import { errorMessage } from '../../preload/contract/errors';
import { copyCode } from '../store/copying';
import { askCode } from '../store/questions';
import { appState, type AppState } from '../store/state';
import { showDialog } from '../store/view-actions';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Problem } from '../ui/field';
import { Select } from '../ui/select';
import { Tabs } from '../ui/tabs';
import css from './code.module.css';

/** Kept for the next time the dialog opens. */
let lastLanguage: CodeLanguage = 'cpp';

type ScopeKind = CodeScope['kind'];

/** Recorded calls as a program or as steps: chosen by what is selected, read here, and copied by main. */
export function CodeDialog() {
  // What was selected when it opened: a live recording must not change what is read.
  const [scopes] = useState(() => scopesOf(appState()));
  const [kind, setKind] = useState<ScopeKind>(scopes[0]?.scope.kind ?? 'all');
  const [language, setLanguage] = useState(lastLanguage);
  const [shown, setShown] = useState<{ readonly text: string; readonly problem: string | undefined }>({ text: '', problem: undefined });
  const scope = scopes.find((one) => one.scope.kind === kind)?.scope ?? EVERYTHING;
  useEffect(() => {
    let current = true;
    void askCode({ language, scope }).then((answer) => {
      if (current) setShown(answer.ok ? { text: answer.value, problem: undefined } : { text: '', problem: errorMessage(answer.error) });
    });
    return () => { current = false; };
  }, [language, scope]);
  const leave = (): void => showDialog(undefined);
  const copy = async (): Promise<void> => {
    const problem = await copyCode({ language, scope });
    if (problem === undefined) leave();
    else setShown({ text: '', problem });
  };
  return (
    <Dialog
      title="Copy as code"
      size="large"
      onClose={leave}
      onSubmit={() => void copy()}
      footer={(
        <>
          <Button look="quiet" onPress={leave}>Dismiss</Button>
          <Button look="primary" submits offReason={shown.text === '' ? 'There is nothing to copy.' : undefined} onPress={() => {}}>Copy</Button>
        </>
      )}
    >
      <div className={css.head}>
        <Tabs
          name="Language"
          tabs={CODE_LANGUAGES.map((id) => ({ id, label: CODE_LANGUAGE_TITLES[id] }))}
          shown={language}
          onShow={(id) => {
            lastLanguage = id;
            setLanguage(id);
          }}
        />
        <Select label="Calls" value={kind} onChange={(value) => setKind(scopes.find((one) => one.scope.kind === value)?.scope.kind ?? 'all')}>
          {scopes.map(({ scope: { kind: value }, label }) => <option key={value} value={value}>{label}</option>)}
        </Select>
      </div>
      {shown.problem !== undefined && <Problem>{shown.problem}</Problem>}
      {shown.text !== '' && <textarea className={css.code} readOnly wrap="off" spellCheck={false} aria-label={`The calls as ${CODE_LANGUAGE_TITLES[language]}`} value={shown.text} />}
    </Dialog>
  );
}

const EVERYTHING: CodeScope = { kind: 'all' };

/** What can be meant, the nearest first. */
function scopesOf({ selection, forest }: AppState): readonly { readonly scope: CodeScope; readonly label: string }[] {
  const node = selection.handle === undefined ? undefined : forest.get(selection.handle);
  return [
    ...(selection.event === undefined ? [] : [{ scope: { kind: 'call' as const, seq: selection.event }, label: 'The selected call' }]),
    ...(node === undefined ? [] : [{ scope: { kind: 'handle' as const, handle: node.id }, label: `Everything about ${node.label}` }]),
    { scope: EVERYTHING, label: 'Every call of the recording' },
  ];
}
