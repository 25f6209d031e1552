import { useState } from 'react';
import type { Finding } from '../../preload/contract/finding';
import { muteRule } from '../store/annotations';
import { useApp } from '../store/state';
import { Button } from '../ui/button';
import { Choices, Field } from '../ui/field';
import css from './findings.module.css';

/** Asks why a rule is not to be told any more, and for what, before it goes quiet. */
export function MuteFinding({ finding, onDone }: { readonly finding: Finding; readonly onDone: () => void }) {
  const [where, setWhere] = useState<'handle' | 'rule'>('handle');
  const [reason, setReason] = useState('');
  const label = useApp((state) => (finding.handle === undefined ? undefined : state.forest.get(finding.handle)?.label));
  const mute = (): void => {
    onDone();
    void muteRule(finding.rule, where === 'rule' ? undefined : finding.handle, reason.trim());
  };
  return (
    <form
      className={css.mute}
      aria-label="Mute this rule"
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() !== '') mute();
      }}
    >
      {finding.handle !== undefined && (
        <Choices
          label={`Mute ${finding.rule}`}
          value={where}
          choices={[
            { value: 'handle', label: `On ${label ?? `handle #${finding.handle}`}`, meaning: 'Other handles are still held to the rule.' },
            { value: 'rule', label: 'Everywhere', meaning: 'In this recording the rule is told of no handle.' },
          ]}
          onChange={setWhere}
        />
      )}
      <Field label="Reason" focusFirst value={reason} onChange={setReason} hint="Kept in the session file; hinspector check shows it." />
      <p className={css.answers}>
        <Button look="primary" submits offReason={reason.trim() === '' ? 'Say why, for whoever reads the recording later.' : undefined} onPress={() => {}}>Mute</Button>
        <Button onPress={onDone}>Keep telling</Button>
      </p>
    </form>
  );
}
