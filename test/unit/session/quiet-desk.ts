import type { Inspector } from '../../../electron/inspector/inspector';
import { Desk } from '../../../electron/session/desk/desk';

/** The desk of a window that nobody sits before: a dialog is left without an answer. */
export function quietDesk({ trace, referee, engine: { kind, description } }: Inspector): Desk {
  return new Desk(
    { trace, referee, by: { application: '0', engine: { kind, description } } },
    { chooseOpen: async () => undefined, chooseSave: async () => undefined, askUnsaved: async () => 'cancel', remember: () => undefined },
  );
}
