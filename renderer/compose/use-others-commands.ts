import { useEffect, useState } from 'react';
import type { OthersCommands, OthersPlan } from '../../preload/contract/record-others';
import { askOthersCommands } from '../store/questions';

/** The command lines for a plan, as main writes them; undefined until it has answered. */
export function useOthersCommands(plan: OthersPlan): OthersCommands | undefined {
  const [commands, setCommands] = useState<OthersCommands | undefined>(undefined);
  const { scope, seconds, megabytes } = plan;
  useEffect(() => {
    let gone = false;
    void askOthersCommands({ scope, seconds, megabytes }).then((answer) => {
      if (!gone && answer.ok) setCommands(answer.value);
    });
    return () => { gone = true; };
  }, [scope, seconds, megabytes]);
  return commands;
}
