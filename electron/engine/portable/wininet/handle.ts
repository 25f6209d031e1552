import { INTERNET_FLAG } from '../../../../preload/contract/win32/constants/wininet-flags';
import type { Width } from '../../../../preload/contract/win32/signature';
import type { Challenge, Party } from './challenge';
import type { Exchange } from './exchange';
import type { FtpConnectionHandle, FtpFileHandle, FtpFindHandle } from './ftp/ftp-handles';
import type { HeaderList } from './header-list';
import type { Operation } from './operation';
import type { ProxyList } from './proxy-list';
import type { RequestUrl } from './request-url';
import type { Sending } from './sending';

/** A registered INTERNET_STATUS_CALLBACK and the width of the call that registered it. */
export interface RegisteredCallback {
  readonly pointer: bigint;
  readonly width: Width;
}

/** In milliseconds; 0xFFFFFFFF and 0 are no limit. */
export interface Timeouts {
  connect: number;
  send: number;
  receive: number;
  /** For the data connection of an FTP transfer. */
  dataSend: number;
  dataReceive: number;
}

/**
 * `open`; `invalid` since it or an ancestor was closed, while something of it is still pending; `closing` while its last
 * callbacks are made; `closed` after them.
 */
export type HandleState = 'open' | 'invalid' | 'closing' | 'closed';

export interface HandleOptions {
  readonly value: bigint;
  readonly context: bigint;
  readonly callback: RegisteredCallback | undefined;
  readonly timeouts: Timeouts;
}

/** What every HINTERNET has. */
export abstract class HandleBase {
  readonly value: bigint;
  state: HandleState = 'open';
  context: bigint;
  callback: RegisteredCallback | undefined;
  readonly timeouts: Timeouts;
  /** Numbers set by InternetSetOption that nothing else keeps, by option. */
  readonly settings = new Map<number, number>();
  readonly children = new Set<InternetHandle>();
  readonly operations = new Set<Operation>();

  constructor(options: HandleOptions) {
    this.value = options.value;
    this.context = options.context;
    this.callback = options.callback;
    this.timeouts = { ...options.timeouts };
  }
}

export class SessionHandle extends HandleBase {
  readonly kind = 'session';
  readonly parent = undefined;

  constructor(
    options: HandleOptions,
    public agent: string | undefined,
    readonly flags: number,
    public proxies: ProxyList,
    /** INTERNET_OPEN_TYPE_PRECONFIG: its proxies are those of the system. */
    readonly preconfigured = false,
  ) {
    super(options);
  }

  /** Whether requests below it pend; otherwise a call lasts until its result is there. */
  get asynchronous(): boolean {
    return (this.flags & INTERNET_FLAG.INTERNET_FLAG_ASYNC) !== 0;
  }
}

export class ConnectionHandle extends HandleBase {
  readonly kind = 'http-connection';

  constructor(
    options: HandleOptions,
    readonly parent: SessionHandle,
    readonly host: string,
    /** 0 is the default port of the scheme that a request uses. */
    readonly port: number,
    public userName: string | undefined,
    public password: string | undefined,
    /** InternetOpenUrl's own: it ends with its request, and nobody hears of it. */
    readonly hidden = false,
  ) {
    super(options);
  }

  proxyUserName: string | undefined;
  proxyPassword: string | undefined;

  get session(): SessionHandle {
    return this.parent;
  }
}

/** Where a request is between HttpOpenRequest and the last byte of its response. */
export type Progress =
  | { readonly phase: 'unsent' }
  /** `previous`: the response to an earlier send on the same handle, until its connection is let go. */
  | { readonly phase: 'sending'; readonly previous: Exchange | undefined }
  /** HttpSendRequestEx has begun it: the application writes the body, until HttpEndRequest asks for the response. */
  | { readonly phase: 'writing'; readonly exchange: Exchange; readonly sending: Sending }
  | { readonly phase: 'answered'; readonly exchange: Exchange }
  | { readonly phase: 'failed' };

export class RequestHandle extends HandleBase {
  readonly kind = 'http-request';
  progress: Progress = { phase: 'unsent' };
  /** What was sent last: the request line and fields that HttpQueryInfo answers are made of it. */
  sent: Sending | undefined;
  /** Who asked for credentials, and how; later sends answer without being asked again. */
  readonly challenges = new Map<Party, Challenge>();
  /** SECURITY_FLAG_IGNORE_* */
  ignoredErrors: number;
  /** INTERNET_OPTION_SUPPRESS_SERVER_AUTH: origin servers are given no credentials. */
  hidesFromServer = false;
  /** INTERNET_OPTION_IGNORE_OFFLINE */
  ignoresOffline = false;
  /** Whether the last operation was given up because it took too long. */
  timedOut = false;
  /** INTERNET_OPTION_REFERER_TOKEN_BINDING_HOSTNAME */
  tokenBindingReferer = '';

  constructor(
    options: HandleOptions,
    readonly parent: ConnectionHandle,
    public verb: string,
    /** Follows redirections. */
    public url: RequestUrl,
    /** Such as "HTTP/1.1". */
    readonly version: string,
    readonly flags: number,
    readonly headers: HeaderList,
  ) {
    super(options);
    // The flags of HttpOpenRequest and of INTERNET_OPTION_SECURITY_FLAGS that ignore an error share their bits.
    this.ignoredErrors = flags & (INTERNET_FLAG.INTERNET_FLAG_IGNORE_CERT_CN_INVALID | INTERNET_FLAG.INTERNET_FLAG_IGNORE_CERT_DATE_INVALID
      | INTERNET_FLAG.INTERNET_FLAG_IGNORE_REDIRECT_TO_HTTP | INTERNET_FLAG.INTERNET_FLAG_IGNORE_REDIRECT_TO_HTTPS);
  }

  get session(): SessionHandle {
    return this.parent.parent;
  }

  get exchange(): Exchange | undefined {
    return this.progress.phase === 'answered' ? this.progress.exchange : undefined;
  }

  /** Gives up every response, and the connection that it came over if it is not whole. */
  abandon(): void {
    if (this.progress.phase === 'sending') this.progress.previous?.abandon();
    if (this.progress.phase === 'writing') this.progress.exchange.abandon();
    this.exchange?.abandon();
  }
}

export type InternetHandle = SessionHandle | ConnectionHandle | RequestHandle | FtpConnectionHandle | FtpFileHandle | FtpFindHandle;
export type HandleKind = InternetHandle['kind'];
