import { err, ok, type MaybePromise, type Result } from '../../../../../preload/contract/result';
import { WININET_ERRORS } from '../../../../../preload/contract/win32/constants/wininet-errors';
import type { Outcome } from '../../../engine';
import type { Call, ErrorCode } from '../call';
import type { HandleOptions } from '../handle';
import type { Operation } from '../operation';
import type { WinInetCore } from '../wininet-core';
import { FtpConversation } from './ftp-conversation';
import type { FtpConnectionHandle, FtpFileHandle, FtpFindHandle } from './ftp-handles';
import type { Finished, FtpOperations } from './ftp-operations';

export type FtpTalk = (conversation: FtpConversation) => Promise<Result<Finished, ErrorCode>>;

/** What the functions on an FTP connection have in common. */
export class FtpSession {
  constructor(readonly core: WinInetCore, private readonly operations: FtpOperations) {}

  connection(value: bigint): Result<FtpConnectionHandle, ErrorCode> {
    return this.core.table.of('ftp-connection', value);
  }

  /** A function that answers BOOL and has no context of its own, or the one it was given. */
  perform(call: Call, connection: FtpConnectionHandle, context: bigint, talk: FtpTalk): MaybePromise<Outcome> {
    return this.run(call, connection, context, 0, talk);
  }

  /** A function that answers the handle it makes. */
  open(call: Call, connection: FtpConnectionHandle, context: bigint, talk: FtpTalk): MaybePromise<Outcome> {
    return this.run(call, connection, context, 0n, talk);
  }

  /** What a child takes from its connection. */
  childOptions(connection: FtpConnectionHandle, context: bigint): HandleOptions {
    return { value: this.core.table.nextValue(), context, callback: connection.callback, timeouts: connection.timeouts };
  }

  /** HANDLE_CREATED before the handle is handed over; if the callback closes it, there is none to hand over. */
  async announce(child: FtpFileHandle | FtpFindHandle, operation: Operation): Promise<Result<Finished, ErrorCode>> {
    const { parent } = child;
    if (child.kind === 'ftp-file') parent.file = child;
    else parent.find = child;
    parent.children.add(child);
    this.core.table.add(child);
    await this.core.notifier.created(child, parent, operation.thread);
    return child.state === 'open' ? ok({ dwResult: child.value }) : err(WININET_ERRORS.ERROR_INTERNET_OPERATION_CANCELLED);
  }

  private run(call: Call, connection: FtpConnectionHandle, context: bigint, failed: 0 | 0n, talk: FtpTalk): MaybePromise<Outcome> {
    const { control } = connection;
    if (connection.busy || control === undefined) return call.outcome(failed, WININET_ERRORS.ERROR_FTP_TRANSFER_IN_PROGRESS);
    return this.operations.begin(call, { subject: connection, owner: connection, context, failed }, (operation, speaker) =>
      talk(new FtpConversation(this.core, operation, speaker, control, connection.timeouts)));
  }
}
