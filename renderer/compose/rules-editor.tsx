import { useState } from 'react';
import { ANSWER_RULE_LIMITS } from '../../preload/contract/answer-rule';
import type { BodyFile } from '../../preload/contract/body-file';
import { draftOf, moved, newRuleDraft, type RuleDraft } from '../model/rule-draft';
import { readRulesText, writtenRules, type RulesDraft } from '../model/rules-text';
import { Button } from '../ui/button';
import { Field, Problem } from '../ui/field';
import { RuleCard } from './rule-card';
import { RuleTrial } from './rule-trial';
import css from './rules.module.css';

interface RulesEditorProps {
  readonly value: RulesDraft;
  /** By the path of the field: "rules.0.action.status". */
  readonly problems: Readonly<Record<string, string>>;
  /** How many requests each rule has taken; none of a server that is not open yet. */
  readonly taken?: readonly number[];
  readonly onChange: (value: RulesDraft) => void;
}

/** An ordered list of answering rules: the first that matches takes a request, and what none takes waits for the person. */
export function RulesEditor({ value, problems, taken, onChange }: RulesEditorProps) {
  const { rules, text } = value;
  const [newest, setNewest] = useState<number | undefined>(undefined);
  const put = (next: readonly RuleDraft[]): void => onChange({ rules: next, text: undefined });
  const add = (like?: RuleDraft, after = rules.length): void => {
    const draft = newRuleDraft(like);
    setNewest(draft.key);
    put([...rules.slice(0, after), draft, ...rules.slice(after)]);
  };
  if (text !== undefined) return <RulesText text={text} files={filesOf(rules)} problems={problems} onChange={onChange} />;
  const full = rules.length >= ANSWER_RULE_LIMITS.rules ? `There are ${ANSWER_RULE_LIMITS.rules}, which is the most.` : undefined;
  return (
    <div className={css.editor}>
      {problems['rules'] !== undefined && <Problem>{`Rules ${problems['rules']}`}</Problem>}
      {rules.length > 0 && (
        <ol className={css.rules} aria-label="Answering rules">
          {rules.map((draft, place) => (
            <RuleCard
              key={draft.key}
              draft={draft}
              place={place}
              count={rules.length}
              taken={taken?.[place]}
              opened={draft.key === newest}
              problems={problems}
              onChange={(change) => put(rules.map((one) => (one.key === draft.key ? { ...one, ...change } : one)))}
              onMove={(by) => put(moved(rules, place, by))}
              onCopy={full === undefined ? () => add(draft, place + 1) : undefined}
              onRemove={() => put(rules.filter(({ key }) => key !== draft.key))}
            />
          ))}
        </ol>
      )}
      <p className={css.last}>{rules.length === 0 ? 'No rule: every request waits for you to respond or cancel.' : 'What no rule takes waits for you to respond or cancel.'}</p>
      <div className={css.actions}>
        <Button offReason={full} onPress={() => add()}>Add a rule</Button>
        <Button look="quiet" onPress={() => onChange({ rules, text: writtenRules(rules) })}>Edit as text</Button>
      </div>
      {rules.length > 0 && <RuleTrial rules={rules} />}
    </div>
  );
}

function filesOf(rules: readonly RuleDraft[]): readonly BodyFile[] {
  return rules.flatMap(({ bodyFile }) => bodyFile ?? []);
}

interface RulesTextProps {
  readonly text: string;
  readonly files: readonly BodyFile[];
  readonly problems: Readonly<Record<string, string>>;
  readonly onChange: (value: RulesDraft) => void;
}

/** The same rules as JSON: to keep them in a file, to take them from one, and to change many at once. */
function RulesText({ text, files, problems, onChange }: RulesTextProps) {
  const [tried, setTried] = useState(false);
  const read = readRulesText(text);
  // Files that a text names are known to this window only.
  const drafts = read.ok ? read.value.map((rule) => draftOf(rule, files)) : [];
  const problem = read.ok ? undefined : read.error;
  const told = tried || problems['rules'] !== undefined ? problem : undefined;
  return (
    <div className={css.editor}>
      <Field label="Rules" lines={12} value={text} problem={told} hint="A list in JSON: copy it to keep the rules, paste one to take them over. Files are known to this window only." onChange={(typed) => onChange({ rules: drafts, text: typed })} />
      <div className={css.actions}>
        <Button
          look="quiet"
          onPress={() => {
            setTried(true);
            if (read.ok) onChange({ rules: drafts, text: undefined });
          }}
        >
          Edit as a list
        </Button>
      </div>
    </div>
  );
}
