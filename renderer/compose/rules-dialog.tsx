import { useEffect, useState } from 'react';
import type { AnswerRulesTold } from '../../preload/contract/answer-rule';
import { errorMessage } from '../../preload/contract/errors';
import type { HandleId } from '../../preload/contract/ids';
import { draftOf } from '../model/rule-draft';
import { rulesOfDraft, rulesProblems, type RulesDraft } from '../model/rules-text';
import { runCommand } from '../store/command-actions';
import { askAnswerRules } from '../store/questions';
import { useApp } from '../store/state';
import { showDialog } from '../store/view-actions';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Problem } from '../ui/field';
import { RulesEditor } from './rules-editor';
import { useForm } from './use-form';
import css from './compose.module.css';

const leave = (): void => showDialog(undefined);

/** The answering rules of an open server, to be changed while it runs. */
export function RulesDialog({ queue }: { readonly queue: HandleId }) {
  const [told, setTold] = useState<AnswerRulesTold | undefined>(undefined);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const title = `Answering rules of ${useApp((state) => state.forest.get(queue)?.label) ?? 'the queue'}`;
  useEffect(() => {
    let gone = false;
    void askAnswerRules(queue).then((answer) => {
      if (gone) return;
      if (answer.ok) setTold(answer.value);
      else setProblem(errorMessage(answer.error));
    });
    return () => { gone = true; };
  }, [queue]);
  if (told !== undefined) return <RulesForm queue={queue} title={title} told={told} />;
  return (
    <Dialog title={title} size="wide" onClose={leave} footer={<Button look="quiet" onPress={leave}>Dismiss</Button>}>
      {problem === undefined ? <p className={css.lead} role="status">Asking for the rules…</p> : <Problem>{problem}</Problem>}
    </Dialog>
  );
}

interface RulesFormProps {
  readonly queue: HandleId;
  readonly title: string;
  readonly told: AnswerRulesTold;
}

function RulesForm({ queue, title, told }: RulesFormProps) {
  const { values, problems, busy, set, submit } = useForm<{ readonly rules: RulesDraft }>({
    initial: { rules: { rules: told.rules.map((rule) => draftOf(rule, told.files)), text: undefined } },
    toCommand: ({ rules }) => ({ kind: 'set-answer-rules', queue, rules: rulesOfDraft(rules) }),
    alsoWrong: ({ rules }) => rulesProblems(rules),
    give: runCommand,
  });
  // Of rules that have been changed nothing was taken yet.
  const [first] = useState(values.rules);
  return (
    <Dialog
      title={title}
      size="wide"
      onClose={leave}
      onSubmit={submit}
      footer={(
        <>
          <Button look="quiet" onPress={leave}>Dismiss</Button>
          <Button look="primary" submits offReason={busy ? 'The rules are being set.' : undefined} onPress={() => {}}>Set the rules</Button>
        </>
      )}
    >
      <div className={css.form}>
        <p className={css.lead}>The first rule that matches takes a request. They hold from the next request on; counting begins anew, and what an old rule waits to do is still done.</p>
        {problems.whole !== undefined && <Problem>{problems.whole}</Problem>}
        <RulesEditor value={values.rules} problems={problems.fields} {...(values.rules === first ? { taken: told.taken } : {})} onChange={(rules) => set({ rules })} />
      </div>
    </Dialog>
  );
}
