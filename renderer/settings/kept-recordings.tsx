import { useEffect, useState } from 'react';
import { errorMessage } from '../../preload/contract/errors';
import { RETENTION_BOUNDS, type Retention } from '../../preload/contract/retention';
import { askRetention, askToKeep } from '../store/questions';
import { Field } from '../ui/field';

const { least, most } = RETENTION_BOUNDS;

/** How many earlier recordings stay on the disk. Main keeps it; a number that cannot be is told and changes nothing. */
export function KeptRecordings() {
  const [known, setKnown] = useState<Retention | undefined>(undefined);
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | undefined>(undefined);
  useEffect(() => {
    let over = false;
    void askRetention().then((answer) => {
      if (over || !answer.ok) return;
      setKnown(answer.value);
      setText(String(answer.value.keep));
    });
    return () => { over = true; };
  }, []);
  const keep = async (typed: string): Promise<void> => {
    setText(typed);
    const count = /^\s*\d+\s*$/.test(typed) ? Number(typed) : Number.NaN;
    const answer = await askToKeep(count);
    if (answer.ok) setKnown(answer.value);
    setProblem(answer.ok ? undefined : answer.error.kind === 'invalid-argument' ? answer.error.issues[0]?.message : errorMessage(answer.error));
  };
  const given = known?.given;
  return (
    <Field
      label="Earlier recordings that stay on the disk" numeric value={text} problem={problem} onChange={(typed) => void keep(typed)}
      hint={`${least} to ${most.toLocaleString('en')}; at each start the oldest give way, those a crash left among them.${given === undefined ? '' : ` This start was told to keep ${given.toLocaleString('en')} (--keep).`}`}
    />
  );
}
