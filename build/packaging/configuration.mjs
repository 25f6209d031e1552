// What electron-builder is told.
import { join } from 'node:path';
import { inProject } from '../setup/project.mjs';
import { wantedFuses } from './fuses.mjs';
import { appId, certificateGiven, product, productName, updateFeedFor, workFolder } from './targets.mjs';

/**
 * @param {import('./targets.mjs').Target} target
 * @param {import('./runtimes.mjs').Runtime} runtime
 * @param {{name: string, icons: string, afterPack: (context: {appOutDir: string}) => Promise<void>}} parts
 * @returns {import('electron-builder').Configuration}
 */
export function configuration(target, runtime, { name, icons, afterPack }) {
  const fuses = wantedFuses(target, runtime);
  const feed = updateFeedFor(target);
  return {
    appId,
    productName,
    copyright: `Copyright © 2026 ${product.author}`,
    directories: { app: join(workFolder(target), 'app'), output: join(workFolder(target), 'built'), buildResources: icons },
    electronVersion: runtime.version,
    ...(runtime.dist === undefined ? {} : { electronDist: runtime.dist }),
    npmRebuild: false,
    files: ['**/*'],
    asar: true,
    // A native module is opened by the system, which cannot see into the archive.
    asarUnpack: ['node_modules/@koromix/**/*.node'],
    artifactName: `${name}.\${ext}`,
    // With a feed electron-builder writes app-update.yml into the package and latest.yml beside it; nothing is uploaded.
    publish: feed.url === undefined ? null : { provider: 'generic', url: feed.url },
    ...(fuses === undefined ? {} : { electronFuses: fuses }),
    afterPack,
    fileAssociations: [
      { ext: 'hinspect', name: 'Hinspector session', description: 'Hinspector session', mimeType: 'application/x-hinspect', role: 'Viewer', icon: join(icons, 'icon.ico') },
    ],
    linux: {
      executableName: 'hinspector', category: 'Development', synopsis: product.description, icon: icons, maintainer: `${product.author} <hinspector@localhost>`,
    },
    deb: { packageCategory: 'devel', depends: debDependencies },
    win: { icon: join(icons, 'icon.ico'), ...(certificateGiven() ? {} : { signExecutable: false }) },
    nsis: {
      oneClick: false, perMachine: false, allowElevation: true, allowToChangeInstallationDirectory: true, license: inProject('LICENSE'),
      artifactName: `${name}-setup.\${ext}`, include: inProject('build', 'packaging', 'installers', 'uninstall.nsh'),
    },
    portable: { artifactName: `${name}-portable.\${ext}`, requestExecutionLevel: 'user' },
    msi: { oneClick: false, perMachine: true, artifactName: `${name}.\${ext}` },
  };
}

/** Debian's names of what Electron needs. */
export const debDependencies = ['libgtk-3-0t64 | libgtk-3-0', 'libnss3', 'libasound2t64 | libasound2', 'libgbm1', 'libxss1', 'libxtst6', 'xdg-utils'];
