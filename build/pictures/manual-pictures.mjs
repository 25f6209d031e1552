// docs/manual/pictures: what each page speaks of, brought about as its reader would, cut to that, in both themes.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { manualFolder } from '../manual/read-manual.mjs';
import { inProject } from '../setup/project.mjs';
import { say } from '../setup/terminal.mjs';
import { around, RealWindow } from './real-window.mjs';

/** Small, so that what is cut out of it is read at its own size beside the text. */
const SIZE = { width: 1180, height: 760 };

/** @param {string} name */
function picture(name) {
  return (/** @type {string} */ theme) => join(manualFolder, 'pictures', theme === 'dark' ? 'dark' : '', `${name}.png`);
}

/** @param {RealWindow} window @param {string} name @param {readonly import('./real-window.mjs').Locator[]} parts @param {Partial<import('./real-window.mjs').Box>} [limits] */
async function cut(window, name, parts, limits) {
  await window.idle();
  await window.photograph(picture(name), await around(parts, limits));
}

/** @param {RealWindow} window @param {string} name @param {Partial<import('./real-window.mjs').Box>} [limits] the dialog that is open; it is left afterwards */
async function cutDialog(window, name, limits) {
  const dialog = window.page.getByRole('dialog');
  await dialog.waitFor();
  await cut(window, name, [dialog], limits);
  await window.page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
}

/** @param {RealWindow} window Closing, pending, explained. */
async function takeCloses(window) {
  const { page } = window;
  const side = page.getByRole('complementary', { name: /^Details/ });
  const slow = await window.client('/slow?ms=60000');
  await page.waitForTimeout(400);
  await page.getByRole('treeitem', { name: /GET \/slow/ }).click();
  await page.keyboard.press('Delete');
  await cutDialog(window, 'close-asked');
  await window.give({ kind: 'close', handle: slow });
  await page.getByRole('treeitem', { name: /GET \/slow.*closed/ }).click();
  await page.keyboard.press('f');
  await window.idle();
  await window.photograph(picture('window'), undefined);
  await page.keyboard.press('Shift+f');
  await window.idle();
  const lane = await around([page.getByRole('treeitem', { name: /GET \/slow/ })]);
  const lanes = await around([page.getByRole('application', { name: /^Timeline/ })]);
  // With the two rows above it: its connection and its session.
  await window.photograph(picture('lane'), { x: 0, y: lane.y - 2 * lane.height, width: lanes.x + lanes.width, height: 3 * lane.height });
  await cut(window, 'explained-close', [side.getByRole('tabpanel')], { height: 420 });
  const silent = await window.client('/null-context?ms=60000', 'null');
  await page.waitForTimeout(200);
  await window.give({ kind: 'close', handle: silent });
  await page.getByRole('treeitem', { name: /GET \/null-context.*closed/ }).click();
  await window.idle();
  const never = side.getByRole('listitem').filter({ hasText: 'no HANDLE_CLOSING' });
  await never.scrollIntoViewIfNeeded();
  const step = await around([never]);
  const panel = await around([side]);
  await window.photograph(picture('no-handle-closing'), { x: panel.x, y: step.y - 8, width: panel.width, height: step.height + 16 });
}

/** @param {RealWindow} window What is told of a recording: leaks, findings, filter. */
async function takeAnswers(window) {
  const { page } = window;
  for (const path of ['/one?ms=20', '/two?ms=20', '/three?ms=20']) await window.client(path);
  await page.waitForTimeout(300);
  const bottom = page.getByRole('region', { name: /^Events, findings/ });
  await page.getByRole('tab', { name: /^Open handles/ }).click();
  await cut(window, 'open-handles', [bottom]);
  await page.getByRole('tab', { name: /^Findings/ }).click();
  await page.getByRole('option', { name: /no HANDLE_CLOSING is made/ }).first().click();
  await cut(window, 'finding', [bottom]);
  await page.getByRole('tab', { name: /^Events/ }).click();
  const filter = page.getByRole('search');
  await filter.getByRole('combobox').fill('status:');
  await filter.getByRole('listbox').waitFor();
  await cut(window, 'filter', [filter, filter.getByRole('listbox')], { height: 300 });
  await filter.getByRole('combobox').fill('error:any dur>slow');
  await cut(window, 'filter-mistake', [filter, filter.getByRole('status')]);
  await filter.getByRole('combobox').fill('');
  await page.keyboard.press('Escape');
}

/** @param {RealWindow} window The dialogs that stand for themselves. */
async function takeDialogs(window) {
  const { page } = window;
  await page.getByRole('tree', { name: 'Handles' }).focus();
  await page.keyboard.press('Control+n');
  await page.getByRole('dialog').getByLabel('URL').fill('http://127.0.0.1:8080/slow');
  await cutDialog(window, 'new-client', { height: 520 });
  await page.keyboard.press('Control+e');
  await page.getByRole('dialog').getByLabel('Find').fill('NULL context');
  await cutDialog(window, 'gallery', { height: 460 });
  await page.keyboard.press('Control+Shift+p');
  await page.getByRole('dialog').getByRole('combobox').fill('clo');
  await cutDialog(window, 'palette', { height: 300 });
  await page.keyboard.press('Control+Shift+e');
  await cutDialog(window, 'export');
  await page.keyboard.press('Control+,');
  await cutDialog(window, 'settings');
}

/** @param {RealWindow} window A server with a request that is about to be cancelled. */
async function takeCancel(window) {
  const { page, peer } = window;
  const prefix = `http://localhost:${peer.port + 1}/`;
  await window.give({ kind: 'open-server', urlPrefix: prefix, queueName: 'demo' });
  const curl = spawn('curl', ['-s', `${prefix}report`]);
  await page.getByRole('treeitem', { name: /GET \/report/ }).click();
  await page.keyboard.press('Control+.');
  await cutDialog(window, 'cancel-asked');
  curl.kill();
}

/** @param {RealWindow} window A sweep, and a comparison of the recording with a file of before. */
async function takeRuns(window) {
  const { page, electron } = window;
  const before = join(window.profile, 'before.hinspect');
  await electron.evaluate(({ dialog }, file) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: file });
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [file] });
  }, before);
  await page.keyboard.press('Control+s');
  await page.getByRole('contentinfo', { name: 'Status' }).getByText(/before\.hinspect/).waitFor();
  await window.client('/one-more?ms=20');
  await page.waitForTimeout(300);
  await page.keyboard.press('Control+Shift+d');
  await page.getByRole('dialog').getByRole('option', { selected: true }).waitFor();
  await cutDialog(window, 'compare', { height: 600 });
  await page.keyboard.press('Control+e');
  await page.getByRole('dialog').getByRole('button', { name: /Close a request while its answer is still on the way/i }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Close sweep of it' }).click();
  const panel = page.getByRole('tabpanel', { name: 'Close sweep' });
  await panel.getByRole('button', { name: 'Run the sweep' }).click();
  await panel.getByRole('row', { name: /^inside REQUEST_SENT of request/ }).getByRole('button', { name: /^inside/ }).click();
  await cut(window, 'sweep', [panel]);
}

export async function takeManualPictures() {
  const window = await RealWindow.open(SIZE);
  try {
    for (const take of [takeCancel, takeCloses, takeAnswers, takeDialogs, takeRuns]) await take(window);
  } catch (fault) {
    await window.page.screenshot({ path: inProject('out', 'picture-failed.png') });
    say('What the window showed when it failed: out/picture-failed.png');
    throw fault;
  } finally {
    await window.close();
  }
}
