import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { arch, release, type as systemName } from 'node:os';
import path from 'node:path';
import type { About, BuildRecord, PackageNotice } from '../../preload/contract/about';
import type { Engine } from '../engine/engine';

export interface AboutParts {
  readonly version: string;
  readonly engine: Pick<Engine, 'description'>;
  /** process.versions. */
  readonly versions: Readonly<Record<string, string | undefined>>;
  /** The folder whose package.json the packager wrote, or the project's. */
  readonly application: string;
  /** Made with the bundles: notices.json. */
  readonly notices: string;
  /** The folder of Electron's program, in which its licences lie. */
  readonly runtime: string;
}

/** Electron's own, as its archive and the packager name them. */
const RUNTIME_LICENCES = ['LICENSE.electron.txt', 'LICENSE', 'LICENSES.chromium.html'];

/** Everything that Help › About tells, read when it is asked for. @throws Error where the notices were not made */
export async function aboutHinspector({ version, engine, versions, application, notices, runtime }: AboutParts): Promise<About> {
  // Both are files of the application's own making: build/bundles/notices.mjs, build/packaging/application.mjs.
  const { own, packages } = JSON.parse(await readFile(notices, 'utf8')) as { readonly own: string; readonly packages: readonly PackageNotice[] };
  // Of it the part that application.mjs writes.
  const { packed } = JSON.parse(await readFile(path.join(application, 'package.json'), 'utf8')) as { readonly packed?: BuildRecord };
  return {
    version, build: packed, electron: versions['electron'] ?? '', chrome: versions['chrome'] ?? '', node: versions['node'] ?? '', v8: versions['v8'] ?? '',
    koffi: packages.find(({ name }) => name === 'koffi')?.version ?? '', engine: engine.description, system: `${systemName()} ${release()} ${arch()}`,
    licence: own, packages, runtimeLicences: RUNTIME_LICENCES.map((name) => path.join(runtime, name)).filter((file) => existsSync(file)),
  };
}
