import { INTERNET_OPTION } from '../../../../preload/contract/win32/constants/options';
import { INTERNET_STATE } from '../../../../preload/contract/win32/constants/wininet-flags';
import type { PortableMemory } from '../portable-memory';
import type { Threads } from '../threads';
import { ConnectionLimits } from './connection-limits';
import { ConnectionPool } from './connection-pool';
import { LastResponses } from './ftp/last-responses';
import { CookieJar } from './cookie-jar';
import { HandleTable } from './handle-table';
import type { SessionHandle, Timeouts } from './handle';
import { HostNames } from './host-names';
import { PasswordCache } from './password-cache';
import type { ProxyList } from './proxy-list';
import { ProxySettings, type ProxySetting } from './proxy-settings';
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
  readonly passwords = new PasswordCache();
  /** Numbers set by InternetSetOption without a handle, by option. */
  readonly settings = new Map<number, number>();
  readonly limits = new ConnectionLimits(this.settings);
  /** What HttpOpenRequest takes when it is given no version. */
  httpVersion = { major: 1, minor: 1 };
  /** What Windows is preconfigured with: there is no registry, but INTERNET_OPTION_PROXY and _PER_CONNECTION_OPTION without a handle. */
  systemProxy = new ProxySettings();
  /** What INTERNET_OPTION_PER_CONNECTION_OPTION on a session set for this process in its place. */
  processProxy: ProxySettings | undefined;
  /** The Winsock error behind the last WinINet error (INTERNET_OPTION_EXTENDED_ERROR). */
  extendedError = 0;
  readonly notifier: StatusNotifier;
  /** What sessions start with; set by InternetSetOption without a handle. In milliseconds. */
  readonly timeouts: Timeouts = { connect: 60_000, send: 30_000, receive: 30_000, dataSend: 30_000, dataReceive: 30_000 };

  constructor(readonly memory: PortableMemory, readonly threads: Threads, nameOfCallback: (pointer: bigint) => string) {
    this.notifier = new StatusNotifier(nameOfCallback);
  }

  /** Whether WinINet was told to be offline (INTERNET_OPTION_CONNECTED_STATE). */
  get offline(): boolean {
    const state = this.settings.get(INTERNET_OPTION.INTERNET_OPTION_CONNECTED_STATE) ?? INTERNET_STATE.INTERNET_STATE_CONNECTED;
    return (state & (INTERNET_STATE.INTERNET_STATE_DISCONNECTED | INTERNET_STATE.INTERNET_STATE_DISCONNECTED_BY_USER)) !== 0;
  }

  /** "All outstanding requests will be aborted with a canceled error." */
  abortAll(): void {
    for (const handle of this.table.all()) for (const operation of handle.operations) operation.cancel();
  }

  /** What sessions of INTERNET_OPEN_TYPE_PRECONFIG go by. */
  get preconfigured(): ProxyList {
    return (this.processProxy ?? this.systemProxy).proxies;
  }

  changeProcessProxy(session: SessionHandle, changes: ReadonlyMap<number, ProxySetting>): void {
    this.processProxy = (this.processProxy ?? this.systemProxy).with(changes);
    session.proxies = this.preconfigured;
    this.refreshProxies();
  }

  refreshProxies(): void {
    for (const root of this.table.roots()) if (root.kind === 'session' && root.preconfigured) root.proxies = this.preconfigured;
  }
}
