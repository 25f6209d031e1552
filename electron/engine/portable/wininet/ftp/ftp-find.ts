import { err, ok, type MaybePromise, type Result } from '../../../../../preload/contract/result';
import { WIN32_ERRORS } from '../../../../../preload/contract/win32/constants/win32-errors';
import { WININET_ERRORS } from '../../../../../preload/contract/win32/constants/wininet-errors';
import type { FunctionArgs } from '../../../../../preload/contract/win32/functions';
import { textFromBytes } from '../../../../../preload/contract/win32/memory';
import type { Outcome } from '../../../engine';
import { guarded, type Call, type ErrorCode } from '../call';
import type { DataConnection } from './data-connection';
import { findDataBytes } from './find-data';
import { findPattern, lastPart, type FindPattern } from './find-pattern';
import type { FtpConversation } from './ftp-conversation';
import { FtpFindHandle, type FtpConnectionHandle } from './ftp-handles';
import type { Finished } from './ftp-operations';
import type { FtpSession } from './ftp-session';
import { parseListing, type ListEntry } from './list-parser';
import { isOneLine } from './one-line';
import { beginTransfer } from './transfer';

/** Characters of a listing, all of which is kept until its handle is closed: a hundred thousand entries and more. */
const LONGEST_LISTING = 16 * 1024 * 1024;

const NO_MORE_FILES = err(WIN32_ERRORS.ERROR_NO_MORE_FILES);

/** FtpFindFirstFile and InternetFindNextFile (wininet/nf-wininet-ftpfindfirstfilew, -internetfindnextfilew). */
export class FtpFind {
  constructor(private readonly session: FtpSession) {}

  first(args: FunctionArgs<'FtpFindFirstFile'>, call: Call): MaybePromise<Outcome> {
    return guarded(call, 0n, () => {
      const found = this.session.connection(args.hConnect);
      if (!found.ok) return call.outcome(0n, found.error);
      const connection = found.value;
      const search = call.text(args.lpszSearchFile) ?? '';
      if (!isOneLine(search) || args.lpFindFileData === 0n) return call.outcome(0n, WIN32_ERRORS.ERROR_INVALID_PARAMETER);
      // "Only one FtpFindFirstFile can occur at a time within a given FTP session."
      if (connection.find !== undefined) return call.outcome(0n, WININET_ERRORS.ERROR_FTP_TRANSFER_IN_PROGRESS);
      const { core } = this.session;
      return this.session.open(call, connection, args.dwContext, async (conversation) => {
        const entries = await this.list(conversation, connection, findPattern(search));
        if (!entries.ok) return entries;
        const find = new FtpFindHandle(this.session.childOptions(connection, args.dwContext), connection, entries.value);
        const entry = find.take();
        if (entry === undefined) return NO_MORE_FILES;
        if (conversation.operation.cancelled) return err(WININET_ERRORS.ERROR_INTERNET_OPERATION_CANCELLED);
        const bytes = findDataBytes(entry, call.width);
        if (core.memory.holds(args.lpFindFileData, bytes.length)) core.memory.write(args.lpFindFileData, bytes);
        return this.session.announce(find, conversation.operation);
      });
    });
  }

  /** The listing is here already, so it never pends. */
  next(args: FunctionArgs<'InternetFindNextFile'>, call: Call): Outcome {
    return guarded(call, 0, () => {
      const found = this.session.core.table.of('ftp-find', args.hFind);
      if (!found.ok) return call.bool(found);
      if (args.lpvFindData === 0n) return call.bool(err(WIN32_ERRORS.ERROR_INVALID_PARAMETER));
      const entry = found.value.take();
      if (entry === undefined) return call.bool(NO_MORE_FILES);
      call.memory.write(args.lpvFindData, findDataBytes(entry, call.width));
      return call.outcome(1);
    });
  }

  /** A directory whose entries InternetFindNextFile tells, from the first one on. */
  async enumerate(conversation: FtpConversation, connection: FtpConnectionHandle, context: bigint, directory: string): Promise<Result<Finished, ErrorCode>> {
    const entries = await this.list(conversation, connection, { list: directory, takes: () => true });
    if (!entries.ok) return entries;
    if (conversation.operation.cancelled) return err(WININET_ERRORS.ERROR_INTERNET_OPERATION_CANCELLED);
    return this.session.announce(new FtpFindHandle(this.session.childOptions(connection, context), connection, entries.value), conversation.operation);
  }

  /** A listing is text, so TYPE A (RFC 959, 4.1.3). */
  private async list(conversation: FtpConversation, connection: FtpConnectionHandle, pattern: FindPattern): Promise<Result<readonly ListEntry[], ErrorCode>> {
    const typed = await conversation.perform('TYPE A');
    if (!typed.ok) return typed;
    const begun = await beginTransfer(this.session.core, conversation, connection.passive, pattern.list === '' ? 'LIST' : `LIST ${pattern.list}`);
    if (!begun.ok) return begun;
    if (begun.value.kind === 'ended') return ok([]);
    const text = await receiveAll(conversation, begun.value.data);
    if (!text.ok) return text;
    const final = await conversation.final();
    if (!final.ok) return final;
    return ok(parseListing(text.value, Date.now()).map((entry) => ({ ...entry, name: lastPart(entry.name) })).filter(({ name }) => pattern.takes(name)));
  }
}

async function receiveAll(conversation: FtpConversation, data: DataConnection): Promise<Result<string, ErrorCode>> {
  const { operation, timeouts, control } = conversation;
  const unhook = operation.whenCancelled(() => data.destroy());
  let text = '';
  let result: Result<undefined, ErrorCode> = ok(undefined);
  for (;;) {
    text += textFromBytes(data.read(data.available), 'A');
    if (data.exhausted) break;
    if (text.length > LONGEST_LISTING) {
      result = err(WIN32_ERRORS.ERROR_NOT_ENOUGH_MEMORY);
      break;
    }
    result = data.failure === undefined ? await data.change(operation, timeouts.dataReceive) : err(data.failure);
    if (!result.ok) break;
  }
  unhook();
  data.destroy();
  // The final reply is not waited for any more.
  if (!result.ok) control.owe();
  return result.ok ? ok(text) : result;
}
