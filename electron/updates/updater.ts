import { CancellationToken } from 'builder-util-runtime';
import { NsisUpdater } from 'electron-updater';
import path from 'node:path';
import type { OfferedVersion } from '../../preload/contract/app-update';
import type { Updater } from './app-updates';
import { FeedRequests } from './feed-requests';
import type { UpdateFeed } from './update-feed';
import { inWords } from './update-problem';

/** The copy that is to be updated. */
export interface UpdatedCopy {
  readonly version: string;
  /** Where downloads are kept until they are installed. */
  readonly cache: string;
  /** Whether a file bears a valid signature of one of the names: undefined when it does, else what is wrong. Left out: Windows is asked. */
  readonly verify?: (publishers: readonly string[], file: string) => Promise<string | undefined>;
}

/** What electron-updater asks of the application; it exports no name for it. */
type AppAdapter = NonNullable<ConstructorParameters<typeof NsisUpdater>[1]>;

/** Asked for by the person alone, and sent by no request: electron-updater would make up an id for each installation. */
const NOBODY = '00000000-0000-0000-0000-000000000000';
const SILENT = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** Brings updates of an installed copy by electron-updater: this bundle alone holds it, and is loaded at the first question. */
export function createUpdater(feed: UpdateFeed, { version, cache, verify }: UpdatedCopy): Updater {
  const app: AppAdapter = {
    version, name: 'Hinspector', isPackaged: true, appUpdateConfigPath: feed.file, userDataPath: cache, baseCachePath: cache,
    // Leaving is the shell's: it closes handles first, and calls `install` last.
    whenReady: () => Promise.resolve(), relaunch: () => undefined, quit: () => undefined, onQuit: () => undefined,
  };
  const updater = new NsisUpdater(undefined, app);
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = false;
  updater.disableWebInstaller = true;
  // A download in parts saves bytes and needs two more files that the feed must hold.
  updater.disableDifferentialDownload = true;
  updater.logger = SILENT;
  updater.requestHeaders = { 'x-user-staging-id': NOBODY };
  // Its own executor is Chromium's, which reaches nothing outside (docs/security.md). The field is not in its types.
  Reflect.set(updater, 'httpExecutor', new FeedRequests());
  if (verify !== undefined) updater.verifyUpdateCodeSignature = async (publishers, file) => await verify(publishers, file) ?? null;
  // Every failure comes as a rejection too; an event that nobody hears would end the process.
  updater.on('error', () => undefined);
  return {
    check: () => inWords(feed, async () => {
      const found = await updater.checkForUpdates();
      return found?.isUpdateAvailable === true ? offered(found.updateInfo) : undefined;
    }),
    download: (onProgress, signal) => inWords(feed, async () => {
      const token = new CancellationToken();
      const stop = (): void => token.cancel();
      const tell = ({ percent }: { readonly percent: number }): void => onProgress(percent / 100);
      signal.addEventListener('abort', stop);
      updater.on('download-progress', tell);
      try {
        await updater.downloadUpdate(token);
      } finally {
        signal.removeEventListener('abort', stop);
        updater.off('download-progress', tell);
      }
    }),
    install: () => { updater.install(true, false); },
  };
}

function offered({ version, releaseDate, files }: { readonly version: string; readonly releaseDate?: string; readonly files?: readonly { readonly url: string; readonly size?: number }[] }): OfferedVersion {
  // The feed is not held to the types of electron-updater: a list without files is told of when one is asked for.
  const installer = files?.find(({ url }) => path.posix.extname(url).toLowerCase() === '.exe');
  return { version, date: releaseDate === '' ? undefined : releaseDate, size: installer?.size };
}
