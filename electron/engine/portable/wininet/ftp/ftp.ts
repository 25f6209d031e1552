import type { MaybePromise } from '../../../../../preload/contract/result';
import type { FTP_FUNCTIONS } from '../../../../../preload/contract/win32/ftp-functions';
import type { FunctionArgs } from '../../../../../preload/contract/win32/functions';
import type { GOPHER_FUNCTIONS } from '../../../../../preload/contract/win32/gopher-functions';
import type { CallContext, EngineFunctions, Outcome } from '../../../engine';
import type { Call } from '../call';
import type { HandleCloser } from '../handle-closer';
import type { WinInetCore } from '../wininet-core';
import { FtpCommands } from './ftp-commands';
import { FtpConnect } from './ftp-connect';
import { FtpCopy } from './ftp-copy';
import { FtpFiles } from './ftp-files';
import { FtpFind } from './ftp-find';
import type { FtpFileHandle } from './ftp-handles';
import { FtpOpen } from './ftp-open';
import { FtpOpenUrl } from './ftp-open-url';
import { FtpOperations } from './ftp-operations';
import { FtpSession } from './ftp-session';
import { gopherAnswer, gopherAnswerOn } from './gopher';

/** All but what leaves the last response in place, and what files share with requests. */
export type FtpName = Exclude<keyof typeof FTP_FUNCTIONS, 'InternetGetLastResponseInfo' | 'InternetWriteFile'> | keyof typeof GOPHER_FUNCTIONS;
type Run<N extends FtpName> = (args: FunctionArgs<N>, call: Call) => MaybePromise<Outcome>;
type Made = <N extends FtpName>(run: Run<N>) => (args: FunctionArgs<N>, context: CallContext) => MaybePromise<Outcome>;

/** WinINet's FTP, over real sockets, and what is left of Gopher. */
export class Ftp {
  readonly functions: Pick<EngineFunctions, FtpName>;
  readonly connect: FtpConnect;
  readonly files: FtpFiles;
  readonly urls: FtpOpenUrl;

  /** @param made makes an engine's function of one that is given its call */
  constructor(private readonly core: WinInetCore, closer: HandleCloser, made: Made) {
    const operations = new FtpOperations(core, closer);
    const session = new FtpSession(core, operations);
    const [opening, finding, copying, commands] = [new FtpOpen(session), new FtpFind(session), new FtpCopy(session), new FtpCommands(session)];
    this.connect = new FtpConnect(core, operations);
    this.files = new FtpFiles(core, operations);
    this.urls = new FtpOpenUrl(core, operations, this.connect, opening, finding);
    this.functions = {
      FtpOpenFile: made<'FtpOpenFile'>((args, call) => opening.openFile(args, call)),
      FtpCommand: made<'FtpCommand'>((args, call) => opening.command(args, call)),
      FtpFindFirstFile: made<'FtpFindFirstFile'>((args, call) => finding.first(args, call)),
      InternetFindNextFile: made<'InternetFindNextFile'>((args, call) => finding.next(args, call)),
      FtpGetFile: made<'FtpGetFile'>((args, call) => copying.get(args, call)),
      FtpPutFile: made<'FtpPutFile'>((args, call) => copying.put(args, call)),
      FtpGetFileSize: made<'FtpGetFileSize'>((args, call) => this.files.size(args, call)),
      FtpDeleteFile: made<'FtpDeleteFile'>((args, call) => commands.onName('DELE', args.hConnect, args.lpszFileName, call)),
      FtpCreateDirectory: made<'FtpCreateDirectory'>((args, call) => commands.onName('MKD', args.hConnect, args.lpszDirectory, call)),
      FtpRemoveDirectory: made<'FtpRemoveDirectory'>((args, call) => commands.onName('RMD', args.hConnect, args.lpszDirectory, call)),
      FtpSetCurrentDirectory: made<'FtpSetCurrentDirectory'>((args, call) => commands.onName('CWD', args.hConnect, args.lpszDirectory, call)),
      FtpRenameFile: made<'FtpRenameFile'>((args, call) => commands.rename(args, call)),
      FtpGetCurrentDirectory: made<'FtpGetCurrentDirectory'>((args, call) => commands.getCurrentDirectory(args, call)),
      GopherCreateLocator: made<'GopherCreateLocator'>((_args, call) => gopherAnswer(call, 0)),
      GopherGetLocatorType: made<'GopherGetLocatorType'>((_args, call) => gopherAnswer(call, 0)),
      GopherFindFirstFile: made<'GopherFindFirstFile'>((args, call) => gopherAnswerOn(core, args.hConnect, call, 0n)),
      GopherOpenFile: made<'GopherOpenFile'>((args, call) => gopherAnswerOn(core, args.hConnect, call, 0n)),
      GopherGetAttribute: made<'GopherGetAttribute'>((args, call) => gopherAnswerOn(core, args.hConnect, call, 0)),
    };
  }

  /** The FTP file that a value names, for the functions that files share with HTTP requests. */
  fileOf(value: bigint): FtpFileHandle | undefined {
    const found = this.core.table.of('ftp-file', value);
    return found.ok ? found.value : undefined;
  }
}
