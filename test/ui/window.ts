import { expect, test as base, type Locator, type Page } from '@playwright/test';
import type { Update } from '../../preload/contract/update';
import type { CommandId } from '../../preload/contract/command-catalog';
import { RealCore } from './real-core';

/** The page of the application over a bridge to the real core in the test's own process. */
export class InspectorWindow {
  readonly core: RealCore;
  readonly #page: Page;
  #open = false;
  readonly errors: string[] = [];
  readonly #held = new Map<string, Promise<void>>();

  constructor(page: Page, tour = false, gallery?: string) {
    this.#page = page;
    this.core = new RealCore((update) => this.tell(update), tour, gallery);
    page.on('pageerror', (error) => this.errors.push(error.message));
    page.on('console', (message) => { if (message.type() === 'error') this.errors.push(message.text()); });
  }

  /** What of every update is told otherwise, from now on: an engine of this process cannot really be lost. */
  amend: (update: Update) => Update = (update) => update;

  /** Sends an update to the page as the preload would. */
  tell(update: Update): void {
    if (!this.#open) return;
    // A page that closes while an update is under way is the end of the test and no fault.
    void this.#page.evaluate((told) => window.dispatchEvent(new CustomEvent('test-update', { detail: told })), this.amend(update)).catch(() => {});
  }

  /** Lets a bridge method answer only when the promise does, or fail as it does. */
  hold(method: keyof RealCore['handlers'], until: Promise<void>): void {
    until.catch(() => {});
    this.#held.set(method, until);
  }

  async open(): Promise<void> {
    const { handlers } = this.core;
    const methods = {
      info: handlers.info, snapshot: handlers.snapshot, run: handlers.run, timeline: handlers.timeline, events: handlers.events,
      details: handlers.details, httpExchange: handlers.httpExchange, findings: handlers.findings, sweep: handlers.sweep, gallery: handlers.gallery, checkScenario: handlers.checkScenario, completeScenario: handlers.completeScenario, explainScenario: handlers.explainScenario,
      openScenario: handlers.openScenario, saveScenario: handlers.saveScenario, copyResults: handlers.copyResults, recent: handlers.recent, othersCommands: handlers.othersCommands,
      exportAs: handlers.exportAs, stopExchange: handlers.stopExchange, copyFinding: handlers.copyFinding,
      answerRules: handlers.answerRules, chooseBodyFile: handlers.chooseBodyFile,
      code: handlers.code, copy: handlers.copy, openPage: handlers.openPage,
      about: handlers.about, copyAbout: handlers.copyAbout, appUpdate: handlers.appUpdate,
      compare: handlers.compare, comparedRows: handlers.comparedRows, nextDifference: handlers.nextDifference, setTheme: handlers.setTheme, setKeys: handlers.setKeys, contextMenu: handlers.contextMenu, retention: handlers.retention, setRetention: handlers.setRetention,
    };
    // One function for all of them: each that is exposed costs its way to the page and back.
    const byName = new Map<string, (argument: never) => unknown>(Object.entries(methods));
    await this.#page.exposeFunction('askBridge', async (name: string, argument: never) => {
      await this.#held.get(name);
      return byName.get(name)?.(argument);
    });
    await this.#page.addInitScript((names) => {
      const listen = (type: string) => (listener: (detail: unknown) => void) => {
        const hear = (event: Event): void => listener((event as CustomEvent).detail);
        window.addEventListener(type, hear);
        return () => window.removeEventListener(type, hear);
      };
      const bound = names.map((name): [string, unknown] => [name, (argument: unknown) => Reflect.get(window, 'askBridge')(name, argument)]);
      Object.defineProperty(window, 'inspector', {
        value: { ...Object.fromEntries(bound), onUpdate: listen('test-update'), onMenuCommand: listen('test-menu'), onFileDrop: listen('test-drop') },
        // A test may listen in.
        configurable: true,
      });
    }, Object.keys(methods));
    await this.#page.goto('./');
    this.#open = true;
    await this.settled();
    // What happened while the page was loading.
    this.tell(handlers.snapshot());
    await this.settled();
  }

  /** Chooses a command in the application menu. */
  async menu(id: CommandId): Promise<void> {
    await this.#page.evaluate((chosen) => window.dispatchEvent(new CustomEvent('test-menu', { detail: chosen })), id);
  }

  /** Waits until everything that is known has been drawn. */
  async settled(): Promise<void> {
    await expect(this.#page.locator('body')).toHaveAttribute('data-idle', 'true');
  }

  row(name: string | RegExp): Locator {
    return this.#page.getByRole('treeitem', { name });
  }

  events(): Locator {
    return this.#page.getByRole('listbox', { name: /^Events/ }).getByRole('option');
  }

  dialog(): Locator {
    return this.#page.getByRole('dialog');
  }

  async newClient(url: string, change: { readonly method?: string; readonly context?: 'NULL'; readonly mode?: 'Synchronous'; readonly paused?: true } = {}): Promise<void> {
    await this.#page.getByRole('button', { name: 'New client' }).first().click();
    const dialog = this.dialog();
    await dialog.getByLabel('URL').fill(url);
    if (change.method !== undefined) await dialog.getByLabel('Method').fill(change.method);
    if (change.context !== undefined) await dialog.getByLabel(change.context, { exact: true }).check();
    if (change.mode !== undefined) await dialog.getByLabel(change.mode, { exact: true }).check();
    await dialog.getByRole('button', { name: 'Send request' }).click();
    await expect(dialog).toBeHidden();
    // The answer of the command and the node it speaks of come by different ways: what follows may need both.
    if (change.paused === true) return;
    const { pathname, search } = new URL(url);
    await expect(this.#page.getByRole('treeitem', { selected: true }).filter({ hasText: `${pathname}${search}` })).toBeVisible();
  }
}

interface Fixtures {
  readonly inspector: InspectorWindow;
}

/** One window over one core a test; a page that logs an error fails its test. */
export const test = base.extend<Fixtures>({
  inspector: async ({ page }, use) => {
    const inspector = new InspectorWindow(page);
    await use(inspector);
    await inspector.core.dispose();
    expect(inspector.errors, 'the page logs no error').toEqual([]);
  },
});

export { expect };
