import type { CommandResult, OthersCommand } from '../../../preload/contract/command';
import type { OthersCommands as CommandLines, OthersPlan } from '../../../preload/contract/record-others';
import { assertUnreachable, err, ok, type Result } from '../../../preload/contract/result';
import type { OthersRecorder } from './others-recorder';
import { commandsToType } from './windows-commands';

const ELSEWHERE = 'Hinspector runs where there is no Event Tracing for Windows. The dialog shows the commands for the machine that is to be recorded; open what they write here.';

/** What the window asks of other programs. A recording lasts: its command is done when it has begun, and its file opens by itself. */
export class OthersCommands {
  /**
   * @param recorder undefined where there is no Windows
   * @param open shows a file beside the live recording
   */
  constructor(private readonly recorder: OthersRecorder | undefined, private readonly open: (file: string) => Promise<unknown>) {}

  async run(command: OthersCommand): Promise<CommandResult> {
    const { recorder } = this;
    if (recorder === undefined) return err({ kind: 'unavailable', api: command.kind === 'service-state' ? 'netsh' : 'logman', reason: ELSEWHERE });
    switch (command.kind) {
      case 'record-others': case 'service-state':
        if (recorder.busy) return err({ kind: 'unavailable', api: 'logman', reason: 'Another program is being recorded already: stop that first.' });
        this.begin(command.kind === 'record-others' ? recorder.record(command) : recorder.serviceState());
        return said('Windows asks for an administrator.');
      case 'stop-recording-others':
        await recorder.stop();
        return said('The recording ends; what it holds is opened next.');
      case 'dismiss-others':
        recorder.dismiss();
        return said('Dismissed.');
      default: return assertUnreachable(command);
    }
  }

  toType(plan: OthersPlan): CommandLines {
    return commandsToType(plan, this.recorder !== undefined);
  }

  private begin(recording: Promise<Result<string, string>>): void {
    // Why it failed stands in its progress.
    void recording.then((result) => (result.ok ? this.open(result.value) : undefined));
  }
}

function said(message: string): CommandResult {
  return ok({ handle: undefined, message });
}
