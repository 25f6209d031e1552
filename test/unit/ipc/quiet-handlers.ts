import type { CommandRunner } from '../../../electron/inspector/command-runner';
import { createAboutHandlers } from '../../../electron/ipc/about-handlers';
import { createCopyHandlers } from '../../../electron/ipc/copy-handlers';
import { createScenarioHandlers } from '../../../electron/ipc/scenario-handlers';
import { createExchangeHandlers } from '../../../electron/ipc/exchange-handlers';
import { createHandlers, type HandlerParts, type Handlers, type RecordingKeeper, type WindowCommander } from '../../../electron/ipc/handlers';
import type { UpdateStream } from '../../../electron/ipc/update-stream';
import type { About } from '../../../preload/contract/about';
import { err } from '../../../preload/contract/result';
import type { Desk } from '../../../electron/session/desk/desk';
import { OthersCommands } from '../../../electron/shell/record-others/others-commands';

function madeUp(): About {
  return {
    version: '0', build: undefined, electron: '0', chrome: '0', node: '0', v8: '0', koffi: '0', engine: 'test', system: 'test', licence: 'Its own terms.', runtimeLicences: [],
    packages: [{ name: 'a-package', version: '1', licence: 'MIT', author: '', page: '', text: 'Terms of a package.' }],
  };
}

/** Remembers nothing. */
export const NO_RETENTION: RecordingKeeper = { answer: { keep: 20, given: undefined }, keep: (count) => ({ keep: count, given: undefined }) };

/** Where there is one window and no way to another. */
export const NO_WINDOWS: WindowCommander = { run: () => ({ ok: false, error: { kind: 'unavailable', api: 'New window', reason: 'There are no windows in this test.' } }) };

/** The handlers of a window that nobody sits before: a question is answered with no, or not at all. */
export function quietHandlers(desk: Desk, commands: CommandRunner, updates: UpdateStream, more: Partial<HandlerParts> = {}): Handlers {
  return createHandlers({
    desk, commands, updates, others: new OthersCommands(undefined, async () => undefined), gallery: async () => [], sweep: () => undefined, recent: async () => [],
    windows: NO_WINDOWS, info: { version: '0', platform: 'test', window: 0, tour: false, sweepEngines: ['portable'], renewable: false }, left: Promise.resolve([]), setTheme: () => undefined, setKeys: () => undefined, popup: async () => undefined, retention: NO_RETENTION, newEngine: async () => ({ ok: false, error: { kind: 'unavailable', api: 'A new engine', reason: 'none' } }), mayServe: async () => false, chooseBody: async () => undefined,
    copying: createCopyHandlers({ desk, bodyOf: () => new Uint8Array(), copyText: () => undefined, openAddress: async () => undefined, version: '0' }),
    writing: createScenarioHandlers({ choose: { open: async () => undefined, save: async () => undefined }, latest: () => undefined, copyText: () => undefined }),
    exchange: createExchangeHandlers({ desk, choose: { save: async () => undefined, open: async () => undefined, any: async () => undefined }, copyText: () => undefined, progress: () => undefined, version: '0' }),
    about: createAboutHandlers({ about: async () => madeUp(), takeUpdateStep: async () => err('This copy looks for no updates.'), copyText: () => undefined }),
    ...more,
  });
}
