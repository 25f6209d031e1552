import { err, ok, type Result } from '../../../../../preload/contract/result';
import { WIN32_ERRORS } from '../../../../../preload/contract/win32/constants/win32-errors';
import { WININET_ERRORS } from '../../../../../preload/contract/win32/constants/wininet-errors';
import { FTP_TRANSFER } from '../../../../../preload/contract/win32/constants/wininet-flags';
import type { ErrorCode } from '../call';
import type { WinInetCore } from '../wininet-core';
import { activeChannel, passiveChannel } from './data-channel';
import { DataConnection } from './data-connection';
import type { FtpConversation } from './ftp-conversation';
import { isPositive, isPreliminary, type FtpReply } from './ftp-reply';

/** The representation types of RFC 959, 3.1.1, that WinINet uses. */
export type TransferType = 'A' | 'I';

/** One transfer that has begun; `ended` when the server was done before it opened the connection. */
export type Begun =
  | { readonly kind: 'open'; readonly data: DataConnection; readonly reply: FtpReply }
  | { readonly kind: 'ended'; readonly reply: FtpReply };

/** The lowest bits of dwFlags, of which only the transfer types mean something (observed on Windows). */
const CONDITION_MASK = 0x7;

/** FTP_TRANSFER_TYPE_UNKNOWN is binary; both types at once, or a bit that is no type, are ERROR_INVALID_PARAMETER. */
export function transferType(dwFlags: number): Result<TransferType, ErrorCode> {
  switch (dwFlags & CONDITION_MASK) {
    case FTP_TRANSFER.FTP_TRANSFER_TYPE_ASCII: return ok('A');
    case FTP_TRANSFER.FTP_TRANSFER_TYPE_BINARY: case FTP_TRANSFER.FTP_TRANSFER_TYPE_UNKNOWN: return ok('I');
    default: return err(WIN32_ERRORS.ERROR_INVALID_PARAMETER);
  }
}

/**
 * Gives a command that moves data, and the connection that it moves over. The bytes of TYPE A are those of the network:
 * its line ends, CR LF, are also those of Windows.
 */
export async function beginTransfer(core: WinInetCore, conversation: FtpConversation, passive: boolean, command: string): Promise<Result<Begun, ErrorCode>> {
  const channel = await (passive ? passiveChannel(conversation, core.sockets) : activeChannel(conversation, core.sockets));
  if (!channel.ok) return channel;
  const unhook = conversation.operation.whenCancelled(() => channel.value.close());
  const reply = await conversation.command(command);
  const begun = await opened();
  unhook();
  if (!begun.ok || begun.value.kind === 'ended') channel.value.close();
  return begun;

  async function opened(): Promise<Result<Begun, ErrorCode>> {
    if (!reply.ok) return reply;
    if (isPositive(reply.value)) return ok({ kind: 'ended', reply: reply.value });
    if (!isPreliminary(reply.value)) return conversation.failed(WININET_ERRORS.ERROR_INTERNET_EXTENDED_ERROR, reply.value);
    const socket = await (channel.ok ? channel.value.take() : Promise.resolve(channel));
    if (socket.ok) return ok({ kind: 'open', data: new DataConnection(socket.value), reply: reply.value });
    if (!conversation.control.ready) {
      conversation.control.owe();
      return socket;
    }
    // The server gave the transfer up instead of connecting, and says why.
    const final = await conversation.final();
    return final.ok ? ok({ kind: 'ended', reply: final.value }) : final;
  }
}
