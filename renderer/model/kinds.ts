import type { HandleKind } from '../../preload/contract/handle';

export interface KindWords {
  /** The letter of its badge. */
  readonly letter: string;
  readonly name: string;
  /** The function that closes it; undefined where none does. */
  readonly close: string | undefined;
}

const WORDS: Readonly<Record<HandleKind, KindWords>> = {
  'session': { letter: 'S', name: 'Session', close: 'InternetCloseHandle' },
  'connection': { letter: 'C', name: 'Connection', close: 'InternetCloseHandle' },
  'request': { letter: 'R', name: 'HTTP request', close: 'InternetCloseHandle' },
  'ftp-connection': { letter: 'F', name: 'FTP connection', close: 'InternetCloseHandle' },
  'ftp-file': { letter: 'f', name: 'FTP file', close: 'InternetCloseHandle' },
  'ftp-find': { letter: 'd', name: 'FTP find', close: 'InternetCloseHandle' },
  'server-session': { letter: 'V', name: 'Server session', close: 'HttpCloseServerSession' },
  'url-group': { letter: 'U', name: 'URL group', close: 'HttpCloseUrlGroup' },
  'request-queue': { letter: 'Q', name: 'Request queue', close: 'HttpCloseRequestQueue' },
  'server-request': { letter: 'H', name: 'Server request', close: undefined },
  'process': { letter: 'P', name: 'Process', close: undefined },
};

export function kindWords(kind: HandleKind): KindWords {
  return WORDS[kind];
}
