import { useEffect, useState } from 'react';
import { errorMessage } from '../../preload/contract/errors';
import type { ScenarioCheck } from '../../preload/contract/scenario';
import { beginWork } from '../store/idle';
import { askCheckScenario } from '../store/questions';

/** Milliseconds after the last key until the text is looked at: nobody wants to be told of half a word. */
const PATIENCE = 200;

/** What the language says of a text, a moment after it was changed; undefined before the first answer. */
export function useCheck(text: string): ScenarioCheck | undefined {
  const [check, setCheck] = useState<ScenarioCheck | undefined>(undefined);
  const first = check === undefined;
  useEffect(() => {
    let stale = false;
    const done = beginWork();
    const timer = setTimeout(() => {
      void askCheckScenario(text).then((answer) => {
        done();
        if (stale) return;
        setCheck(answer.ok ? answer.value : { problems: [{ line: 1, column: 1, message: errorMessage(answer.error) }], more: 0, title: '', steps: [] });
      });
    }, first ? 0 : PATIENCE);
    return () => {
      stale = true;
      clearTimeout(timer);
      done();
    };
    // Whether it is the first only decides how soon it is asked.
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the answer must not ask again
  }, [text]);
  return check;
}
