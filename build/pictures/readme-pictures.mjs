// docs/window-*.png: the main job. Client requests and server requests, one closed while pending, one cancelled.
import { spawn } from 'node:child_process';
import { inProject } from '../setup/project.mjs';
import { RealWindow } from './real-window.mjs';

export async function takeReadmePictures() {
  const window = await RealWindow.open({ width: 1440, height: 900 });
  const { page, peer } = window;
  const prefix = `http://localhost:${peer.port + 1}/`;
  await window.give({ kind: 'open-server', urlPrefix: prefix, queueName: 'demo' });
  await window.client('/ok?ms=40');
  await window.client('/report?ms=90');
  const slow = await window.client('/slow?ms=60000');
  const curls = ['report', 'orders?page=2', 'upload'].map((path) => spawn('curl', ['-s', '--data', path === 'upload' ? '{"name":"demo"}' : '', `${prefix}${path}`]));
  await page.getByRole('treeitem', { name: /POST \/upload/ }).waitFor();
  const received = await page.evaluate(async () => {
    const { nodes } = await Reflect.get(globalThis, 'inspector').snapshot();
    return nodes.filter((/** @type {{ kind: string }} */ node) => node.kind === 'server-request').map((/** @type {{ id: number }} */ node) => node.id);
  });
  await window.give({ kind: 'respond', request: received[1], status: 200, reason: 'OK', headers: 'Content-Type: application/json', body: '[]' });
  await page.waitForTimeout(150);
  await window.give({ kind: 'cancel', request: received[0] });
  await window.give({ kind: 'close', handle: slow });
  await page.waitForTimeout(120);
  await page.getByRole('treeitem', { name: /GET \/slow/ }).click();
  await page.keyboard.press('f');
  await window.photograph((theme) => inProject('docs', `window-${theme}.png`), undefined);
  for (const child of curls) child.kill();
  await window.close();
}
