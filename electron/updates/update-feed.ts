import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { parse } from 'yaml';
import { err, ok, type Result } from '../../preload/contract/result';

/** What electron-builder writes beside the archive of a package that has a feed (app-update.yml). */
export interface UpdateFeed {
  /** The file itself. */
  readonly file: string;
  readonly url: string;
  /** Names that the signature of an update must bear. */
  readonly publishers: readonly string[];
}

/** The copy of the application that asks. */
export interface InstalledCopy {
  readonly packaged: boolean;
  readonly platform: NodeJS.Platform;
  /** app-update.yml, where it would be. */
  readonly config: string;
  /** Whether the installer put it here, so that a newer installer can replace it. */
  readonly byInstaller: boolean;
}

const CONFIG = v.object({ provider: v.literal('generic'), url: v.pipe(v.string(), v.url()), publisherName: v.optional(v.union([v.string(), v.array(v.string())])) });

/** Programs of this machine alone can stand behind these. */
const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** Whether nobody between the feed and this machine can change what it says. */
export function isTrustworthy({ protocol, hostname }: Pick<URL, 'protocol' | 'hostname'>): boolean {
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname));
}

/** The feed of this copy, or in words for the person why it looks for no updates. */
export async function updateFeed({ packaged, platform, config, byInstaller }: InstalledCopy): Promise<Result<UpdateFeed, string>> {
  if (!packaged) return err('This copy runs from its sources: update those instead.');
  // Only Windows' packages bear a signature that an update can be held to.
  if (platform !== 'win32') return err('Only signed packages are updated from here, and those for this system have no signature. Install the newer package over this one.');
  const text = await readFile(config, 'utf8').catch(() => undefined);
  if (text === undefined) return err('This package was made without an update feed. Install the newer package over this one.');
  const parsed = v.safeParse(CONFIG, readYaml(text));
  if (!parsed.success) return err(`The update feed of this package cannot be read: ${config} is not as the packager writes it. Install the newer package over this one.`);
  const { url, publisherName } = parsed.output;
  const publishers = [publisherName ?? []].flat().filter((name) => name !== '');
  if (publishers.length === 0) return err('This package is not signed, so an update could not be held to the signature of its publisher. Install the newer package over this one.');
  if (!isTrustworthy(new URL(url))) return err(`The update feed of this package (${url}) is not https, so anybody on the way could change what it says. Install the newer package over this one.`);
  if (!byInstaller) return err('This copy was unpacked or installed by other means than Hinspector’s own installer, and is replaced in the same way.');
  return ok({ file: config, url, publishers });
}

function readYaml(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
