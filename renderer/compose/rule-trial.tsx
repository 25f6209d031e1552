import { useState } from 'react';
import { matchesRule } from '../../preload/contract/rule-matching';
import { draftWords, ruleOf, type RuleDraft } from '../model/rule-draft';
import { Field } from '../ui/field';
import css from './rules.module.css';

/** Says which rule would take a request that a person thinks of, before any client sends it. */
export function RuleTrial({ rules }: { readonly rules: readonly RuleDraft[] }) {
  const [typed, setTyped] = useState('');
  return (
    <div className={css.trial}>
      <Field label="Try a request" value={typed} hint="A method and a path, like GET /orders?page=2; then headers after commas, like Accept: text/html." onChange={setTyped} />
      <p className={css.verdict} role="status">{typed.trim() === '' ? '' : verdict(rules, typed)}</p>
    </div>
  );
}

function verdict(rules: readonly RuleDraft[], typed: string): string {
  const [line = '', ...headers] = typed.split(',');
  const words = line.trim().split(/\s+/);
  const [method, target] = words.length > 1 ? [words[0] ?? 'GET', words[1] ?? '/'] : ['GET', words[0] ?? '/'];
  const request = { method, target, headers: headers.map((text) => ({ name: text.replace(/:.*$/s, '').trim(), value: text.replace(/^[^:]*:?/, '').trim() })) };
  const place = rules.findIndex((draft) => matchesRule(ruleOf(draft), request));
  const draft = rules[place];
  return draft === undefined ? `No rule takes ${method} ${target}: it waits for you.` : `Rule ${place + 1} takes ${method} ${target}: ${draftWords(draft)}.`;
}
