import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import { CHANNELS } from '../../preload/contract/channels';
import type { Handlers } from './handlers';

/** The window's page and nothing else may ask: the main frame of this web contents, at the app's own address. */
function isOwnFrame(event: IpcMainInvokeEvent, contents: WebContents): boolean {
  const frame = event.senderFrame;
  return event.sender === contents && frame !== null && frame === contents.mainFrame && frame.url.startsWith('app://hinspector/');
}

/** Joins the bridge's channels to what answers them. The result undoes it. */
export function bindHandlers(handlers: Handlers, contents: WebContents): () => void {
  const bound: string[] = [];
  const bind = (channel: string, answer: (argument: unknown) => unknown): void => {
    bound.push(channel);
    ipcMain.handle(channel, (event, argument: unknown) => {
      if (!isOwnFrame(event, contents)) throw new Error('Only the window of Hinspector may ask.');
      return answer(argument);
    });
  };
  bind(CHANNELS.info, () => handlers.info());
  bind(CHANNELS.snapshot, () => handlers.snapshot());
  bind(CHANNELS.run, (command) => handlers.run(command));
  bind(CHANNELS.timeline, (query) => handlers.timeline(query));
  bind(CHANNELS.events, (query) => handlers.events(query));
  bind(CHANNELS.details, (target) => handlers.details(target));
  bind(CHANNELS.findings, () => handlers.findings());
  bind(CHANNELS.sweep, () => handlers.sweep());
  bind(CHANNELS.gallery, () => handlers.gallery());
  bind(CHANNELS.recent, () => handlers.recent());
  bind(CHANNELS.checkScenario, (text) => handlers.checkScenario(text));
  bind(CHANNELS.completeScenario, (question) => handlers.completeScenario(question));
  bind(CHANNELS.explainScenario, (question) => handlers.explainScenario(question));
  bind(CHANNELS.openScenario, () => handlers.openScenario());
  bind(CHANNELS.copyResults, (format) => handlers.copyResults(format));
  bind(CHANNELS.saveScenario, (request) => handlers.saveScenario(request));
  bind(CHANNELS.othersCommands, (plan) => handlers.othersCommands(plan));
  bind(CHANNELS.exportAs, (request) => handlers.exportAs(request));
  bind(CHANNELS.stopExchange, () => handlers.stopExchange());
  bind(CHANNELS.copyFinding, (finding) => handlers.copyFinding(finding));
  bind(CHANNELS.code, (request) => handlers.code(request));
  bind(CHANNELS.copy, (request) => handlers.copy(request));
  bind(CHANNELS.openPage, (address) => handlers.openPage(address));
  bind(CHANNELS.compare, () => handlers.compare());
  bind(CHANNELS.comparedRows, (query) => handlers.comparedRows(query));
  bind(CHANNELS.nextDifference, (query) => handlers.nextDifference(query));
  bind(CHANNELS.dropped, (path) => handlers.dropped(path));
  bind(CHANNELS.setTheme, (theme) => handlers.setTheme(theme));
  return () => { for (const channel of bound) ipcMain.removeHandler(channel); };
}
