import { err, ok, type MaybePromise, type Result } from '../../../../../preload/contract/result';
import { GENERIC_ACCESS } from '../../../../../preload/contract/win32/constants/files';
import { WIN32_ERRORS } from '../../../../../preload/contract/win32/constants/win32-errors';
import { WININET_ERRORS } from '../../../../../preload/contract/win32/constants/wininet-errors';
import type { FunctionArgs } from '../../../../../preload/contract/win32/functions';
import { uintBytes } from '../../../../../preload/contract/win32/memory';
import type { Outcome } from '../../../engine';
import { guarded, type Call, type ErrorCode } from '../call';
import type { FtpConversation } from './ftp-conversation';
import { FtpFileHandle, type FileAccess, type FtpConnectionHandle } from './ftp-handles';
import { DONE, type Finished } from './ftp-operations';
import type { FtpSession } from './ftp-session';
import { isName } from './one-line';
import { beginTransfer, transferType, type TransferType } from './transfer';

/** FtpOpenFile and FtpCommand (wininet/nf-wininet-ftpopenfilew, -ftpcommandw): what gives a handle to read or write. */
export class FtpOpen {
  constructor(private readonly session: FtpSession) {}

  openFile(args: FunctionArgs<'FtpOpenFile'>, call: Call): MaybePromise<Outcome> {
    return guarded(call, 0n, () => {
      const found = this.session.connection(args.hConnect);
      if (!found.ok) return call.outcome(0n, found.error);
      const connection = found.value;
      const name = call.text(args.lpszFileName);
      const access = accessOf(args.dwAccess >>> 0);
      const type = transferType(args.dwFlags);
      if (!isName(name) || access === undefined || !type.ok) return call.outcome(0n, WIN32_ERRORS.ERROR_INVALID_PARAMETER);
      return this.session.open(call, connection, args.dwContext, async (conversation) => {
        if (access === 'read') return this.retrieve(conversation, connection, args.dwContext, name, type.value);
        const typed = await conversation.perform(`TYPE ${type.value}`);
        return typed.ok ? this.begin(conversation, connection, args.dwContext, `STOR ${name}`, access, undefined) : typed;
      });
    });
  }

  command(args: FunctionArgs<'FtpCommand'>, call: Call): MaybePromise<Outcome> {
    return guarded(call, 0, () => {
      const found = this.session.connection(args.hConnect);
      if (!found.ok) return call.bool(found);
      const connection = found.value;
      const line = call.text(args.lpszCommand)?.replace(/\r?\n$/u, '');
      const type = transferType(args.dwFlags);
      const { memory } = this.session.core;
      const expectsData = args.fExpectResponse !== 0;
      if (!isName(line) || !type.ok || (expectsData && !memory.holds(args.phFtpCommand, 8))) return call.bool(err(WIN32_ERRORS.ERROR_INVALID_PARAMETER));
      return this.session.perform(call, connection, args.dwContext, async (conversation) => {
        if (!expectsData) {
          const reply = await conversation.perform(line);
          return reply.ok ? ok(DONE) : reply;
        }
        const made = await this.commandWithData(conversation, connection, args.dwContext, line, type.value);
        if (!made.ok) return made;
        // The page promises a handle only where a data socket was opened.
        if (memory.holds(args.phFtpCommand, 8)) memory.write(args.phFtpCommand, uintBytes(made.value.dwResult, 8));
        return ok(DONE);
      });
    });
  }

  /** A file to read. */
  async retrieve(conversation: FtpConversation, connection: FtpConnectionHandle, context: bigint, name: string, type: TransferType): Promise<Result<Finished, ErrorCode>> {
    const typed = await conversation.perform(`TYPE ${type}`);
    if (!typed.ok) return typed;
    const size = await sizeOf(conversation, name);
    return size.ok ? this.begin(conversation, connection, context, `RETR ${name}`, 'read', size.value) : size;
  }

  private async commandWithData(conversation: FtpConversation, connection: FtpConnectionHandle, context: bigint, line: string, type: TransferType): Promise<Result<Finished, ErrorCode>> {
    const typed = await conversation.perform(`TYPE ${type}`);
    return typed.ok ? this.begin(conversation, connection, context, line, 'both', undefined) : typed;
  }

  private async begin(
    conversation: FtpConversation, connection: FtpConnectionHandle, context: bigint, command: string, access: FileAccess, size: bigint | undefined,
  ): Promise<Result<Finished, ErrorCode>> {
    const { operation } = conversation;
    const begun = await beginTransfer(this.session.core, conversation, connection.passive, command);
    if (!begun.ok) return begun;
    if (begun.value.kind === 'ended') return access === 'both' ? ok({ dwResult: 0n }) : conversation.failed(WININET_ERRORS.ERROR_INTERNET_EXTENDED_ERROR, begun.value.reply);
    const { data, reply } = begun.value;
    if (operation.cancelled) {
      data.destroy();
      return err(WININET_ERRORS.ERROR_INTERNET_OPERATION_CANCELLED);
    }
    const file = new FtpFileHandle(this.session.childOptions(connection, context), connection, data, access, size ?? announcedSize(reply.text));
    return this.session.announce(file, operation);
  }
}

/** "This parameter can be GENERIC_READ or GENERIC_WRITE, but not both." */
function accessOf(dwAccess: number): FileAccess | undefined {
  switch (dwAccess) {
    case GENERIC_ACCESS.GENERIC_READ: return 'read';
    case GENERIC_ACCESS.GENERIC_WRITE: return 'write';
    default: return undefined;
  }
}

/** What SIZE (RFC 3659, 4) says before the transfer; a server that does not know it refuses no file by that. */
async function sizeOf(conversation: FtpConversation, name: string): Promise<Result<bigint | undefined, ErrorCode>> {
  const reply = await conversation.command(`SIZE ${name}`);
  if (!reply.ok) return reply;
  const match = /^213 (\d+)/u.exec(reply.value.text);
  return ok(match === null ? undefined : BigInt(match[1] ?? 0));
}

/** Many servers put it into the reply that begins the transfer: "150 Opening BINARY mode data connection (1024 bytes)." */
function announcedSize(text: string): bigint | undefined {
  const match = /\((\d+) bytes\)/u.exec(text);
  return match === null ? undefined : BigInt(match[1] ?? 0);
}
