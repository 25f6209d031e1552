import type { FunctionArgs } from '../../../../preload/contract/win32/functions';
import type { WININET_FUNCTIONS } from '../../../../preload/contract/win32/wininet-functions';
import type { WININET_URL_FUNCTIONS } from '../../../../preload/contract/win32/wininet-url-functions';
import type { MaybePromise } from '../../../../preload/contract/result';
import { INTERNET_SERVICE } from '../../../../preload/contract/win32/constants/wininet-flags';
import { uintBytes, type Address } from '../../../../preload/contract/win32/memory';
import type { CallContext, EngineFunctions, EngineListener, Outcome } from '../../engine';
import type { PortableMemory } from '../portable-memory';
import type { Threads } from '../threads';
import { Call, guarded } from './call';
import { internetAttemptConnect, internetCheckConnection, internetGetConnectedState } from './connectivity';
import { CookieFunctions } from './cookie-functions';
import { internetSetFilePointer } from './file-pointer';
import { Ftp, type FtpName } from './ftp/ftp';
import { getLastResponseInfo } from './ftp/last-response-info';
import { HandleCloser } from './handle-closer';
import { OpenHandles } from './open-handles';
import { OpenUrl } from './open-url';
import { openedUrl } from './opened-url';
import { Options } from './options';
import { PendingWork } from './pending-work';
import { QueryInfo } from './query-info';
import { ReadFile } from './read-file';
import { addRequestHeaders } from './request-headers';
import { RequestHop } from './request-hop';
import { RequestLocks } from './request-locks';
import { SendRequest } from './send-request';
import { ServerConnection } from './server-connection';
import { setStatusCallback } from './status-callback';
import { internetTimeFromSystemTime, internetTimeToSystemTime } from './time-functions';
import { Transmission } from './transmission';
import { internetCanonicalizeUrl, internetCombineUrl, internetCrackUrl, internetCreateUrl } from './url-functions';
import { WinInetCore } from './wininet-core';
import { WriteRequest } from './write-request';

type WinInetName = keyof typeof WININET_FUNCTIONS | keyof typeof WININET_URL_FUNCTIONS | FtpName | 'InternetGetLastResponseInfo' | 'InternetWriteFile';

/** WinINet over Node's sockets, by the rules of Microsoft's reference. */
export class WinInet {
  readonly functions: Pick<EngineFunctions, WinInetName>;
  private readonly core: WinInetCore;

  constructor(memory: PortableMemory, threads: Threads, nameOfCallback: (pointer: bigint) => string) {
    const core = new WinInetCore(memory, threads, nameOfCallback);
    this.core = core;
    const closer = new HandleCloser(core);
    const pending = new PendingWork(core, closer);
    const opening = new OpenHandles(core);
    const hop = new RequestHop(core, closer, new ServerConnection(core));
    const transmission = new Transmission(core, closer, hop);
    const sending = new SendRequest(core, pending, transmission);
    const writing = new WriteRequest(core, pending, transmission, hop);
    const cookies = new CookieFunctions(core);
    const locks = new RequestLocks(core);
    const urls = new OpenUrl(core, pending, closer, transmission);
    const reading = new ReadFile(core, pending, closer);
    const info = new QueryInfo(core);
    const options = new Options(core);
    const made = <N extends WinInetName>(run: (args: FunctionArgs<N>, call: Call) => MaybePromise<Outcome>) =>
      (args: FunctionArgs<N>, context: CallContext): MaybePromise<Outcome> => {
        const call = new Call(memory, context, threads.main);
        core.responses.clear(call.thread);
        return run(args, call);
      };
    const ftp = new Ftp(core, closer, made);
    this.functions = {
      ...ftp.functions,
      // Alone it leaves in place what it tells.
      InternetGetLastResponseInfo: (args, context) => getLastResponseInfo(core, args, new Call(memory, context, threads.main)),
      InternetOpen: made<'InternetOpen'>((args, call) => opening.internetOpen(args, call)),
      InternetSetStatusCallback: made<'InternetSetStatusCallback'>((args, call) => setStatusCallback(core, args, call)),
      InternetConnect: made<'InternetConnect'>((args, call) =>
        (args.dwService === INTERNET_SERVICE.INTERNET_SERVICE_FTP ? ftp.connect.call(args, call) : opening.internetConnect(args, call))),
      HttpOpenRequest: made<'HttpOpenRequest'>((args, call) => opening.httpOpenRequest(args, call)),
      HttpAddRequestHeaders: made<'HttpAddRequestHeaders'>((args, call) => addRequestHeaders(core, args, call)),
      HttpSendRequest: made<'HttpSendRequest'>((args, call) => sending.call(args, call)),
      HttpSendRequestEx: made<'HttpSendRequestEx'>((args, call) => writing.begin(args, call)),
      InternetWriteFile: made<'InternetWriteFile'>((args, call) => {
        zero(memory, args.lpdwNumberOfBytesWritten);
        const file = ftp.fileOf(args.hFile);
        return file === undefined ? writing.write(args, call) : ftp.files.write(args, call, file);
      }),
      HttpEndRequest: made<'HttpEndRequest'>((args, call) => writing.end(args, call)),
      InternetOpenUrl: made<'InternetOpenUrl'>((args, call) => guarded(call, 0n, () => {
        const opened = openedUrl(core, args, call);
        if (!opened.ok) return call.outcome(0n, opened.error);
        return (opened.value.scheme === 'ftp' ? ftp.urls : urls).open(opened.value, args, call);
      })),
      HttpQueryInfo: made<'HttpQueryInfo'>((args, call) => info.call(args, call)),
      InternetReadFile: made<'InternetReadFile'>((args, call) => {
        zero(memory, args.lpdwNumberOfBytesRead);
        const file = ftp.fileOf(args.hFile);
        return file === undefined ? reading.read(args, call) : ftp.files.read(args, call, file);
      }),
      InternetReadFileEx: made<'InternetReadFileEx'>((args, call) => {
        const file = ftp.fileOf(args.hFile);
        return file === undefined ? reading.readEx(args, call) : ftp.files.readEx(args, call, file);
      }),
      InternetSetFilePointer: made<'InternetSetFilePointer'>((args, call) => internetSetFilePointer(core, args, call)),
      InternetLockRequestFile: made<'InternetLockRequestFile'>((args, call) => locks.lock(args, call)),
      InternetUnlockRequestFile: made<'InternetUnlockRequestFile'>((args, call) => locks.unlock(args, call)),
      InternetCrackUrl: made<'InternetCrackUrl'>(internetCrackUrl),
      InternetCreateUrl: made<'InternetCreateUrl'>(internetCreateUrl),
      InternetCanonicalizeUrl: made<'InternetCanonicalizeUrl'>(internetCanonicalizeUrl),
      InternetCombineUrl: made<'InternetCombineUrl'>(internetCombineUrl),
      InternetTimeFromSystemTime: made<'InternetTimeFromSystemTime'>(internetTimeFromSystemTime),
      InternetTimeToSystemTime: made<'InternetTimeToSystemTime'>(internetTimeToSystemTime),
      InternetSetCookie: made<'InternetSetCookie'>((args, call) => cookies.set(args, call)),
      InternetSetCookieEx: made<'InternetSetCookieEx'>((args, call) => cookies.setEx(args, call)),
      InternetGetCookie: made<'InternetGetCookie'>((args, call) => cookies.get(args, call)),
      InternetGetCookieEx: made<'InternetGetCookieEx'>((args, call) => cookies.getEx(args, call)),
      InternetAttemptConnect: made<'InternetAttemptConnect'>(internetAttemptConnect),
      InternetCheckConnection: made<'InternetCheckConnection'>((args, call) => internetCheckConnection(core, args, call)),
      InternetGetConnectedState: made<'InternetGetConnectedState'>((args, call) => internetGetConnectedState(core, args, call)),
      InternetQueryDataAvailable: made<'InternetQueryDataAvailable'>((args, call) => {
        const file = ftp.fileOf(args.hFile);
        return file === undefined ? reading.queryAvailable(args, call) : ftp.files.queryAvailable(args, call, file);
      }),
      InternetQueryOption: made<'InternetQueryOption'>((args, call) => options.query(args, call)),
      InternetSetOption: made<'InternetSetOption'>((args, call) => options.set(args, call)),
      InternetCloseHandle: made<'InternetCloseHandle'>((args, call) => closer.close(call, args.hInternet)),
    };
  }

  /** Sockets that are open now, idle ones among them. */
  get openSockets(): number {
    return this.core.sockets.count;
  }

  /** Of these, the idle ones. */
  get keptSockets(): number {
    return this.core.pool.size;
  }

  /** Handles that calls can name now. */
  get openHandles(): number {
    return this.core.table.size;
  }

  listen(listener: EngineListener): void {
    this.core.notifier.listen(listener);
  }

  /** Ends everything without callbacks; resolves when no socket is left. */
  async dispose(): Promise<void> {
    this.core.notifier.mute();
    const nobody = new Call(this.core.memory, { width: 'W', thread: undefined }, this.core.threads.main);
    const closer = new HandleCloser(this.core);
    for (const root of this.core.table.roots()) await closer.close(nobody, root.value);
    await this.core.sockets.destroyAll();
  }
}

/** InternetReadFile and InternetWriteFile set their count "to zero before doing any work or error checking". */
function zero(memory: PortableMemory, count: Address): void {
  if (memory.holds(count, 4)) memory.write(count, uintBytes(0, 4));
}
