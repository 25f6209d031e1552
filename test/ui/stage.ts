import path from 'node:path';
import type { Page } from '@playwright/test';
import { saveSession } from '../../electron/session/save';
import { syntheticTrace } from '../../electron/trace/synthetic';
import { Trace } from '../../electron/trace/trace';
import { LocalFeed } from '../unit/updates/local-feed';
import { freePort } from './free-port';
import { expect, type InspectorWindow } from './window';

/** What a screen is brought up with: an open window, its page, and a folder of the test's own. */
export interface Stage {
  readonly inspector: InspectorWindow;
  readonly page: Page;
  readonly folder: string;
}

export const BUSY = { events: 600, handles: 24, seed: 3 };

export async function pendingClient({ inspector }: Stage, resource = '/slow'): Promise<void> {
  await inspector.newClient(`${await inspector.core.silent()}${resource}`);
}

export async function closedWhilePending(stage: Stage): Promise<void> {
  await pendingClient(stage);
  await stage.page.keyboard.press('Delete');
  await expect(stage.inspector.dialog().getByRole('button', { name: 'Close the handle' })).toBeFocused();
  await stage.page.keyboard.press('Enter');
  await expect(stage.inspector.row(/GET \/slow, closed/)).toBeVisible();
  await stage.page.getByRole('tree').focus();
  await stage.page.keyboard.press('f');
}

/** A queue with three requests: one answered, one cancelled, one that waits and is selected. */
export async function serverRequests({ inspector, page }: Stage): Promise<void> {
  const port = await freePort();
  await page.getByRole('button', { name: 'New server' }).first().click();
  await inspector.dialog().getByLabel('URL prefix').fill(`http://localhost:${port}/`);
  await inspector.dialog().getByLabel('Queue name').fill('demo');
  await page.keyboard.press('Enter');
  await expect(inspector.dialog()).toBeHidden();
  const send = (resource: string, body: string): void => { void fetch(`http://localhost:${port}${resource}`, { method: 'POST', body }).then((response) => response.text()).catch(() => {}); };
  send('/report', 'name=demo');
  await inspector.row(/POST \/report/).click();
  await page.keyboard.press('Control+Enter');
  await inspector.dialog().getByRole('button', { name: 'Send response' }).click();
  send('/orders?page=2', '{"order":1}');
  await inspector.row(/POST \/orders/).click();
  await page.keyboard.press('Control+.');
  await expect(inspector.dialog().getByRole('button', { name: 'Cancel the request' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(inspector.row(/POST \/orders.*cancelled/)).toBeVisible();
  send('/upload', '{"name":"a file","size":12}');
  await inspector.row(/POST \/upload/).click();
}

/** A request that was answered, closed, used once more and closed once more. */
export async function misuse({ inspector }: Stage): Promise<void> {
  const url = await inspector.core.peer((_request, response) => { response.end('x'); });
  await inspector.newClient(`${url}/misused`);
  await expect(inspector.events().last()).toContainText('InternetReadFile');
  const hInternet = BigInt(inspector.core.node('GET /misused').raw);
  const by = { origin: 'test' };
  await inspector.core.inspector.call('InternetCloseHandle', { hInternet }, by);
  await inspector.core.inspector.call('InternetQueryOption', { hInternet, dwOption: 9 }, by);
  await inspector.core.inspector.call('InternetCloseHandle', { hInternet }, by);
}

export async function savedIn(folder: string, name: string, shape = BUSY): Promise<string> {
  const trace = new Trace();
  for (const event of syntheticTrace(shape)) trace.append(event);
  const file = path.join(folder, name);
  const saved = await saveSession(trace, file, { application: 'test', engine: { kind: 'portable', description: 'test' } });
  if (!saved.ok) throw new Error(saved.error);
  return file;
}

export async function installedFromFeed({ inspector }: Stage): Promise<LocalFeed> {
  const feed = await LocalFeed.start('0.2.0');
  inspector.core.atEnd(() => feed.stop());
  await inspector.core.installedFrom(feed);
  return feed;
}

/** Main tells the page with its next update that there is a feed: until then the command is off. */
export async function checkForUpdates({ inspector }: Stage): Promise<void> {
  await expect(async () => {
    await inspector.menu('check-updates');
    await expect(inspector.dialog()).toBeVisible({ timeout: 500 });
  }).toPass();
}

/** What it expects does not come. */
export const UNMET = `scenario: unmet
title: A scenario of one's own that expects too much
steps:
  - call: InternetOpen
    with: { lpszAgent: mine, dwFlags: [INTERNET_FLAG_ASYNC] }
    as: session
    expect: { returns: handle, lastError: ERROR_IO_PENDING }
  - expect:
      callbacks: { handle: $session, exactly: [INTERNET_STATUS_HANDLE_CREATED, INTERNET_STATUS_HANDLE_CLOSING], within: 50 }
  - expectTrace: closing-is-last
`;

/** The second stop of the tour, held inside the callback in which it closes its request. */
export async function holdInCallback({ page, inspector }: Pick<Stage, 'page' | 'inspector'>): Promise<void> {
  await page.keyboard.press('Control+e');
  await inspector.dialog().getByRole('button', { name: 'Close a request inside one of its own callbacks', exact: true }).click();
  await inspector.dialog().getByRole('button', { name: 'Step through it' }).click();
  await expect(page.getByText(/^Held before step 1:/)).toBeVisible();
  await page.getByRole('button', { name: /^Break on/ }).click();
  await page.getByRole('checkbox', { name: 'REDIRECT', exact: true }).check();
  await page.keyboard.press('Escape');
  await page.keyboard.press('F5');
}

export const LONG = `/a-path-whose-name-is-far-longer-than-any-pane-is-wide/${'segment/'.repeat(24)}?query=${'value'.repeat(30)}`;

/** What opens a dialog is done when the dialog is there: many are loaded only then. */
export function dialogOf(ask: (stage: Stage) => Promise<void>): (stage: Stage) => Promise<void> {
  return async (stage) => {
    await ask(stage);
    await expect(stage.inspector.dialog()).toBeVisible();
  };
}
