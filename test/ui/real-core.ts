import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { PortableEngine } from '../../electron/engine/portable/portable-engine';
import { CommandRunner } from '../../electron/inspector/command-runner';
import { Inspector } from '../../electron/inspector/inspector';
import { createAboutHandlers } from '../../electron/ipc/about-handlers';
import { createCopyHandlers } from '../../electron/ipc/copy-handlers';
import { createScenarioHandlers } from '../../electron/ipc/scenario-handlers';
import { createExchangeHandlers } from '../../electron/ipc/exchange-handlers';
import { bodyOf, createHandlers, type Handlers } from '../../electron/ipc/handlers';
import { CoreProgress } from '../../electron/ipc/core-progress';
import { UpdateStream } from '../../electron/ipc/update-stream';
import { GalleryPlayer } from '../../electron/scenario/gallery-player';
import { syntheticTrace, type SyntheticTrace } from '../../electron/trace/synthetic';
import { SweepPlayer } from '../../electron/scenario/sweep/sweep-player';
import { saveSession } from '../../electron/session/save';
import { aboutHinspector } from '../../electron/shell/about';
import { OthersCommands } from '../../electron/shell/record-others/others-commands';
import { AppUpdates } from '../../electron/updates/app-updates';
import { createUpdater } from '../../electron/updates/updater';
import { Desk } from '../../electron/session/desk/desk';
import type { CommandId } from '../../preload/contract/command-catalog';
import type { ContextMenuRequest } from '../../preload/contract/context-menu';
import type { KeyChanges } from '../../preload/contract/command-keys';
import type { HandleNode } from '../../preload/contract/handle';
import type { WindowCommand } from '../../preload/contract/command';
import { err, ok } from '../../preload/contract/result';
import type { Retention } from '../../preload/contract/retention';
import type { RecentRecording } from '../../preload/contract/session';
import type { Update } from '../../preload/contract/update';
import { VoicedEngine } from '../unit/inspector/voiced-engine';
import type { LocalFeed } from '../unit/updates/local-feed';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const GALLERY = fileURLToPath(new URL('../../electron/scenario/gallery/', import.meta.url));

/** How many recordings stay, without a disk. */
class KeptInMemory {
  answer: Retention = { keep: 20, given: undefined };

  keep(count: number): Retention {
    this.answer = { ...this.answer, keep: count };
    return this.answer;
  }
}

/** What stands behind the bridge in the application, without Electron: the real engine, inspector, gallery and handlers. */
export class RealCore {
  readonly engine = new VoicedEngine();
  readonly inspector = new Inspector(this.engine);
  /** What the person answers when a dialog of the system asks. */
  readonly answers: { open: string | undefined; save: string | undefined; unsaved: 'save' | 'discard' | 'cancel'; serve: boolean } = { open: undefined, save: undefined, unsaved: 'discard', serve: false };
  readonly recent: RecentRecording[] = [];
  readonly desk = new Desk(
    { trace: this.inspector.trace, referee: this.inspector.referee, by: { application: '0.1.0', engine: { kind: this.engine.kind, description: this.engine.description } } },
    { chooseOpen: async () => this.answers.open, chooseSave: async () => this.answers.save, askUnsaved: async () => this.answers.unsaved, remember: () => undefined },
  );
  readonly handlers: Handlers;
  /** What was asked of the windows. */
  readonly windowCommands: WindowCommand[] = [];
  readonly themes: string[] = [];
  readonly retention = new KeptInMemory();
  /** The context menus of the system that were asked for, and what the person of the test chooses in them. */
  readonly menus: ContextMenuRequest[] = [];
  chosen: CommandId | undefined;
  /** The keys that main was told last. */
  keys: KeyChanges = {};
  readonly clipboard: string[] = [];
  /** Addresses that were opened in the browser. */
  readonly pages: string[] = [];
  /** Where the person of the test saves files; undefined for one who thinks better of it. */
  folder: string | undefined;
  /** The file that the person of the test chooses to send. */
  body: string | undefined;
  /** The file that the person of the test opens. */
  opened: string | undefined;
  readonly #updates: UpdateStream;
  readonly #servers: Server[] = [];
  readonly #ends: (() => Promise<void>)[] = [];
  readonly #sweeps: SweepPlayer;
  readonly #progress = new CoreProgress();
  #appUpdates: AppUpdates;

  /** `gallery` is a folder of scenarios; without it the application's own. */
  constructor(send: (update: Update) => void, tour = false, gallery = GALLERY) {
    const progress = this.#progress;
    this.#updates = new UpdateStream(this.inspector, this.desk, send, progress);
    const player = new GalleryPlayer(path.resolve(gallery), this.inspector, (scenario) => progress.tell({ scenario }));
    this.#sweeps = new SweepPlayer({
      gallery: () => player.entries(), engines: [{ name: 'portable', create: () => ok(new PortableEngine()) }], changed: (sweep) => progress.tell({ sweep }),
      saveTrace: ({ trace }, file) => saveSession(trace, file, { application: 'test', engine: { kind: 'portable', description: 'test' } }),
    });
    const commands = new CommandRunner(this.inspector, player, this.#sweeps);
    this.#appUpdates = this.#updatesFrom(err('This copy runs from its sources: update those instead.'));
    this.handlers = createHandlers({
      desk: this.desk, others: new OthersCommands(undefined, (file) => this.desk.open(file)), recent: async () => this.recent, updates: this.#updates, commands, gallery: () => player.load(), sweep: () => this.#sweeps.answer(),
      windows: { run: (command) => { this.windowCommands.push(command); return ok({ handle: undefined, message: 'Done.' }); } },
      info: { version: '0.1.0', platform: process.platform, window: 0, tour, sweepEngines: this.#sweeps.engines, renewable: false }, left: Promise.resolve([]), setTheme: (theme) => { this.themes.push(theme); }, setKeys: (changes) => { this.keys = changes; },
      retention: this.retention,
      popup: async (request) => { this.menus.push(request); return this.chosen; },
      newEngine: async () => ({ ok: false, error: { kind: 'unavailable', api: 'A new engine', reason: 'the test has none.' } }), mayServe: async () => this.answers.serve, chooseBody: async () => this.body,
      copying: createCopyHandlers({
        desk: this.desk, bodyOf: (request) => bodyOf(this.desk, commands, request), copyText: (text) => { this.clipboard.push(text); },
        openAddress: async (address) => { this.pages.push(address); }, version: '0.1.0',
      }),
      writing: createScenarioHandlers({
        choose: { save: async (name) => (this.folder === undefined ? undefined : path.join(this.folder, name)), open: async () => this.opened },
        latest: () => player.latest, copyText: (text) => { this.clipboard.push(text); },
      }),
      about: createAboutHandlers({
        about: () => aboutHinspector({
          version: '0.1.0', engine: this.engine, versions: { ...process.versions, electron: '45.4.1', chrome: '150.0.7871.24' }, application: ROOT, notices: path.join(ROOT, 'dist', 'electron', 'notices.json'), runtime: path.join(ROOT, 'node_modules', 'electron'),
        }),
        takeUpdateStep: (step) => this.#appUpdates.take(step), copyText: (text) => { this.clipboard.push(text); },
      }),
      exchange: createExchangeHandlers({
        desk: this.desk, version: '0.1.0', copyText: (text) => { this.clipboard.push(text); }, progress: (progress) => this.#updates.exchangeProgress(progress),
        choose: { save: async (_title, name) => (this.folder === undefined ? undefined : path.join(this.folder, name)), open: async () => this.opened, any: async () => undefined },
      }),
    });
  }

  /** Makes this a copy that was installed from a signed package of a feed. */
  async installedFrom(feed: LocalFeed): Promise<void> {
    this.#appUpdates = this.#updatesFrom(ok(await feed.known()));
  }

  #updatesFrom(feed: ConstructorParameters<typeof AppUpdates>[0]): AppUpdates {
    const updates = new AppUpdates(
      feed, async (known) => createUpdater(known, { version: '0.1.0', cache: path.dirname(known.file), verify: async () => undefined }), (appUpdate) => this.#progress.tell({ appUpdate }),
    );
    this.#progress.tell({ appUpdate: updates.state });
    return updates;
  }

  /** A plain HTTP server of the test's own. The answer is its origin. */
  async peer(listener: RequestListener): Promise<string> {
    const server = createServer(listener);
    this.#servers.push(server);
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    // A TCP server that listens has an address of this kind.
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** A peer that takes the request and never answers. */
  silent(): Promise<string> {
    return this.peer(() => {});
  }

  /** Records a busy client that was never there: before anything else, for its handles have the first ids. */
  fill(shape: SyntheticTrace): void {
    for (const event of syntheticTrace(shape)) this.inspector.trace.append(event);
    this.inspector.trace.continueNow();
  }

  /** Done when the test is over. */
  atEnd(end: () => Promise<void>): void {
    this.#ends.push(end);
  }

  nodes(): readonly HandleNode[] {
    return [...this.inspector.trace.tree.all()];
  }

  node(label: string): HandleNode {
    const found = this.nodes().filter((node) => node.label === label);
    const last = found.at(-1);
    if (last === undefined) throw new Error(`no handle is called ${label}: ${this.nodes().map((node) => node.label).join(', ')}`);
    return last;
  }

  async dispose(): Promise<void> {
    this.#updates.dispose();
    this.#sweeps.dispose();
    for (const end of this.#ends) await end();
    await this.engine.dispose();
    for (const server of this.#servers) server.closeAllConnections();
    await Promise.all(this.#servers.map((server) => new Promise((resolve) => { server.close(resolve); })));
  }
}
