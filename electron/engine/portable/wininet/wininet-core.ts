import type { PortableMemory } from '../portable-memory';
import type { Threads } from '../threads';
import { ConnectionPool } from './connection-pool';
import { LastResponses } from './ftp/last-responses';
import { CookieJar } from './cookie-jar';
import { HandleTable } from './handle-table';
import type { Timeouts } from './handle';
import { HostNames } from './host-names';
import { NO_PROXY, type ProxyList } from './proxy-list';
import { StatusNotifier } from './status-notifier';
import { Sockets } from './transport';

/** What the functions of one engine share: the state of the DLL in its process. */
export class WinInetCore {
  readonly table = new HandleTable();
  readonly names = new HostNames();
  readonly cookies = new CookieJar();
  readonly sockets = new Sockets();
  readonly pool = new ConnectionPool();
  readonly responses = new LastResponses();
  /** Numbers set by InternetSetOption without a handle, by option. */
  readonly settings = new Map<number, number>();
  /** What HttpOpenRequest takes when it is given no version. */
  httpVersion = { major: 1, minor: 1 };
  /** What sessions of INTERNET_OPEN_TYPE_PRECONFIG start with. */
  proxies: ProxyList = NO_PROXY;
  /** The Winsock error behind the last WinINet error (INTERNET_OPTION_EXTENDED_ERROR). */
  extendedError = 0;
  readonly notifier: StatusNotifier;
  /** What sessions start with; set by InternetSetOption without a handle. In milliseconds. */
  readonly timeouts: Timeouts = { connect: 60_000, send: 30_000, receive: 30_000, dataSend: 30_000, dataReceive: 30_000 };

  constructor(readonly memory: PortableMemory, readonly threads: Threads, nameOfCallback: (pointer: bigint) => string) {
    this.notifier = new StatusNotifier(nameOfCallback);
  }
}
