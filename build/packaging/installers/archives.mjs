// Archives of the unpacked program: for those who install nothing.
import { must } from '../../setup/registry-package.mjs';
import { requireSystemPackages } from '../../setup/system-packages.mjs';

/** @param {{unpacked: string, output: string, date: number, name: string, quick: boolean}} parts */
export async function makeTarGz({ unpacked, output, date, name, quick }) {
  const fixed = ['--sort=name', `--mtime=@${date}`, '--owner=0', '--group=0', '--numeric-owner', `--transform=s,^\\.,${name},`];
  // -n: gzip writes neither name nor time of its own.
  await must('tar', [...fixed, `--use-compress-program=gzip -n -${quick ? 1 : 6}`, '-cf', output, '-C', unpacked, '.']);
}

/** @param {{unpacked: string, output: string, quick: boolean}} parts */
export async function makeZip({ unpacked, output, quick }) {
  await requireSystemPackages(['sevenZip']);
  await must('7za', ['a', '-tzip', `-mx=${quick ? 0 : 5}`, '-mtc=off', '-bd', output, '.'], { cwd: unpacked });
}
