// The Debian package by dpkg-deb, where electron-builder's fpm cannot be had.
import { chmod, cp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inProject } from '../../setup/project.mjs';
import { must } from '../../setup/registry-package.mjs';
import { debDependencies } from '../configuration.mjs';
import { iconSizes } from '../icons.mjs';
import { product, productName } from '../targets.mjs';

const desktopEntry = `[Desktop Entry]
Name=${productName}
Comment=${product.description}
Exec=/opt/${productName}/hinspector %f
TryExec=/opt/${productName}/hinspector
Type=Application
Icon=hinspector
Categories=Development;
MimeType=application/x-hinspect;
StartupWMClass=${productName}
`;

const mimeType = `<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="application/x-hinspect"><comment>Hinspector session</comment><glob pattern="*.hinspect"/></mime-type>
</mime-info>
`;

/** Chromium's sandbox helper must belong to root and be setuid, where the kernel gives no user namespaces. */
const afterInstall = `#!/bin/sh
set -e
chmod 4755 /opt/${productName}/chrome-sandbox || true
update-desktop-database -q /usr/share/applications || true
update-mime-database /usr/share/mime || true
`;

const afterRemoval = `#!/bin/sh
set -e
update-desktop-database -q /usr/share/applications || true
update-mime-database /usr/share/mime || true
`;

/** @param {{unpacked: string, work: string, icons: string, output: string, quick: boolean}} parts */
export async function makeDeb({ unpacked, work, icons, output, quick }) {
  const root = join(work, 'deb');
  await rm(root, { recursive: true, force: true });
  const [control, share] = [join(root, 'DEBIAN'), join(root, 'usr', 'share')];
  for (const folder of [control, join(share, 'applications'), join(share, 'mime', 'packages'), join(share, 'doc', 'hinspector'), join(root, 'usr', 'bin'), join(root, 'opt')]) {
    await mkdir(folder, { recursive: true });
  }
  await cp(unpacked, join(root, 'opt', productName), { recursive: true, preserveTimestamps: true });
  await symlink(`/opt/${productName}/hinspector`, join(root, 'usr', 'bin', 'hinspector'));
  await writeFile(join(share, 'applications', 'hinspector.desktop'), desktopEntry);
  await writeFile(join(share, 'mime', 'packages', 'hinspector.xml'), mimeType);
  await cp(inProject('LICENSE'), join(share, 'doc', 'hinspector', 'copyright'));
  for (const size of iconSizes) {
    const folder = join(share, 'icons', 'hicolor', `${size}x${size}`, 'apps');
    await mkdir(folder, { recursive: true });
    await cp(join(icons, `${size}x${size}.png`), join(folder, 'hinspector.png'));
  }
  await writeFile(
    join(control, 'control'),
    `Package: hinspector\nVersion: ${product.version}\nArchitecture: amd64\nMaintainer: ${product.author} <hinspector@localhost>\nSection: devel\nPriority: optional\nDepends: ${debDependencies.join(', ')}\nDescription: ${product.description}\n`,
  );
  for (const [name, text] of [['postinst', afterInstall], ['postrm', afterRemoval]]) {
    await writeFile(join(control, name ?? ''), text ?? '');
    await chmod(join(control, name ?? ''), 0o755);
  }
  await must('dpkg-deb', ['--root-owner-group', quick ? '-Znone' : '-Zgzip', '--build', root, output], { env: { SOURCE_DATE_EPOCH: process.env['SOURCE_DATE_EPOCH'] ?? '0' } });
  await rm(root, { recursive: true });
}
