import { err, type MaybePromise, type Result } from '../../../../../preload/contract/result';
import { WIN32_ERRORS } from '../../../../../preload/contract/win32/constants/win32-errors';
import { WININET_ERRORS } from '../../../../../preload/contract/win32/constants/wininet-errors';
import { INTERNET_FLAG } from '../../../../../preload/contract/win32/constants/wininet-flags';
import type { FunctionArgs } from '../../../../../preload/contract/win32/functions';
import type { Outcome } from '../../../engine';
import { guarded, type Call, type ErrorCode } from '../call';
import type { SessionHandle } from '../handle';
import type { Operation } from '../operation';
import type { Speaker } from '../status-notifier';
import { crackUrl } from '../url-parts';
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

  call(args: FunctionArgs<'InternetOpenUrl'>, call: Call): MaybePromise<Outcome> {
    return guarded(call, 0n, () => {
      const found = this.core.table.of('session', args.hInternet);
      if (!found.ok) return call.outcome(0n, found.error);
      const session = found.value;
      const url = crackUrl((call.text(args.lpszUrl) ?? '').trim());
      if (!url.ok) return call.outcome(0n, url.error);
      const { hostName, port, userName, password, urlPath, extraInfo } = url.value;
      const credentials = credentialsOf(textOrNone(userName.text), textOrNone(password.text));
      const target = targetOf(urlPath.text + extraInfo.text, args.dwFlags);
      if (hostName.text === '' || credentials === undefined || target === undefined) return call.outcome(0n, WIN32_ERRORS.ERROR_INVALID_PARAMETER);
      const connection = new FtpConnectionHandle(
        { value: this.core.table.nextValue(), context: 0n, callback: session.callback, timeouts: session.timeouts }, session,
        hostName.text.replace(/^\[|\]$/gu, ''), port, credentials.userName, credentials.password, (args.dwFlags & INTERNET_FLAG.INTERNET_FLAG_PASSIVE) !== 0, true,
      );
      session.children.add(connection);
      return this.open(session, connection, target, args.dwContext, call);
    });
  }

  private open(session: SessionHandle, connection: FtpConnectionHandle, target: Target, context: bigint, call: Call): MaybePromise<Outcome> {
    const about = {
      subject: session, owner: connection, context, failed: 0n as const,
      // Nobody could be told of the end, so nothing pends.
      waits: context === 0n || session.callback === undefined,
      undo: () => {
        if (connection.state === 'open') connection.state = 'invalid';
      },
    };
    return this.operations.begin(call, about, (operation, speaker) => this.follow(operation, speaker, connection, target, context));
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

/** Whether InternetOpenUrl leads here. */
export function isFtpUrl(url: string | undefined): boolean {
  return /^\s*ftp:/iu.test(url ?? '');
}

/** The path, and ";type=a" or ";type=i" if it ends with that; undefined for what cannot be a name. */
function targetOf(written: string, flags: number): Target | undefined {
  const match = /^(.*?)(?:;type=([aid]))?$/isu.exec(written);
  const path = decoded(match?.[1] ?? '') || '/';
  const asked = transferType(flags);
  if (!isName(path) || !asked.ok) return undefined;
  switch (match?.[2]?.toLowerCase()) {
    case 'a': return { path, type: 'A' };
    case 'd': return { path: path.endsWith('/') ? path : `${path}/`, type: 'A' };
    default: return { path, type: asked.value };
  }
}

function textOrNone(text: string): string | undefined {
  return text === '' ? undefined : decoded(text);
}

/** What stands for itself in a URL. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
