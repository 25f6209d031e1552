import { app, type BrowserWindow } from 'electron';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { GalleryEntry, ScenarioProgress } from '../../preload/contract/update';
import type { Desk } from '../session/desk/desk';
import { saveSession } from '../session/save';
import type { AppArguments } from './app-arguments';

/** How long the last news may take to reach the window, in milliseconds. */
const SETTLE_MS = 1500;
/** How often the page is asked whether it has drawn everything, and how long it may take, in milliseconds. */
const DRAWN_POLL_MS = 100;
const DRAWN_WITHIN_MS = 20_000;

/**
 * Follows a start that nobody sits before: once the last scenario of the tour has ended, leaves the picture, the trace
 * and the verdict. Without a tour the window itself is all there is to wait for.
 */
export class TourWatch {
  private readonly ended = new Map<string, boolean>();
  private reported = false;

  constructor(private readonly window: BrowserWindow, private readonly desk: Desk, private readonly args: AppArguments) {}

  progress(progress: ScenarioProgress, gallery: readonly GalleryEntry[]): void {
    if (!this.args.tour || this.reported || progress.state === 'running') return;
    this.ended.set(progress.id, progress.state === 'passed');
    const tour = gallery.filter((entry) => entry.group === 'tour');
    if (!tour.every((entry) => this.ended.has(entry.id))) return;
    this.reported = true;
    setTimeout(() => void this.report(), SETTLE_MS);
  }

  /** The page is there. A session file that was opened is shown; there is nothing else to come. */
  shown(): void {
    const { tour, screenshot, trace, exit } = this.args;
    if (tour || (screenshot === undefined && trace === undefined && !exit)) return;
    setTimeout(() => void this.report(), SETTLE_MS);
  }

  private async report(): Promise<void> {
    const problems: string[] = [...this.ended].filter(([, passed]) => !passed).map(([id]) => `${id} did not hold`);
    const { screenshot, trace, exit } = this.args;
    try {
      if (screenshot !== undefined) {
        if (!(await this.drawn())) problems.push(`the window had not drawn everything after ${DRAWN_WITHIN_MS / 1000} s`);
        await mkdir(path.dirname(path.resolve(screenshot)), { recursive: true });
        await writeFile(screenshot, (await this.window.webContents.capturePage()).toPNG());
      }
      if (trace !== undefined) {
        await mkdir(path.dirname(path.resolve(trace)), { recursive: true });
        const { trace: shown, by } = this.desk.shown;
        const saved = await saveSession(shown, trace, by);
        if (!saved.ok) problems.push(saved.error);
      }
    } catch (failure) {
      problems.push(failure instanceof Error ? failure.message : String(failure));
    }
    for (const problem of problems) process.stderr.write(`${problem}\n`);
    if (this.args.tour) process.stdout.write(`Tour: ${this.ended.size} scenarios, ${[...this.ended.values()].filter((passed) => passed).length} held.\n`);
    if (exit) app.exit(problems.length === 0 ? 0 : 1);
  }

  /** Waits until the page says that all it knows is on the screen: <body data-idle>. */
  private async drawn(): Promise<boolean> {
    for (let waited = 0; waited < DRAWN_WITHIN_MS; waited += DRAWN_POLL_MS) {
      if (await this.window.webContents.executeJavaScript('document.body.dataset.idle === "true"') === true) return true;
      await new Promise((resolve) => { setTimeout(resolve, DRAWN_POLL_MS); });
    }
    return false;
  }
}
