import { app, clipboard, Menu, nativeTheme, shell } from 'electron';
import path from 'node:path';
import { CHANNELS } from '../preload/contract/channels';
import { errorMessage } from '../preload/contract/errors';
import type { ScenarioProgress } from '../preload/contract/update';
import { createEngine } from './engine/create-engine';
import { CommandRunner } from './inspector/command-runner';
import { Inspector } from './inspector/inspector';
import { bindHandlers } from './ipc/electron-binding';
import { createCopyHandlers } from './ipc/copy-handlers';
import { createScenarioHandlers } from './ipc/scenario-handlers';
import { createExchangeHandlers } from './ipc/exchange-handlers';
import { bodyOf, createHandlers } from './ipc/handlers';
import { UpdateStream } from './ipc/update-stream';
import { importOnThread } from './session/import-thread';
import { Desk } from './session/desk/desk';
import { RecentFiles } from './session/desk/recent-files';
import { problemWith } from './session/load';
import { saveSession } from './session/save';
import { GalleryPlayer } from './scenario/gallery-player';
import type { SweepEngine } from './scenario/sweep/sweep';
import { SweepPlayer } from './scenario/sweep/sweep-player';
import { parseAppArguments, USAGE, type AppArguments } from './shell/app-arguments';
import { chooseEngine, type ChosenEngine } from './shell/choose-engine';
import { OthersCommands } from './shell/record-others/others-commands';
import { OthersRecorder } from './shell/record-others/others-recorder';
import { runPowerShell } from './shell/record-others/run-powershell';
import { registerAppScheme, serveRenderer } from './shell/app-protocol';
import { fileDialogs } from './shell/file-dialogs';
import { fileChoice, scenarioFileChoice } from './shell/file-choice';
import { askMayServe } from './shell/serve-dialog';
import { leaveInOrder } from './shell/leave';
import { lockDown, closeSession } from './shell/lockdown';
import { outliveFaults } from './shell/outlive-faults';
import { keepJournal, recentRecordings, recoverable } from './shell/recording';
import { buildMenu } from './shell/menu';
import { TourWatch } from './shell/tour-watch';
import { createWindow } from './shell/window';

/** Beside this bundle: dist/electron/main.cjs, dist/preload, dist/renderer, dist/gallery. */
const DIST = path.resolve(__dirname, '..');

/** A start that was asked for wrongly: said in its own words, without a stack, and left with 2 as a usage error. */
class Refused extends Error {}

function begin(): void {
  const args = parseAppArguments(process.argv.slice(1), process.platform);
  if (args.ok) {
    registerAppScheme();
    lockDown();
  }
  void app.whenReady().then(async () => {
    if (!args.ok) throw new Refused(`${args.error}\n\n${USAGE}`);
    const engine = await chooseEngine(args.value, DIST);
    if (!engine.ok) throw new Refused(engine.error);
    await open(args.value, engine.value);
  }).catch((fault: unknown) => {
    // A fault before there is a window to tell of it: said where it can be read, and not hung on.
    const words = fault instanceof Refused ? fault.message : `Hinspector could not start: ${fault instanceof Error ? fault.stack ?? fault.message : String(fault)}`;
    process.stderr.write(`${words}\n`);
    app.exit(fault instanceof Refused ? 2 : 1);
  });
}

async function open(args: AppArguments, { engine, restart, another }: ChosenEngine): Promise<void> {
  closeSession();
  serveRenderer(path.join(DIST, 'renderer'));
  const problem = args.open === undefined ? undefined : await problemWith(args.open);
  if (problem !== undefined) throw new Refused(problem);
  const left = await recoverable(args.keep);
  const inspector = new Inspector(engine);
  const journal = keepJournal(inspector);
  const files = new RecentFiles(path.join(app.getPath('userData'), 'recent.json'));
  const { kind, description } = engine;
  const runImport = importOnThread(path.join(DIST, 'electron', 'import-worker.cjs'));
  const desk = new Desk(
    { trace: inspector.trace, referee: inspector.referee, by: { application: app.getVersion(), engine: { kind, description } } },
    { ...fileDialogs(), remember: (file) => { files.remember(file); app.addRecentDocument(path.resolve(file)); }, runImport },
  );
  // Made when everything it will ask for is there: a window that waits empty is taken for a page by those that drive it.
  const window = createWindow(path.join(DIST, 'preload', 'preload.cjs'));
  const updates = new UpdateStream(inspector, desk, (update) => { if (!window.isDestroyed() && !window.webContents.isCrashed()) window.webContents.send(CHANNELS.update, update); }, journal);
  outliveFaults(window, inspector);
  const watch = new TourWatch(window, desk, args);
  const gallery = new GalleryPlayer(path.join(DIST, 'gallery'), inspector, (progress: ScenarioProgress | undefined) => {
    updates.scenarioProgress(progress);
    if (progress !== undefined) watch.progress(progress, gallery.entries());
  });
  const sweeps = new SweepPlayer({
    gallery: () => gallery.entries(), engines: sweepEngines(another), changed: (status) => updates.sweepProgress(status),
    saveTrace: (probe, file) => saveSession(probe.trace, file, { application: app.getVersion(), engine: { kind: probe.engine.kind, description: probe.engine.description } }),
  });
  process.once('exit', () => sweeps.dispose());
  const others = new OthersCommands(
    process.platform === 'win32' ? new OthersRecorder({ runScript: runPowerShell, temporary: app.getPath('temp'), every: 250, changed: (progress) => updates.othersProgress(progress) }) : undefined,
    (file) => desk.open(file),
  );
  const commands = new CommandRunner(inspector, gallery, sweeps);
  const handlers = createHandlers({
    others,
    desk, updates, commands, gallery: () => gallery.load(), sweep: () => sweeps.answer(),
    recent: () => recentRecordings(files, left),
    info: { version: app.getVersion(), platform: process.platform, tour: args.tour, left, sweepEngines: sweeps.engines }, setTheme: (theme) => { nativeTheme.themeSource = theme; },
    copying: createCopyHandlers({
      desk, bodyOf: (request) => bodyOf(desk, commands, request), copyText: (text) => clipboard.writeText(text), openAddress: (address) => shell.openExternal(address), version: app.getVersion(),
    }),
    exchange: createExchangeHandlers({
      desk, choose: fileChoice(window), runImport, copyText: (text) => clipboard.writeText(text), progress: (progress) => updates.exchangeProgress(progress), version: app.getVersion(),
    }),
    writing: createScenarioHandlers({ choose: scenarioFileChoice(window), latest: () => gallery.latest, copyText: (text) => clipboard.writeText(text) }),
    mayServe: askMayServe,
  });
  bindHandlers(handlers, window.webContents);
  Menu.setApplicationMenu(buildMenu((id) => window.webContents.send(CHANNELS.menuCommand, id), restart && (() => void renewEngine(inspector, restart))));
  window.once('ready-to-show', () => window.show());
  leaveInOrder(window, inspector, updates, () => desk.mayLeave());
  // While the page comes up: a long file shows how far it is.
  const opening = args.open === undefined ? undefined : desk.open(args.open);
  await window.loadURL('app://hinspector/index.html');
  const opened = await opening;
  if (opened?.ok === false) throw new Refused(errorMessage(opened.error));
  watch.shown();
}

/** The window's own kind of engine, and the documented behaviour to compare it with. */
function sweepEngines(own: SweepEngine): readonly SweepEngine[] {
  return own.name === 'portable' ? [own] : [own, { name: 'portable', create: () => createEngine('portable') }];
}

/** Takes a new engine in place of a lost one; what was recorded stays. */
async function renewEngine(inspector: Inspector, restart: NonNullable<ChosenEngine['restart']>): Promise<void> {
  if (inspector.lost === undefined) {
    inspector.note('info', 'The engine is still there: a new one is started only in place of one that has ended.');
    return;
  }
  const started = await restart();
  if (!started.ok) inspector.note('error', started.error);
}

begin();
