import { CommandButton } from '../commands/command-button';
import { showDialog } from '../store/view-actions';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { CommandLines } from './command-lines';
import { useOthersCommands } from './use-others-commands';
import css from './others.module.css';

const ANY_PLAN = { scope: 'both', seconds: 60, megabytes: 512 } as const;

/** How the state of the HTTP service is taken on a machine where Hinspector does not run. */
export function ServiceStateDialog() {
  const commands = useOthersCommands(ANY_PLAN);
  const leave = (): void => showDialog(undefined);
  return (
    <Dialog
      title="State of the HTTP service"
      onClose={leave}
      footer={(
        <>
          <Button look="quiet" onPress={leave}>Dismiss</Button>
          <CommandButton command="open-file" label="Open what it wrote…" look="primary" />
        </>
      )}
    >
      <div className={css.form}>
        <p className={css.lead}>Windows knows every server session, URL group and request queue of the machine, and how many requests each queue holds. Run this there, in a command prompt that runs as administrator, and open the text file here. Run it again to see how it stands then.</p>
        {commands !== undefined && <CommandLines title="Command" lines={[commands.serviceState]} />}
      </div>
    </Dialog>
  );
}
