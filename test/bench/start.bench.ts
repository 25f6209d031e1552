/** How long a start takes until the window can be used, against a bare Electron window; how much script it loads, and what is loaded when. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { dist, inProject, root } from '../../build/setup/project.mjs';
import { hasElectron, inFolder, startApp } from './electron-app';
import { percentile, report, SMOKE } from './figures';
import { startLoad, startLoadLines } from './start-load';

const ROUNDS = SMOKE ? 1 : 9;
const MOST_TIMES = 1.5;
const MOST_KB = 150;

/** Kilobytes of script that the page names, gzipped: what it loads later, when it is asked for, is not named. */
function scriptAtStart(): number {
  const page = readFileSync(join(dist, 'renderer', 'index.html'), 'utf8');
  const named = readdirSync(join(dist, 'renderer', 'assets')).filter((name) => name.endsWith('.js') && page.includes(name));
  if (named.length === 0) throw new Error('dist/renderer/index.html names no script');
  return named.reduce((sum, name) => sum + gzipSync(readFileSync(join(dist, 'renderer', 'assets', name)), { level: 9 }).length, 0) / 1000;
}

async function main(): Promise<void> {
  report({ what: 'script loaded at start, gzipped', value: scriptAtStart(), unit: 'KB', aim: { most: MOST_KB }, always: true });
  if (!hasElectron()) {
    console.log('the start was not measured: it needs an Electron and a display');
    return;
  }
  await inFolder(async (folder) => {
    const bare: number[] = [];
    const own: number[] = [];
    const once = async (app: string, profile: string): Promise<number> => {
      const { electron, ms } = await startApp(app, [`--user-data-dir=${join(folder, profile)}`]);
      await electron.close();
      return ms;
    };
    // The first start of each makes its profile and fills the caches of the disk.
    await once(inProject('test', 'bench', 'bare-window'), 'bare');
    await once(root, 'own');
    const { electron, page } = await startApp(root, [`--user-data-dir=${join(folder, 'own')}`]);
    console.log(startLoadLines(await startLoad(electron, page)).join('\n'));
    await electron.close();
    // In turn, so that what else the machine does falls on both.
    for (let round = 0; round < ROUNDS; round += 1) {
      bare.push(await once(inProject('test', 'bench', 'bare-window'), 'bare'));
      own.push(await once(root, 'own'));
    }
    const ms = percentile(own, 0.5);
    report({ what: 'start until the window can be used', value: ms, unit: 'ms', against: { times: ms / percentile(bare, 0.5), of: 'a bare Electron window' }, mostTimes: MOST_TIMES });
  });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
