import { andThen, err, ok, type MaybePromise, type Result } from '../../../../preload/contract/result';
import { INTERNET_OPTION } from '../../../../preload/contract/win32/constants/options';
import { WIN32_ERRORS } from '../../../../preload/contract/win32/constants/win32-errors';
import { WININET_ERRORS } from '../../../../preload/contract/win32/constants/wininet-errors';
import { INTERNET_FLAG, INTERNET_OPEN_TYPE, INTERNET_SERVICE } from '../../../../preload/contract/win32/constants/wininet-flags';
import type { FunctionArgs } from '../../../../preload/contract/win32/functions';
import { MemoryFault, readText, readUint64 } from '../../../../preload/contract/win32/memory';
import type { Outcome } from '../../engine';
import { guarded, type Call, type ErrorCode } from './call';
import { ConnectionHandle, RequestHandle, SessionHandle, type InternetHandle } from './handle';
import { HeaderList } from './header-list';
import { settingOf } from './kept-setting';
import { NO_PROXY, parseProxies } from './proxy-list';
import { defaultPort, requestTarget } from './request-url';
import type { WinInetCore } from './wininet-core';

/** The most entries that are read of lplpszAcceptTypes, should its NULL be missing. */
const MOST_ACCEPT_TYPES = 256;

/** InternetOpen, InternetConnect, HttpOpenRequest: nothing of them touches the network. */
export class OpenHandles {
  constructor(private readonly core: WinInetCore) {}

  internetOpen(args: FunctionArgs<'InternetOpen'>, call: Call): MaybePromise<Outcome> {
    return guarded(call, 0n, () => {
      const proxy = call.text(args.lpszProxy);
      const types: readonly number[] = Object.values(INTERNET_OPEN_TYPE);
      const named = args.dwAccessType === INTERNET_OPEN_TYPE.INTERNET_OPEN_TYPE_PROXY;
      if (!types.includes(args.dwAccessType) || (named && (proxy === undefined || proxy === ''))) {
        return call.outcome(0n, WIN32_ERRORS.ERROR_INVALID_PARAMETER);
      }
      const direct = args.dwAccessType === INTERNET_OPEN_TYPE.INTERNET_OPEN_TYPE_DIRECT;
      const session = new SessionHandle(
        { value: this.core.table.nextValue(), context: 0n, callback: undefined, timeouts: this.core.timeouts },
        call.text(args.lpszAgent), args.dwFlags,
        named ? parseProxies(proxy ?? '', call.text(args.lpszProxyBypass) ?? '') : direct ? NO_PROXY : this.core.preconfigured, !named && !direct,
      );
      return call.outcome(this.core.table.add(session).value);
    });
  }

  internetConnect(args: FunctionArgs<'InternetConnect'>, call: Call): MaybePromise<Outcome> {
    return guarded(call, 0n, () => {
      const found = this.core.table.of('session', args.hInternet);
      if (!found.ok) return call.outcome(0n, found.error);
      const session = found.value;
      const host = call.text(args.lpszServerName);
      const services: readonly number[] = Object.values(INTERNET_SERVICE);
      if (host === undefined || host === '' || !services.includes(args.dwService)) return call.outcome(0n, WIN32_ERRORS.ERROR_INVALID_PARAMETER);
      // FTP and Gopher connections are not made here: "The requested protocol could not be located."
      if (args.dwService !== INTERNET_SERVICE.INTERNET_SERVICE_HTTP) return call.outcome(0n, WININET_ERRORS.ERROR_INTERNET_PROTOCOL_NOT_FOUND);
      const connection = new ConnectionHandle(
        this.inherited(session, args.dwContext), session, host.replace(/^\[|\]$/gu, ''), args.nServerPort & 0xffff,
        call.text(args.lpszUserName), call.text(args.lpszPassword),
      );
      session.children.add(connection);
      return this.announce(connection, session, call);
    });
  }

  httpOpenRequest(args: FunctionArgs<'HttpOpenRequest'>, call: Call): MaybePromise<Outcome> {
    return guarded(call, 0n, () => {
      const found = this.core.table.of('http-connection', args.hConnect);
      if (!found.ok) return call.outcome(0n, found.error);
      const connection = found.value;
      const version = versionOf(call.text(args.lpszVersion), this.core.httpVersion);
      const verb = call.text(args.lpszVerb) ?? '';
      if (!version.ok || /[^!-~]/u.test(verb)) return call.outcome(0n, WIN32_ERRORS.ERROR_INVALID_PARAMETER);
      const headers = new HeaderList();
      const accepted = this.acceptTypes(args.lplpszAcceptTypes, call).join(', ');
      if (accepted !== '') headers.append('Accept', accepted);
      const referrer = call.text(args.lpszReferrer);
      if (referrer !== undefined && referrer !== '') headers.append('Referer', referrer);
      const secure = (args.dwFlags & INTERNET_FLAG.INTERNET_FLAG_SECURE) !== 0;
      const encodesExtra = (settingOf(connection, this.core, INTERNET_OPTION.INTERNET_OPTION_ENCODE_EXTRA) ?? 0) !== 0;
      const request = new RequestHandle(
        this.inherited(connection, args.dwContext), connection, verb === '' ? 'GET' : verb,
        { secure, host: connection.host, port: connection.port === 0 ? defaultPort(secure) : connection.port, target: requestTarget(call.text(args.lpszObjectName), encodesExtra) },
        version.value, args.dwFlags, headers,
      );
      connection.children.add(request);
      return this.announce(request, connection, call);
    });
  }

  /** What a child takes from its parent at creation, and only then. */
  private inherited(parent: InternetHandle, context: bigint) {
    return { value: this.core.table.nextValue(), context, callback: parent.callback, timeouts: parent.timeouts };
  }

  /** HANDLE_CREATED before the creating call returns; if the callback closes the new handle, there is none to return. */
  private announce(handle: InternetHandle, parent: InternetHandle, call: Call): MaybePromise<Outcome> {
    this.core.table.add(handle);
    return andThen(this.core.notifier.created(handle, parent, call.thread), () => (handle.state === 'open'
      ? call.outcome(handle.value)
      : call.outcome(0n, WININET_ERRORS.ERROR_INTERNET_OPERATION_CANCELLED)));
  }

  /** A NULL-terminated array of strings. */
  private acceptTypes(array: bigint, call: Call): readonly string[] {
    const types: string[] = [];
    for (let i = 0; array !== 0n && i < MOST_ACCEPT_TYPES; i += 1) {
      const entry = readUint64(call.memory, array + BigInt(i * 8));
      if (entry === 0n) break;
      const type = readable(call, entry);
      if (type !== undefined) types.push(type);
    }
    return types;
  }
}

/** Observed on Windows: a pointer that leads nowhere is passed over. */
function readable(call: Call, text: bigint): string | undefined {
  try {
    return readText(call.memory, text, call.width);
  } catch (fault) {
    if (fault instanceof MemoryFault) return undefined;
    throw fault;
  }
}

/** "If lpszVersion is NULL, the function uses an HTTP version of 1.1 or 1.0": here 1.1. */
function versionOf(given: string | undefined, own: { readonly major: number; readonly minor: number }): Result<string, ErrorCode> {
  if (given === undefined || given === '') return ok(`HTTP/${own.major}.${own.minor}`);
  return /^HTTP\/\d\.\d$/iu.test(given) ? ok(given.toUpperCase()) : err(WIN32_ERRORS.ERROR_INVALID_PARAMETER);
}
