import { INTERNET_PER_CONN as PER_CONN, PROXY_TYPE } from '../../../../preload/contract/win32/constants/wininet-flags';
import { NO_PROXY, parseProxies, type ProxyList } from './proxy-list';

export type ProxySetting = number | string;

/** What Windows keeps of the default connection: the options of INTERNET_PER_CONN_OPTION, by their numbers. */
export class ProxySettings {
  constructor(private readonly values: ReadonlyMap<number, ProxySetting> = new Map()) {}

  static of(proxies: ProxyList): ProxySettings {
    return new ProxySettings(new Map<number, ProxySetting>([
      [PER_CONN.INTERNET_PER_CONN_FLAGS, proxies.text === '' ? PROXY_TYPE.PROXY_TYPE_DIRECT : PROXY_TYPE.PROXY_TYPE_PROXY],
      [PER_CONN.INTERNET_PER_CONN_PROXY_SERVER, proxies.text], [PER_CONN.INTERNET_PER_CONN_PROXY_BYPASS, proxies.bypassText],
    ]));
  }

  number(option: number): number {
    const value = this.values.get(settled(option));
    if (typeof value === 'number') return value;
    return settled(option) === PER_CONN.INTERNET_PER_CONN_FLAGS ? PROXY_TYPE.PROXY_TYPE_DIRECT : 0;
  }

  /** Undefined for what is not set. */
  text(option: number): string | undefined {
    const value = this.values.get(option);
    return typeof value === 'string' && value !== '' ? value : undefined;
  }

  /** These settings with some of them changed. */
  with(changes: ReadonlyMap<number, ProxySetting>): ProxySettings {
    return new ProxySettings(new Map([...this.values, ...[...changes].map(([option, value]) => [settled(option), value] as const)]));
  }

  /** The named proxies that are in force. There is no interpreter here for what a configuration script would say. */
  get proxies(): ProxyList {
    const server = this.text(PER_CONN.INTERNET_PER_CONN_PROXY_SERVER);
    const named = (this.number(PER_CONN.INTERNET_PER_CONN_FLAGS) & PROXY_TYPE.PROXY_TYPE_PROXY) !== 0;
    return named && server !== undefined ? parseProxies(server, this.text(PER_CONN.INTERNET_PER_CONN_PROXY_BYPASS) ?? '') : NO_PROXY;
  }
}

/** INTERNET_PER_CONN_FLAGS_UI is INTERNET_PER_CONN_FLAGS as a person set them; here nothing else sets them. */
function settled(option: number): number {
  return option === PER_CONN.INTERNET_PER_CONN_FLAGS_UI ? PER_CONN.INTERNET_PER_CONN_FLAGS : option;
}
