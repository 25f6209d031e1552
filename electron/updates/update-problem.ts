import type { UpdateFeed } from './update-feed';

/** What electron-updater calls its failures, in words that say what to do. */
const WORDS: Readonly<Record<string, string>> = {
  ERR_CHECKSUM_MISMATCH: 'What was downloaded is not what the feed says: its SHA-512 differs. It was thrown away, and nothing is installed. Try again later; if it stays so, tell whoever publishes the packages.',
  ERR_UPDATER_INVALID_SIGNATURE: 'What was downloaded is not signed by the publisher of this copy. It was thrown away, and nothing is installed. Tell whoever publishes the packages.',
  ERR_UPDATER_CHANNEL_FILE_NOT_FOUND: 'The feed has no list of versions.',
  ERR_UPDATER_INVALID_UPDATE_INFO: 'The feed’s list of versions cannot be read.',
  ERR_UPDATER_INVALID_VERSION: 'The feed names a version that is none.',
  ERR_UPDATER_NO_FILES_PROVIDED: 'The feed names a newer version and no file of it.',
  ERR_UPDATER_ASSET_NOT_FOUND: 'The feed names a newer version and no installer of it.',
  ERR_UPDATER_WEB_INSTALLER_DISABLED: 'The feed offers an installer that would fetch more by itself. It is not used.',
  ENOSPC: 'There is no room on the disk for the download.',
  ECONNREFUSED: 'The feed’s server does not answer.', ECONNRESET: 'The feed’s server broke off.', ETIMEDOUT: 'The feed’s server does not answer.',
  ENOTFOUND: 'The feed’s server has no address: is this machine online?', EAI_AGAIN: 'The feed’s server has no address: is this machine online?',
};

const STATUS = /^ERR_/;

/** Runs a step of the updater; its failure becomes an error whose message is for the person. @throws Error with that message */
export async function inWords<T>({ url }: UpdateFeed, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (failure) {
    throw new Error(`${problem(failure)} (${url})`, { cause: failure });
  }
}

function problem(failure: unknown): string {
  if (!(failure instanceof Error)) return String(failure);
  const code = codeOf(failure);
  const words = code === undefined ? undefined : WORDS[code];
  if (words !== undefined) return words;
  const status: unknown = Reflect.get(failure, 'statusCode');
  if (typeof status === 'number') return `The feed’s server answered ${status}.`;
  const [line = ''] = failure.message.split('\n');
  return `${code === undefined || STATUS.test(code) ? '' : `${code}: `}${line.slice(0, LONGEST)}`;
}

/** Of a library's message, in characters. */
const LONGEST = 200;

function codeOf(failure: Error): string | undefined {
  const code: unknown = Reflect.get(failure, 'code');
  return typeof code === 'string' ? code : undefined;
}
