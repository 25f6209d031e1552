import { app, type BrowserWindow } from 'electron';
import type { CommandResult, WindowCommand } from '../../../preload/contract/command';
import type { CommandId } from '../../../preload/contract/command-catalog';
import { assertUnreachable, err, ok } from '../../../preload/contract/result';
import { createWindow } from './create-window';
import { InspectorWindow, type Core } from './inspector-window';
import type { WindowStates } from './window-states';

/** A person has use for a few; a page that runs somebody else's code could ask for more than the machine can bear. */
const MOST_WINDOWS = 16;

/**
 * The windows on one recording. What is recorded, commands, annotations and scenarios are one for all of them; a selection,
 * a filter, a view and an opened file are each window's own.
 */
export class InspectorWindows {
  private readonly open = new Map<number, InspectorWindow>();
  /** The one that was used last, last. */
  private used: readonly InspectorWindow[] = [];
  /** Those that a person is being asked about. */
  private readonly going = new Set<InspectorWindow>();

  constructor(private readonly core: Core, private readonly states: WindowStates, private readonly preload: string) {}

  get all(): readonly InspectorWindow[] {
    return [...this.open.values()];
  }

  /** @param first whether it is the one that the application starts with, and begins with the tour @param beside the window that asks for it */
  openWindow(first: { readonly tour: boolean } | undefined, beside?: BrowserWindow): InspectorWindow {
    const number = Array.from({ length: MOST_WINDOWS }, (_, slot) => slot).find((slot) => !this.open.has(slot)) ?? this.open.size;
    const browser = createWindow(this.preload, number, this.states, beside);
    const window = new InspectorWindow(browser, number, this.core, { run: (command) => this.run(command, window) }, first?.tour ?? false);
    this.open.set(number, window);
    this.used = [...this.used, window];
    browser.on('focus', () => { this.used = [...this.used.filter((one) => one !== window), window]; });
    browser.on('close', (event) => this.closing(window, event));
    return window;
  }

  /** Gives a command of the application menu to the window that is used. */
  give(id: CommandId): void {
    this.used.at(-1)?.give(id);
  }

  /** Whether the application may leave: asked of every window, in its own words, until one says no. */
  async mayLeave(): Promise<boolean> {
    for (const window of this.all) {
      if (!(await window.mayLeave())) return false;
    }
    return true;
  }

  dispose(): void {
    for (const window of this.all) window.dispose();
  }

  /** The last window is the application: closing it and quitting are the same. Any other goes by itself. */
  private closing(window: InspectorWindow, event: Electron.Event): void {
    event.preventDefault();
    if (this.going.has(window)) return;
    if (this.open.size - this.going.size <= 1) {
      app.quit();
      return;
    }
    this.going.add(window);
    void window.mayLeave().then((may) => {
      this.going.delete(window);
      if (!may) return;
      window.dispose();
      this.open.delete(window.number);
      this.used = this.used.filter((one) => one !== window);
      window.browser.destroy();
    });
  }

  private run(command: WindowCommand, asking: InspectorWindow): CommandResult {
    switch (command.kind) {
      case 'new-window':
        if (this.open.size >= MOST_WINDOWS) return err({ kind: 'unavailable', api: 'New window', reason: `There are ${MOST_WINDOWS} windows already: close one of them first.` });
        void this.openWindow(undefined, asking.browser).load();
        return done('Another window shows the same recording.');
      case 'close-window':
        // Answered first: a window that is gone cannot be told anything.
        setImmediate(() => { if (!asking.browser.isDestroyed()) asking.browser.close(); });
        return done('The window closes.');
      case 'magnify': {
        const factor = this.states.magnify(command.step);
        // Chromium has one zoom for an address, and all windows have the same one.
        asking.browser.webContents.setZoomFactor(factor);
        return done(`Everything is shown at ${Math.round(factor * 100)} %.`);
      }
      default: return assertUnreachable(command);
    }
  }
}

function done(message: string): CommandResult {
  return ok({ handle: undefined, message });
}
