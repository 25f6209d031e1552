import { app, clipboard, nativeTheme, shell, type BrowserWindow } from 'electron';
import path from 'node:path';
import type { LeftRecording } from '../../../preload/contract/bridge';
import { CHANNELS } from '../../../preload/contract/channels';
import type { CommandId } from '../../../preload/contract/command-catalog';
import type { CommandResult } from '../../../preload/contract/command';
import type { Update } from '../../../preload/contract/update';
import type { CommandRunner } from '../../inspector/command-runner';
import type { Inspector } from '../../inspector/inspector';
import type { CoreProgress } from '../../ipc/core-progress';
import type { AboutHandlers } from '../../ipc/about-handlers';
import { createCopyHandlers } from '../../ipc/copy-handlers';
import type { WindowBinding } from '../../ipc/electron-binding';
import { createExchangeHandlers } from '../../ipc/exchange-handlers';
import { bodyOf, createHandlers, type WindowCommander } from '../../ipc/handlers';
import { createScenarioHandlers } from '../../ipc/scenario-handlers';
import { UpdateStream } from '../../ipc/update-stream';
import type { GalleryPlayer } from '../../scenario/gallery-player';
import type { SweepPlayer } from '../../scenario/sweep/sweep-player';
import { Desk } from '../../session/desk/desk';
import type { RecentFiles } from '../../session/desk/recent-files';
import type { SavedMarks } from '../../session/desk/saved-marks';
import type { ImportRunner } from '../../session/loaded';
import { fileChoice, scenarioFileChoice } from '../file-choice';
import { fileDialogs } from '../file-dialogs';
import type { JournalRetention } from '../journal-retention';
import type { Menus } from '../menu';
import { reviveWindow } from '../outlive-faults';
import { OthersCommands } from '../record-others/others-commands';
import type { OthersRecorder } from '../record-others/others-recorder';
import { recentRecordings, type LiveJournal } from '../recording';
import { askMayServe } from '../serve-dialog';

/** What there is once, however many windows look at it. */
export interface Core {
  readonly inspector: Inspector;
  readonly commands: CommandRunner;
  readonly gallery: GalleryPlayer;
  readonly sweeps: SweepPlayer;
  /** Undefined where there is no Windows. */
  readonly recorder: OthersRecorder | undefined;
  readonly progress: CoreProgress;
  readonly journal: LiveJournal;
  readonly files: RecentFiles;
  /** Recordings that crashes have left. */
  readonly left: Promise<readonly LeftRecording[]>;
  readonly runImport: ImportRunner;
  /** What of the recordings is in files. */
  readonly saved: SavedMarks;
  readonly binding: WindowBinding;
  /** What answers the questions about the application itself. */
  readonly about: AboutHandlers;
  readonly menus: Menus;
  readonly retention: JournalRetention;
  /** Whether another engine can be started in place of one that has ended. */
  readonly renewable: boolean;
  readonly newEngine: () => Promise<CommandResult>;
}

/** What is one window's own: its desk with a file, its updates, and what answers its page. */
export class InspectorWindow {
  readonly desk: Desk;
  private readonly updates: UpdateStream;
  private readonly unbind: () => void;

  /**
   * @param number the lowest that was free, from 0
   * @param tour whether it begins with the tour
   */
  constructor(readonly browser: BrowserWindow, readonly number: number, core: Core, windows: WindowCommander, tour: boolean) {
    const { inspector, commands, gallery, sweeps, recorder, files, runImport, progress } = core;
    const { kind, description } = inspector.engine;
    const version = app.getVersion();
    const copyText = (text: string): void => { void clipboard.writeText(text); };
    const desk = new Desk(
      { trace: inspector.trace, referee: inspector.referee, by: { application: version, engine: { kind, description } } },
      { ...fileDialogs(browser), remember: (file) => { files.remember(file); app.addRecentDocument(path.resolve(file)); }, runImport },
      core.saved,
    );
    const updates = new UpdateStream(inspector, desk, (update) => this.tell(update), progress, () => core.journal.status);
    // What a crash left is offered once, and not by every window.
    const left = number === 0 ? core.left : Promise.resolve([]);
    const choose = fileChoice(browser);
    const handlers = createHandlers({
      desk, updates, commands, windows, gallery: () => gallery.load(), sweep: () => sweeps.answer(),
      others: new OthersCommands(recorder, (file) => desk.open(file)),
      recent: async () => recentRecordings(files, await core.left, core.journal.file),
      info: { version, platform: process.platform, window: number, tour, sweepEngines: sweeps.engines, renewable: core.renewable },
      left,
      setTheme: (theme) => { nativeTheme.themeSource = theme; },
      setKeys: (changes) => core.menus.setKeys(changes),
      popup: (request) => core.menus.popup(browser, request),
      newEngine: core.newEngine,
      retention: core.retention,
      copying: createCopyHandlers({
        desk, bodyOf: (request) => bodyOf(desk, commands, request), copyText, openAddress: (address) => shell.openExternal(address), version,
      }),
      exchange: createExchangeHandlers({
        desk, choose, runImport, copyText, progress: (exchange) => updates.exchangeProgress(exchange), version,
      }),
      writing: createScenarioHandlers({ choose: scenarioFileChoice(browser), latest: () => gallery.latest, copyText }),
      about: core.about,
      chooseBody: () => choose.any('Choose the body to send'),
      mayServe: (urlPrefix) => askMayServe(urlPrefix, browser),
    });
    this.desk = desk;
    this.updates = updates;
    this.unbind = core.binding.join(browser.webContents, handlers);
    reviveWindow(browser, inspector);
  }

  load(): Promise<void> {
    return this.browser.loadURL('app://hinspector/index.html');
  }

  /** Gives the page a command, as if the person had given it there. */
  give(id: CommandId): void {
    if (!this.browser.isDestroyed()) this.browser.webContents.send(CHANNELS.menuCommand, id);
  }

  /** Whether it may go: notes on its file that no file holds are asked about. */
  mayLeave(): Promise<boolean> {
    return this.desk.mayLeave();
  }

  dispose(): void {
    this.unbind();
    this.updates.dispose();
    this.desk.dispose();
  }

  private tell(update: Update): void {
    if (!this.browser.isDestroyed() && !this.browser.webContents.isCrashed()) this.browser.webContents.send(CHANNELS.update, update);
  }
}
