import path from 'node:path';
import { askHead } from './ask-head';
import { BUSY, checkForUpdates, closedWhilePending, dialogOf, holdInCallback, installedFromFeed, LONG, misuse, pendingClient, savedIn, serverRequests, UNMET, type Stage } from './stage';
import { expect } from './window';

export interface Screen {
  readonly name: string;
  /** Recorded before the window is opened. */
  readonly filled?: { readonly events: number; readonly handles: number; readonly seed: number };
  readonly show: (stage: Stage) => Promise<void>;
}

/** Every screen and dialog of the window, each in the state in which it has the most to show. */
export const SCREENS: readonly Screen[] = [
  { name: 'empty', show: async () => {} },
  {
    name: 'tour',
    show: async ({ page }) => {
      await page.keyboard.press('Shift+F1');
      await expect(page.getByRole('article', { name: 'The tour' }).getByText('What was observed')).toBeVisible();
      await expect(page.getByRole('article', { name: 'The tour' }).getByRole('button', { name: 'Next' })).toHaveAttribute('aria-disabled', 'false');
    },
  },
  { name: 'pending', show: (stage) => pendingClient(stage) },
  { name: 'closed-while-pending', show: closedWhilePending },
  { name: 'server-requests', show: serverRequests },
  {
    name: 'findings',
    show: async (stage) => {
      await misuse(stage);
      await stage.page.getByRole('tab', { name: /^Findings/ }).click();
      await stage.page.getByRole('option', { name: /closed-twice|second time/ }).click();
      await expect(stage.page.getByRole('complementary', { name: 'The finding' })).toBeVisible();
    },
  },
  {
    name: 'mute-finding',
    show: async (stage) => {
      await misuse(stage);
      await stage.page.getByRole('tab', { name: /^Findings/ }).click();
      await stage.page.getByRole('option', { name: /closed-twice|second time/ }).click();
      await stage.page.getByRole('button', { name: 'Mute this…' }).click();
    },
  },
  {
    name: 'close-sweep',
    show: async ({ inspector, page }) => {
      await page.keyboard.press('Control+e');
      await inspector.dialog().getByRole('button', { name: /Close a request while its answer is still on the way/i }).click();
      await inspector.dialog().getByRole('button', { name: 'Close sweep of it' }).click();
      const panel = page.getByRole('tabpanel', { name: 'Close sweep' });
      await panel.getByRole('button', { name: 'Run the sweep' }).click();
      // All of it has run: nothing moves any more, and nothing is written.
      await expect(panel.getByRole('status')).toHaveText(/\d+ moments: none with findings$/);
      await expect(panel.getByRole('button', { name: 'Run the sweep' })).toBeVisible();
      await panel.getByRole('row', { name: /^inside REQUEST_SENT of request/ }).getByRole('button', { name: /^inside/ }).click();
    },
  },
  {
    name: 'open-handles',
    show: async (stage) => {
      await pendingClient(stage);
      await pendingClient(stage, '/other');
      await stage.page.getByRole('tab', { name: /^Open handles/ }).click();
    },
  },
  {
    name: 'output',
    show: async ({ inspector, page }) => {
      await inspector.newClient('http://127.0.0.1:1/refused', { mode: 'Synchronous' });
      await page.keyboard.press('Control+.');
      await page.getByRole('tab', { name: /^Output/ }).click();
    },
  },
  {
    name: 'event-details',
    show: async ({ inspector }) => {
      await inspector.newClient('http://127.0.0.1:1/refused');
      await inspector.events().filter({ hasText: 'REQUEST_COMPLETE' }).click();
    },
  },
  {
    name: 'http-response',
    show: async ({ inspector, page }) => {
      const url = await inspector.core.peer((_request, response) => {
        response.writeHead(200, { 'Content-Type': 'application/json', 'Set-Cookie': ['session=abc; HttpOnly', 'theme=dark'] }).end('{"orders":[{"id":7,"note":"a note","paid":true}],"next":null}');
      });
      await inspector.newClient(`${url}/orders?page=2&bad=%zz`);
      await expect(inspector.events().last()).toContainText('InternetReadFile');
      await askHead(inspector, 'GET /orders?page=2&bad=%zz');
      await page.keyboard.press('Control+i');
      await expect(page.getByRole('tabpanel', { name: 'Request and response' })).toContainText('a note');
    },
  },
  {
    name: 'http-unknown',
    show: async (stage) => {
      await pendingClient(stage);
      await stage.page.keyboard.press('Control+i');
      await stage.page.getByRole('tab', { name: 'Timing' }).click();
    },
  },
  {
    name: 'compare',
    filled: BUSY,
    show: async ({ inspector, folder }) => {
      inspector.core.opened = await savedIn(folder, 'after.hinspect', { ...BUSY, seed: 4 });
      await inspector.menu('compare');
      await expect(inspector.dialog().getByRole('option', { selected: true })).toBeVisible();
    },
  },
  { name: 'export', filled: BUSY, show: dialogOf(({ inspector }) => inspector.menu('export')) },
  {
    name: 'recent',
    show: async ({ inspector, folder, page }) => {
      inspector.core.recent.push(
        { path: path.join(folder, 'busy.hinspect'), name: 'busy.hinspect', folder, at: '2026-03-01T08:00:00.000Z', kind: 'file', size: 81_920 },
        { path: path.join(folder, 'b.hjournal'), name: 'recording-2026-03-02.hjournal', folder: `${folder}/${'very/deep/'.repeat(20)}`, at: '2026-03-02T08:00:00.000Z', kind: 'crashed', size: 4_096_000 },
        { path: path.join(folder, 'c.hjournal'), name: `${'long-name-'.repeat(20)}.hjournal`, folder, at: '2026-03-03T08:00:00.000Z', kind: 'recording', size: 12 },
      );
      await page.keyboard.press('Control+Shift+o');
      await expect(inspector.dialog()).toContainText('busy.hinspect');
    },
  },
  {
    name: 'file-shown',
    show: async ({ inspector, folder, page }) => {
      inspector.core.answers.open = await savedIn(folder, 'busy.hinspect');
      await page.keyboard.press('Control+o');
      await expect(page.getByRole('status').filter({ hasText: 'Recorded earlier' })).toBeVisible();
    },
  },
  {
    name: 'note',
    show: dialogOf(async (stage) => {
      await pendingClient(stage);
      await stage.page.keyboard.press('Control+m');
    }),
  },
  {
    name: 'notes',
    show: async (stage) => {
      await pendingClient(stage);
      await stage.page.keyboard.press('Control+m');
      await stage.inspector.dialog().getByLabel('Note', { exact: true }).fill('It never answers, whatever is sent to it; the peer was asked and says that it never saw the request.');
      await stage.inspector.dialog().getByRole('button', { name: 'Keep the note' }).click();
      await stage.page.keyboard.press('Control+d');
      await stage.page.keyboard.press('Control+Shift+m');
      await expect(stage.inspector.dialog().getByRole('listitem')).toHaveCount(2);
    },
  },
  {
    name: 'copy-code',
    show: dialogOf(async (stage) => {
      await pendingClient(stage);
      await stage.inspector.menu('copy-code');
    }),
  },
  { name: 'record-others', show: dialogOf(({ page }) => page.keyboard.press('Control+r')) },
  { name: 'service-state', show: dialogOf(({ inspector }) => inspector.menu('service-state')) },
  { name: 'help', show: dialogOf(({ page }) => page.keyboard.press('?')) },
  {
    name: 'about',
    show: async ({ inspector }) => {
      await inspector.menu('about');
      await expect(inspector.dialog().getByRole('article', { name: 'Licence of Hinspector' })).toBeVisible();
    },
  },
  {
    name: 'update-offered',
    show: async (stage) => {
      await installedFromFeed(stage);
      await checkForUpdates(stage);
      await expect(stage.inspector.dialog().getByRole('status')).toContainText('Hinspector 0.2.0');
    },
  },
  {
    name: 'update-failed',
    show: async (stage) => {
      await (await installedFromFeed(stage)).goAway();
      await checkForUpdates(stage);
      await expect(stage.inspector.dialog().getByRole('alert')).toBeVisible();
    },
  },
  { name: 'settings', show: dialogOf(({ page }) => page.keyboard.press('Control+,')) },
  {
    name: 'manual',
    show: dialogOf(async ({ page }) => {
      await page.keyboard.press('F1');
      await page.getByLabel('Search the manual').fill('close');
    }),
  },
  {
    name: 'gallery',
    show: dialogOf(async ({ page, inspector }) => {
      await page.keyboard.press('Control+e');
      await inspector.dialog().getByRole('button', { name: 'Run all 2 of rule 2', exact: true }).first().click();
      await expect(inspector.dialog().getByRole('status')).toContainText('2 ran: 2 held');
      await inspector.dialog().getByRole('textbox', { name: 'Find' }).fill('pending');
    }),
  },
  {
    name: 'scenario-held',
    show: async (stage) => {
      await holdInCallback(stage);
      await expect(stage.page.getByText(/Held in REDIRECT: thread/)).toBeVisible();
    },
  },
  {
    name: 'scenario-results',
    show: async ({ page, inspector }) => {
      await page.keyboard.press('Control+e');
      await inspector.dialog().getByRole('button', { name: 'Edit', exact: true }).click();
      await page.getByRole('textbox', { name: 'Text of the scenario' }).click();
      await page.keyboard.press('Control+a');
      await page.keyboard.insertText(UNMET);
      await page.keyboard.press('F5');
      await expect(page.getByRole('tabpanel', { name: 'Results' }).getByText('not as expected').first()).toBeVisible();
    },
  },
  {
    name: 'scenario-mistakes',
    show: async ({ page, inspector }) => {
      await page.keyboard.press('Control+e');
      await inspector.dialog().getByRole('button', { name: 'New', exact: true }).click();
      await page.getByRole('textbox', { name: 'Text of the scenario' }).click();
      await page.keyboard.press('Control+a');
      await page.keyboard.insertText(UNMET.replace('call: InternetOpen', 'call: InternetOpn').replace('exactly', 'exact'));
      await expect(page.getByRole('list', { name: '2 mistakes' })).toBeVisible();
    },
  },
  {
    name: 'new-client',
    show: async ({ inspector, page }) => {
      await page.keyboard.press('Control+n');
      await inspector.dialog().getByLabel('URL').fill('nonsense');
      await page.keyboard.press('Enter');
      await expect(inspector.dialog().getByRole('alert').first()).toBeVisible();
    },
  },
  {
    name: 'new-client-options',
    show: dialogOf(async ({ inspector, page }) => {
      await page.keyboard.press('Control+n');
      const dialog = inspector.dialog();
      await dialog.getByLabel('Headers').fill(Array.from({ length: 12 }, (_none, place) => `X-Header-${place}: ${'value '.repeat(place * 3)}`).join('\n'));
      await dialog.getByRole('button', { name: 'Edit as a table' }).click();
      await dialog.getByLabel('Kind').selectOption('File');
      for (const fold of ['Flags', 'Timeouts and agent', 'Proxy', 'Authentication', 'TLS']) await dialog.getByText(fold, { exact: true }).first().click();
      await dialog.getByLabel('Connect, in ms').fill('0');
      await page.keyboard.press('Enter');
      await expect(dialog.getByRole('alert').first()).toBeVisible();
    }),
  },
  {
    name: 'new-server',
    show: dialogOf(async ({ inspector, page }) => {
      await page.keyboard.press('Control+Shift+n');
      const dialog = inspector.dialog();
      for (const fold of ['More prefixes', 'Queue', 'URL group', 'Timeouts of the group']) await dialog.getByText(fold, { exact: true }).first().click();
      await dialog.getByLabel('MinSendRate').fill('0');
      await page.keyboard.press('Enter');
      await expect(dialog.getByRole('alert').first()).toBeVisible();
    }),
  },
  {
    name: 'answering-rules',
    show: dialogOf(async (stage) => {
      await serverRequests(stage);
      await stage.page.keyboard.press('Control+Shift+a');
      const dialog = stage.inspector.dialog();
      for (let rule = 0; rule < 3; rule += 1) await dialog.getByRole('button', { name: 'Add a rule' }).click();
      await dialog.getByLabel('Path').first().fill(LONG);
      await dialog.getByLabel('Status').last().fill('9');
      await dialog.getByLabel('Try a request').fill('GET /a');
      await dialog.getByRole('button', { name: 'Set the rules' }).click();
      await expect(dialog.getByRole('alert').first()).toBeVisible();
    }),
  },
  {
    name: 'respond',
    show: dialogOf(async (stage) => {
      await serverRequests(stage);
      await stage.page.keyboard.press('Control+Enter');
    }),
  },
  {
    name: 'confirm-close',
    show: dialogOf(async (stage) => {
      await pendingClient(stage);
      await stage.inspector.row(/Session/).click();
      await stage.page.keyboard.press('Delete');
    }),
  },
  {
    name: 'confirm-cancel',
    show: dialogOf(async (stage) => {
      await serverRequests(stage);
      await stage.page.keyboard.press('Control+.');
    }),
  },
  {
    name: 'confirm-close-all',
    show: async (stage) => {
      for (const name of ['/a', '/b', '/c']) await pendingClient(stage, name);
      await stage.page.getByRole('tab', { name: /^Open handles/ }).click();
      await stage.page.getByRole('listitem').filter({ hasText: '3 × HTTP request' }).getByRole('button', { name: 'Close all of these' }).click();
      await expect(stage.inspector.dialog()).toBeVisible();
    },
  },
  {
    name: 'held-back',
    show: async (stage) => {
      await pendingClient(stage, '/a-path-whose-name-is-longer-than-its-row/segment/segment/segment');
      await pendingClient(stage);
      await stage.page.keyboard.press('Control+,');
      await stage.inspector.dialog().getByLabel('Three seconds to undo').check();
      await stage.page.keyboard.press('Escape');
      // The three seconds never end: what waits is there for as long as it is looked at.
      await stage.page.evaluate(() => {
        const later = window.setTimeout.bind(window);
        Reflect.set(window, 'setTimeout', (run: () => void, ms?: number) => (ms === 3000 ? 0 : later(run, ms)));
      });
      await stage.page.keyboard.press('Delete');
      await stage.inspector.row(/a-path-whose-name/).click();
      await stage.page.keyboard.press('Delete');
      await expect(stage.page.getByRole('button', { name: /^Undo: Close/ })).toHaveCount(2);
    },
  },
  {
    name: 'confirm-new-recording',
    show: dialogOf(async (stage) => {
      await pendingClient(stage);
      await stage.inspector.menu('new-recording');
    }),
  },
  { name: 'columns', filled: BUSY, show: dialogOf(({ inspector }) => inspector.menu('columns')) },
  {
    name: 'table-menu',
    filled: BUSY,
    show: async ({ page }) => {
      await page.getByRole('listbox', { name: /^Events/ }).locator('[data-column=time]').click({ button: 'right' });
      await expect(page.getByRole('menu')).toBeVisible();
    },
  },
  {
    name: 'lanes-alone',
    filled: BUSY,
    show: async ({ inspector }) => {
      for (const pane of ['toggle-tree', 'toggle-side', 'toggle-bottom'] as const) await inspector.menu(pane);
    },
  },
  {
    name: 'past',
    filled: BUSY,
    show: async ({ page }) => {
      await page.getByRole('tree').focus();
      await page.keyboard.press('f');
      const lanes = await page.getByRole('application', { name: /^Timeline/ }).boundingBox();
      if (lanes === null) throw new Error('no timeline');
      await page.mouse.click(lanes.x + lanes.width / 2, lanes.y - 10);
      await expect(page.getByRole('button', { name: 'Back to now' })).toBeVisible();
    },
  },
  { name: 'many-rows', filled: { events: 40_000, handles: 10_000, seed: 5 }, show: ({ inspector }) => inspector.row(/GET \/item/).first().click() },
  {
    name: 'long-names',
    show: async (stage) => {
      await pendingClient(stage, LONG);
      await pendingClient(stage, `${LONG}&again`);
    },
  },
  {
    name: 'nothing-found',
    show: async (stage) => {
      await pendingClient(stage);
      await stage.page.keyboard.press('Control+f');
      await stage.page.keyboard.type('zzz');
      await expect(stage.page.getByText(/^No handle matches/)).toBeVisible();
    },
  },
];

/** Opens the window and brings a screen up in it. */
export async function bringUp(screen: Screen, stage: Stage): Promise<void> {
  if (screen.filled !== undefined) stage.inspector.core.fill(screen.filled);
  await stage.inspector.open();
  await screen.show(stage);
  await stage.inspector.settled();
}
