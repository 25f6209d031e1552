import { app, clipboard } from 'electron';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { errorMessage } from '../preload/contract/errors';
import type { Result } from '../preload/contract/result';
import { createEngine } from './engine/create-engine';
import { CommandRunner } from './inspector/command-runner';
import { Inspector } from './inspector/inspector';
import { createAboutHandlers } from './ipc/about-handlers';
import { CoreProgress } from './ipc/core-progress';
import { WindowBinding } from './ipc/electron-binding';
import { importOnThread } from './session/import-thread';
import { RecentFiles } from './session/desk/recent-files';
import { SavedMarks } from './session/desk/saved-marks';
import { problemWith } from './session/load';
import { saveSession } from './session/save';
import { GalleryPlayer } from './scenario/gallery-player';
import type { SweepEngine } from './scenario/sweep/sweep';
import { SweepPlayer } from './scenario/sweep/sweep-player';
import { parseAppArguments, USAGE, type AppArguments } from './shell/app-arguments';
import { chooseEngine, type ChosenEngine } from './shell/choose-engine';
import { OthersRecorder } from './shell/record-others/others-recorder';
import { runPowerShell } from './shell/record-others/run-powershell';
import { aboutHinspector } from './shell/about';
import { registerAppScheme, serveRenderer } from './shell/app-protocol';
import { JournalRetention } from './shell/journal-retention';
import { leaveInOrder } from './shell/leave';
import { lockDown, closeSession } from './shell/lockdown';
import { outliveFaults } from './shell/outlive-faults';
import { LiveJournal, recoverable } from './shell/recording';
import { Menus } from './shell/menu';
import { renewEngine } from './shell/renew-engine';
import { TourWatch } from './shell/tour-watch';
import { followAccent } from './shell/windows/follow-accent';
import { InspectorWindows } from './shell/windows/inspector-windows';
import { WindowStates } from './shell/windows/window-states';
import { AppUpdates, type Updater } from './updates/app-updates';
import { updateFeed, type UpdateFeed } from './updates/update-feed';
import type * as UpdaterBundle from './updates/updater';

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
  const userData = app.getPath('userData');
  const retention = new JournalRetention(path.join(userData, 'settings.json'), args.keep);
  const inspector = new Inspector(engine);
  const left = recoverable(retention.now).catch((failure: unknown) => {
    inspector.note('warning', `What crashes may have left could not be looked for: ${failure instanceof Error ? failure.message : String(failure)}`);
    return [];
  });
  const journal = new LiveJournal(inspector);
  const progress = new CoreProgress();
  const gallery = new GalleryPlayer(path.join(DIST, 'gallery'), inspector, (scenario) => {
    progress.tell({ scenario });
    if (scenario !== undefined) watch.progress(scenario, gallery.entries());
  });
  const sweeps = new SweepPlayer({
    gallery: () => gallery.entries(), engines: sweepEngines(another), changed: (sweep) => progress.tell({ sweep }),
    saveTrace: (probe, file) => saveSession(probe.trace, file, { application: app.getVersion(), engine: { kind: probe.engine.kind, description: probe.engine.description } }),
  });
  process.once('exit', () => sweeps.dispose());
  const menus = new Menus((id) => windows.give(id));
  const appUpdates = new AppUpdates(await feedOfThisCopy(), loadUpdater, (appUpdate) => progress.tell({ appUpdate }));
  progress.tell({ appUpdate: appUpdates.state });
  const commands = new CommandRunner(inspector, gallery, sweeps);
  const windows = new InspectorWindows({
    inspector, journal, progress, gallery, sweeps, left, menus, retention, renewable: restart !== undefined, newEngine: () => renewEngine(inspector, restart),
    commands,
    recorder: process.platform === 'win32' ? new OthersRecorder({ runScript: runPowerShell, temporary: app.getPath('temp'), every: 250, changed: (others) => progress.tell({ others }) }) : undefined,
    files: new RecentFiles(path.join(userData, 'recent.json')),
    runImport: importOnThread(path.join(DIST, 'electron', 'import-worker.cjs')),
    saved: new SavedMarks(), binding: new WindowBinding(),
    about: createAboutHandlers({
      about: () => aboutHinspector({
        version: app.getVersion(), engine, versions: process.versions, application: app.getAppPath(), notices: path.join(DIST, 'electron', 'notices.json'), runtime: path.dirname(process.execPath),
      }),
      takeUpdateStep: (step) => appUpdates.take(step), copyText: (text) => clipboard.writeText(text),
    }),
  }, new WindowStates(path.join(userData, 'windows.json')), path.join(DIST, 'preload', 'preload.cjs'));
  outliveFaults(inspector);
  followAccent((accent) => progress.tell({ accent }));
  leaveInOrder(windows, inspector, progress, { first: () => commands.answerer.stop(), last: () => appUpdates.leave() });
  // Made when everything it will ask for is there: a window that waits empty is taken for a page by those that drive it.
  const window = windows.openWindow({ tour: args.tour });
  const watch = new TourWatch(window.browser, window.desk, args);
  // While the page comes up: a long file shows how far it is.
  const opening = args.open === undefined ? undefined : window.desk.open(args.open);
  await window.load();
  const opened = await opening;
  if (opened?.ok === false) throw new Refused(errorMessage(opened.error));
  watch.shown();
}

/** The window's own kind of engine, and the documented behaviour to compare it with. */
function sweepEngines(own: SweepEngine): readonly SweepEngine[] {
  return own.name === 'portable' ? [own] : [own, { name: 'portable', create: () => createEngine('portable') }];
}

/** Where this copy of the application may look for newer versions, or why it may not. */
function feedOfThisCopy(): Promise<Result<UpdateFeed, string>> {
  const uninstaller = path.join(path.dirname(process.execPath), `Uninstall ${app.getName()}.exe`);
  return updateFeed({ packaged: app.isPackaged, platform: process.platform, config: path.join(process.resourcesPath, 'app-update.yml'), byInstaller: existsSync(uninstaller) });
}

/** Brings the bundle that a person has asked for by asking for updates. */
async function loadUpdater(feed: UpdateFeed): Promise<Updater> {
  // The bundle of exactly this module, which was built with this one.
  const { createUpdater } = createRequire(__filename)(path.join(DIST, 'electron', 'updater.cjs')) as typeof UpdaterBundle;
  return createUpdater(feed, { version: app.getVersion(), cache: path.join(app.getPath('userData'), 'updates') });
}

begin();
