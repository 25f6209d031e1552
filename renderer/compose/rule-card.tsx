import { useEffect, useId, useRef, useState } from 'react';
import type { AnswerAction } from '../../preload/contract/answer-rule';
import { MOST_ANSWER_BYTES } from '../../preload/contract/body-file';
import { conditionWords, draftWords, type RuleDraft } from '../model/rule-draft';
import { Button } from '../ui/button';
import { classNames } from '../ui/class-names';
import { Choices, Field } from '../ui/field';
import { Select } from '../ui/select';
import { BodyEditor } from './body-editor';
import { HeaderEditor } from './header-editor';
import form from './compose.module.css';
import css from './rules.module.css';

interface RuleCardProps {
  readonly draft: RuleDraft;
  /** From 0. */
  readonly place: number;
  readonly count: number;
  readonly taken: number | undefined;
  /** Whether it has just been added. */
  readonly opened: boolean;
  readonly problems: Readonly<Record<string, string>>;
  readonly onChange: (change: Partial<RuleDraft>) => void;
  readonly onMove: (by: -1 | 1) => void;
  /** Undefined where there is no room for another. */
  readonly onCopy: (() => void) | undefined;
  readonly onRemove: () => void;
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

const ACTIONS: readonly { readonly value: AnswerAction['kind']; readonly label: string; readonly meaning: string }[] = [
  { value: 'answer', label: 'Answer', meaning: 'HttpSendHttpResponse with the response below.' },
  { value: 'cancel', label: 'Cancel', meaning: 'HttpCancelHttpRequest without an answer: the connection is closed, with every other request on it. Windows has no call that drops one request alone.' },
  { value: 'leave', label: 'Leave unanswered', meaning: 'No call. It stays open until you, its client or a timeout of the server ends it.' },
];

/** One rule: a line that says what it does, and behind it what it is made of. */
export function RuleCard({ draft, place, count, taken, opened, problems, onChange, onMove, onCopy, onRemove }: RuleCardProps) {
  const id = useId();
  const prefix = `rules.${place}.`;
  const wrong = Object.keys(problems).some((field) => field.startsWith(prefix));
  const [open, setOpen] = useState(opened);
  const shown = open || wrong;
  const toggle = useRef<HTMLButtonElement>(null);
  // Whoever adds a rule goes on in it.
  useEffect(() => { if (opened) toggle.current?.focus(); }, [opened]);
  const name = `Rule ${place + 1}`;
  return (
    <li className={css.rule} data-wrong={wrong}>
      <div className={css.head}>
        <button ref={toggle} type="button" className={css.toggle} aria-expanded={shown} aria-controls={id} onClick={() => setOpen(!shown)}>
          <span className={css.number}>{place + 1}</span>
          <span className={css.line}>
            <span className={css.condition} title={conditionWords(draft)}>{conditionWords(draft)}</span>
            <span className={css.action} title={draftWords(draft)}>{`→ ${draftWords(draft)}`}</span>
          </span>
          {taken !== undefined && <span className={css.taken}>{`${taken.toLocaleString('en')} taken`}</span>}
        </button>
        <Button look="quiet" name={`Move rule ${place + 1} up`} offReason={place === 0 ? 'It is the first.' : undefined} onPress={() => onMove(-1)}>↑</Button>
        <Button look="quiet" name={`Move rule ${place + 1} down`} offReason={place === count - 1 ? 'It is the last.' : undefined} onPress={() => onMove(1)}>↓</Button>
        <Button look="quiet" name={`Copy rule ${place + 1}`} offReason={onCopy === undefined ? 'There are as many rules as there can be.' : undefined} onPress={() => onCopy?.()}>Copy</Button>
        <Button look="quiet" name={`Remove rule ${place + 1}`} onPress={onRemove}>Remove</Button>
      </div>
      {shown && (
        <div id={id} className={css.inside} role="group" aria-label={name}>
          <RuleCondition draft={draft} prefix={prefix} problems={problems} onChange={onChange} />
          <Choices label="What it does" value={draft.does} choices={ACTIONS} onChange={(does) => onChange({ does })} />
          {draft.does !== 'leave' && (
            <div className={css.short}><Field label="After, in ms" numeric value={draft.delay} hint="From the receipt; empty: at once." problem={problems[`${prefix}action.delay`]} onChange={(delay) => onChange({ delay })} /></div>
          )}
          {draft.does === 'answer' && <RuleAnswer draft={draft} prefix={`${prefix}action.`} problems={problems} onChange={onChange} />}
        </div>
      )}
    </li>
  );
}

interface PartProps {
  readonly draft: RuleDraft;
  readonly prefix: string;
  readonly problems: Readonly<Record<string, string>>;
  readonly onChange: (change: Partial<RuleDraft>) => void;
}

function RuleCondition({ draft, prefix, problems, onChange }: PartProps) {
  return (
    <>
      <div className={classNames(form.row, css.even)}>
        <div className={form.method}><Field label="Method" value={draft.method} suggestions={METHODS} hint="Empty: any." problem={problems[`${prefix}method`]} onChange={(method) => onChange({ method })} /></div>
        <Field
          label="Path"
          wide
          value={draft.path}
          hint={draft.matching === 'prefix' ? 'Empty: any. The query counts only with a “?”.' : '* stands for anything; without one the whole path is meant.'}
          problem={problems[`${prefix}path`]}
          beside={(
            <Select label="that" value={draft.matching} onChange={(matching) => onChange({ matching: matching === 'wildcard' ? 'wildcard' : 'prefix' })}>
              <option value="prefix">begins so</option>
              <option value="wildcard">is so, with *</option>
            </Select>
          )}
          onChange={(path) => onChange({ path })}
        />
      </div>
      <div className={form.row}>
        <Field label="Header" wide value={draft.header} hint="“Name”, or “Name: text” for a value that contains the text. Empty: any." problem={problems[`${prefix}header`]} onChange={(header) => onChange({ header })} />
        <div className={css.short}><Field label="Requests" numeric value={draft.times} hint="1: once. Empty: always." problem={problems[`${prefix}times`]} onChange={(times) => onChange({ times })} /></div>
      </div>
    </>
  );
}

function RuleAnswer({ draft, prefix, problems, onChange }: PartProps) {
  return (
    <>
      <div className={form.row}>
        <div className={form.method}><Field label="Status" numeric value={draft.status} problem={problems[`${prefix}status`]} onChange={(status) => onChange({ status })} /></div>
        <Field label="Reason" wide value={draft.reason} problem={problems[`${prefix}reason`]} onChange={(reason) => onChange({ reason })} />
      </div>
      <HeaderEditor value={draft.headers} hint="One “Name: value” a line. Content-Length is added." problem={problems[`${prefix}headers`]} onChange={(headers) => onChange({ headers })} />
      <BodyEditor
        value={draft}
        lines={4}
        fileHint={`Read whole each time it is sent: ${MOST_ANSWER_BYTES / 1024 / 1024} MB at most.`}
        problems={{ body: problems[`${prefix}body`], bodyFile: problems[`${prefix}bodyFile`] }}
        onChange={onChange}
      />
    </>
  );
}
