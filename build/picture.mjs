// npm run picture: the README's picture of the window, taken of the real application doing the main job.
// Twelve client requests and four server requests, one closed while pending, one cancelled; then docs/window-*.png.
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { buildStale, everyBundle } from './bundles/bundles.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { hasDisplay, sandboxEnvironment, underXvfb } from './setup/display.mjs';
import { electronBinary } from './setup/electron-binary.mjs';
import { inProject, root } from './setup/project.mjs';
import { run } from './setup/run.mjs';
import { main, say } from './setup/terminal.mjs';

const SIZE = { width: 1440, height: 900 };

/** A peer whose answers take as long as their path says. */
async function slowPeer() {
  const server = createServer((request, response) => {
    const wait = Number(new URL(request.url ?? '/', 'http://peer').searchParams.get('ms') ?? 5);
    setTimeout(() => response.end('x'.repeat(2000)), wait);
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', () => resolve(undefined)); });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The peer listens on no port');
  return { server, port: address.port };
}

async function takePictures() {
  const { _electron } = await import('@playwright/test');
  const env = { ...process.env, ...(await sandboxEnvironment()) };
  const electron = await _electron.launch({ executablePath: process.env['HINSPECTOR_ELECTRON'] ?? '', args: [root], env: /** @type {Record<string, string>} */ (env) });
  const page = await electron.firstWindow();
  await electron.evaluate(({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height), SIZE);
  const { server, port } = await slowPeer();
  /** @param {object} command the page's own way to give one */
  const give = (command) => page.evaluate(async (given) => {
    const result = await Reflect.get(globalThis, 'inspector').run(given);
    return result.ok ? result.value.handle : undefined;
  }, command);
  /** @param {string} path */
  const client = (path) => give({ kind: 'open-client', url: `http://127.0.0.1:${port}${path}`, method: 'GET', headers: '', body: '', mode: 'async', context: 'own' });
  const prefix = `http://localhost:${port + 1}/`;
  await give({ kind: 'open-server', urlPrefix: prefix, queueName: 'demo' });
  await client('/ok?ms=40');
  await client('/report?ms=90');
  const slow = await client('/slow?ms=60000');
  const curls = ['report', 'orders?page=2', 'upload'].map((path) => spawn('curl', ['-s', '--data', path === 'upload' ? '{"name":"demo"}' : '', `${prefix}${path}`]));
  await page.getByRole('treeitem', { name: /POST \/upload/ }).waitFor();
  const received = await page.evaluate(async () => {
    const { nodes } = await Reflect.get(globalThis, 'inspector').snapshot();
    return nodes.filter((/** @type {{ kind: string }} */ node) => node.kind === 'server-request').map((/** @type {{ id: number }} */ node) => node.id);
  });
  await give({ kind: 'respond', request: received[1], status: 200, reason: 'OK', headers: 'Content-Type: application/json', body: '[]' });
  await page.waitForTimeout(150);
  await give({ kind: 'cancel', request: received[0] });
  await give({ kind: 'close', handle: slow });
  await page.waitForTimeout(120);
  await page.getByRole('treeitem', { name: /GET \/slow/ }).click();
  await page.keyboard.press('f');
  for (const scheme of /** @type {const} */ (['dark', 'light'])) {
    await page.evaluate((theme) => Reflect.get(globalThis, 'inspector').setTheme(theme), scheme);
    await page.emulateMedia({ colorScheme: scheme });
    await page.waitForTimeout(600);
    await page.screenshot({ path: inProject('docs', `window-${scheme}.png`) });
    say(`Picture: docs/window-${scheme}.png`);
  }
  for (const child of curls) child.kill();
  await electron.close();
  server.closeAllConnections();
  server.close();
}

await main(async () => {
  await ensureDependencies();
  if (process.env['HINSPECTOR_ELECTRON'] === undefined) {
    const electron = await electronBinary();
    await buildStale(everyBundle, (name) => say(`· Building ${name}`));
    const self = inProject('build', 'picture.mjs');
    const [command, args] = hasDisplay() ? [process.execPath, [self]] : underXvfb(process.execPath, [self], '1920x1200x24');
    return (await run(command, args, { stdio: 'inherit', env: { HINSPECTOR_ELECTRON: electron } })).code;
  }
  await takePictures();
  return 0;
});
