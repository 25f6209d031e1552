import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import { CHANNELS } from '../../preload/contract/channels';
import type { Handlers } from './handlers';

type Asking = Exclude<keyof typeof CHANNELS, 'update' | 'menuCommand'>;

/** What answers each channel; one that is added to the bridge does not compile without. */
const ANSWERS: { readonly [K in Asking]: (handlers: Handlers, argument: unknown) => unknown } = {
  info: (handlers) => handlers.info(),
  snapshot: (handlers) => handlers.snapshot(),
  run: (handlers, command) => handlers.run(command),
  timeline: (handlers, query) => handlers.timeline(query),
  events: (handlers, query) => handlers.events(query),
  details: (handlers, target) => handlers.details(target),
  httpExchange: (handlers, query) => handlers.httpExchange(query),
  findings: (handlers) => handlers.findings(),
  sweep: (handlers) => handlers.sweep(),
  gallery: (handlers) => handlers.gallery(),
  recent: (handlers) => handlers.recent(),
  checkScenario: (handlers, text) => handlers.checkScenario(text),
  completeScenario: (handlers, question) => handlers.completeScenario(question),
  explainScenario: (handlers, question) => handlers.explainScenario(question),
  openScenario: (handlers) => handlers.openScenario(),
  copyResults: (handlers, format) => handlers.copyResults(format),
  saveScenario: (handlers, request) => handlers.saveScenario(request),
  othersCommands: (handlers, plan) => handlers.othersCommands(plan),
  answerRules: (handlers, queue) => handlers.answerRules(queue),
  chooseBodyFile: (handlers) => handlers.chooseBodyFile(),
  exportAs: (handlers, request) => handlers.exportAs(request),
  stopExchange: (handlers) => handlers.stopExchange(),
  copyFinding: (handlers, finding) => handlers.copyFinding(finding),
  code: (handlers, request) => handlers.code(request),
  copy: (handlers, request) => handlers.copy(request),
  openPage: (handlers, address) => handlers.openPage(address),
  about: (handlers) => handlers.about(),
  copyAbout: (handlers, request) => handlers.copyAbout(request),
  appUpdate: (handlers, step) => handlers.appUpdate(step),
  compare: (handlers) => handlers.compare(),
  comparedRows: (handlers, query) => handlers.comparedRows(query),
  nextDifference: (handlers, query) => handlers.nextDifference(query),
  dropped: (handlers, path) => handlers.dropped(path),
  setTheme: (handlers, theme) => handlers.setTheme(theme),
  retention: (handlers) => handlers.retention(),
  setRetention: (handlers, count) => handlers.setRetention(count),
  contextMenu: (handlers, request) => handlers.contextMenu(request),
  setKeys: (handlers, changes) => handlers.setKeys(changes),
};

/** Joins the bridge's channels to what answers them: for every window its own. */
export class WindowBinding {
  private readonly handlers = new WeakMap<WebContents, Handlers>();

  constructor() {
    // Object.keys tells no better than that they are names.
    for (const name of Object.keys(ANSWERS) as Asking[]) {
      ipcMain.handle(CHANNELS[name], (event, argument: unknown) => ANSWERS[name](this.of(event), argument));
    }
  }

  /** The page of this window is answered from now on. The result ends it. */
  join(contents: WebContents, handlers: Handlers): () => void {
    this.handlers.set(contents, handlers);
    return () => this.handlers.delete(contents);
  }

  /** A window's page and nothing else may ask: the main frame of a web contents that was joined, at the app's own address. */
  private of({ sender, senderFrame }: IpcMainInvokeEvent): Handlers {
    const handlers = this.handlers.get(sender);
    const own = senderFrame !== null && senderFrame === sender.mainFrame && senderFrame.url.startsWith('app://hinspector/');
    if (handlers === undefined || !own) throw new Error('Only the window of Hinspector may ask.');
    return handlers;
  }
}
