import { constants, existsSync } from 'node:fs';
import { chmod, open, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { err, ok, type MaybePromise, type Result } from '../../../../../preload/contract/result';
import { FILE_ATTRIBUTE } from '../../../../../preload/contract/win32/constants/files';
import { WIN32_ERRORS } from '../../../../../preload/contract/win32/constants/win32-errors';
import { WININET_ERRORS } from '../../../../../preload/contract/win32/constants/wininet-errors';
import type { FunctionArgs } from '../../../../../preload/contract/win32/functions';
import type { Outcome } from '../../../engine';
import { guarded, type Call, type ErrorCode } from '../call';
import type { DataConnection } from './data-connection';
import type { FtpConversation } from './ftp-conversation';
import type { FtpConnectionHandle } from './ftp-handles';
import { DONE, type Finished } from './ftp-operations';
import type { FtpSession } from './ftp-session';
import { isName } from './one-line';
import { beginTransfer, transferType, type TransferType } from './transfer';

const PIECE = 64 * 1024;

const FILE_ERRORS: Readonly<Record<string, ErrorCode>> = {
  ENOENT: WIN32_ERRORS.ERROR_FILE_NOT_FOUND, ENOTDIR: WIN32_ERRORS.ERROR_PATH_NOT_FOUND, EACCES: WIN32_ERRORS.ERROR_ACCESS_DENIED,
  EPERM: WIN32_ERRORS.ERROR_ACCESS_DENIED, EROFS: WIN32_ERRORS.ERROR_ACCESS_DENIED, EISDIR: WIN32_ERRORS.ERROR_ACCESS_DENIED,
  EEXIST: WIN32_ERRORS.ERROR_FILE_EXISTS,
};

type Sent = Result<undefined, ErrorCode>;

/** FtpGetFile and FtpPutFile (wininet/nf-wininet-ftpgetfilew, -ftpputfilew): whole files between server and disk. */
export class FtpCopy {
  constructor(private readonly session: FtpSession) {}

  get(args: FunctionArgs<'FtpGetFile'>, call: Call): MaybePromise<Outcome> {
    return guarded(call, 0, () => {
      const found = this.session.connection(args.hConnect);
      if (!found.ok) return call.bool(found);
      const [remote, local] = [call.text(args.lpszRemoteFile), call.text(args.lpszNewFile)];
      const type = transferType(args.dwFlags);
      if (!isName(remote) || local === undefined || local === '' || !type.ok) return call.bool(err(WIN32_ERRORS.ERROR_INVALID_PARAMETER));
      return this.session.perform(call, found.value, args.dwContext, async (conversation) => {
        const creation = args.fFailIfExists === 0 ? 0 : constants.O_EXCL;
        const file = await opened(local, constants.O_CREAT | constants.O_TRUNC | constants.O_WRONLY | creation);
        if (!file.ok) return file;
        const got = await this.transfer(conversation, found.value, type.value, `RETR ${remote}`, (data) => receive(conversation, data, file.value));
        await file.value.close();
        if (!got.ok) await rm(local, { force: true });
        else if ((args.dwFlagsAndAttributes & FILE_ATTRIBUTE.FILE_ATTRIBUTE_READONLY) !== 0) await chmod(local, 0o444);
        return got;
      });
    });
  }

  put(args: FunctionArgs<'FtpPutFile'>, call: Call): MaybePromise<Outcome> {
    return guarded(call, 0, () => {
      const found = this.session.connection(args.hConnect);
      if (!found.ok) return call.bool(found);
      const [local, remote] = [call.text(args.lpszLocalFile), call.text(args.lpszNewRemoteFile)];
      const type = transferType(args.dwFlags);
      if (!isName(remote) || local === undefined || local === '' || !type.ok) return call.bool(err(WIN32_ERRORS.ERROR_INVALID_PARAMETER));
      return this.session.perform(call, found.value, args.dwContext, async (conversation) => {
        const file = await opened(local, constants.O_RDONLY);
        if (!file.ok) return file;
        const put = await this.transfer(conversation, found.value, type.value, `STOR ${remote}`, (data) => send(conversation, data, file.value));
        await file.value.close();
        return put;
      });
    });
  }

  private async transfer(
    conversation: FtpConversation, connection: FtpConnectionHandle, type: TransferType, command: string, move: (data: DataConnection) => Promise<Sent>,
  ): Promise<Result<Finished, ErrorCode>> {
    const typed = await conversation.perform(`TYPE ${type}`);
    if (!typed.ok) return typed;
    const begun = await beginTransfer(this.session.core, conversation, connection.passive, command);
    if (!begun.ok) return begun;
    if (begun.value.kind === 'ended') return conversation.failed(WININET_ERRORS.ERROR_INTERNET_EXTENDED_ERROR, begun.value.reply);
    const { data } = begun.value;
    const unhook = conversation.operation.whenCancelled(() => data.destroy());
    const moved = await move(data);
    unhook();
    if (!moved.ok) data.destroy();
    // Also after a broken data connection: the server says why, and then the next command finds no reply of this one.
    const final = await conversation.final();
    if (!moved.ok) return final.ok || conversation.operation.cancelled ? moved : final;
    return final.ok ? ok(DONE) : final;
  }
}

async function opened(name: string, flags: number): Promise<Result<FileHandle, ErrorCode>> {
  try {
    return ok(await open(name, flags));
  } catch (error) {
    const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
    const withoutFolder = code === 'ENOENT' && !existsSync(dirname(name));
    return err(withoutFolder ? WIN32_ERRORS.ERROR_PATH_NOT_FOUND : FILE_ERRORS[code] ?? WIN32_ERRORS.ERROR_GEN_FAILURE);
  }
}

async function receive({ operation, timeouts }: FtpConversation, data: DataConnection, file: FileHandle): Promise<Sent> {
  for (;;) {
    const bytes = data.read(PIECE);
    if (bytes.length > 0) await file.writeFile(bytes);
    else if (data.exhausted) return ok(undefined);
    else {
      const changed = data.failure === undefined ? await data.change(operation, timeouts.dataReceive) : err(data.failure);
      if (!changed.ok) return changed;
    }
  }
}

async function send({ operation, timeouts }: FtpConversation, data: DataConnection, file: FileHandle): Promise<Sent> {
  const piece = new Uint8Array(PIECE);
  for (;;) {
    const { bytesRead } = await file.read(piece, 0, PIECE);
    if (bytesRead === 0) break;
    const written = await data.write(operation, timeouts.dataSend, piece.slice(0, bytesRead));
    if (!written.ok) return written;
  }
  data.finish();
  return ok(undefined);
}
