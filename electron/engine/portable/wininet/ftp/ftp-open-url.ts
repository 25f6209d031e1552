import { err, type MaybePromise, type Result } from '../../../../../preload/contract/result';
import { WIN32_ERRORS } from '../../../../../preload/contract/win32/constants/win32-errors';
import { WININET_ERRORS } from '../../../../../preload/contract/win32/constants/wininet-errors';
import { INTERNET_FLAG } from '../../../../../preload/contract/win32/constants/wininet-flags';
import type { FunctionArgs } from '../../../../../preload/contract/win32/functions';
import type { Outcome } from '../../../engine';
import type { Call, ErrorCode } from '../call';
import { unescapedPart, type OpenedUrl } from '../opened-url';
import type { Operation } from '../operation';
import type { Speaker } from '../status-notifier';
import type { WinInetCore } from '../wininet-core';
import { credentialsOf, type FtpConnect } from './ftp-connect';
import { FtpConversation } from './ftp-conversation';
import type { FtpFind } from './ftp-find';
import { FtpConnectionHandle } from './ftp-handles';
import type { FtpOpen } from './ftp-open';
import type { Finished, FtpOperations } from './ftp-operations';
import { isName } from './one-line';
import { transferType, type TransferType } from './transfer';

/** What an ftp: URL leads to: a file, or with a slash at its end a directory (RFC 1738, 3.2). */
interface Target {
  readonly path: string;
  readonly type: TransferType;
}

/** InternetOpenUrl for ftp: URLs (wininet/nf-wininet-internetopenurlw): a hidden session, and a file or find on it. */
export class FtpOpenUrl {
  constructor(
    private readonly core: WinInetCore,
    private readonly operations: FtpOperations,
    private readonly connecting: FtpConnect,
    private readonly opening: FtpOpen,
    private readonly finding: FtpFind,
  ) {}

  open({ session, host, port, userName, password, target: written, told }: OpenedUrl, args: FunctionArgs<'InternetOpenUrl'>, call: Call): MaybePromise<Outcome> {
    const credentials = credentialsOf(userName, password);
    const target = targetOf(written, args.dwFlags);
    if (host === '' || credentials === undefined || target === undefined) return call.outcome(0n, WIN32_ERRORS.ERROR_INVALID_PARAMETER);
    const connection = new FtpConnectionHandle(
      { value: this.core.table.nextValue(), context: 0n, callback: session.callback, timeouts: session.timeouts }, session,
      host, port, credentials.userName, credentials.password, (args.dwFlags & INTERNET_FLAG.INTERNET_FLAG_PASSIVE) !== 0, true,
    );
    session.children.add(connection);
    const about = {
      subject: session, owner: connection, context: args.dwContext, failed: 0n as const, waits: !told,
      undo: () => {
        if (connection.state === 'open') connection.state = 'invalid';
      },
    };
    return this.operations.begin(call, about, (operation, speaker) => this.follow(operation, speaker, connection, target, args.dwContext));
  }

  private async follow(
    operation: Operation, speaker: Speaker, connection: FtpConnectionHandle, { path, type }: Target, context: bigint,
  ): Promise<Result<Finished, ErrorCode>> {
    const connected = await this.connecting.establish(operation, speaker, connection);
    const { control } = connection;
    if (!connected.ok || control === undefined) return connected.ok ? err(WININET_ERRORS.ERROR_FTP_DROPPED) : connected;
    const conversation = new FtpConversation(this.core, operation, speaker, control, connection.timeouts);
    return path.endsWith('/')
      ? this.finding.enumerate(conversation, connection, context, path)
      : this.opening.retrieve(conversation, connection, context, path, type);
  }
}

/** The path, and ";type=a" or ";type=i" if it ends with that; undefined for what cannot be a name. */
function targetOf(written: string, flags: number): Target | undefined {
  const match = /^(.*?)(?:;type=([aid]))?$/isu.exec(written);
  const path = unescapedPart(match?.[1] ?? '') || '/';
  const asked = transferType(flags);
  if (!isName(path) || !asked.ok) return undefined;
  switch (match?.[2]?.toLowerCase()) {
    case 'a': return { path, type: 'A' };
    case 'd': return { path: path.endsWith('/') ? path : `${path}/`, type: 'A' };
    default: return { path, type: asked.value };
  }
}
