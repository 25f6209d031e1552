import { andThen, err, ok, type MaybePromise, type Result } from '../../../../../preload/contract/result';
import { WIN32_ERRORS } from '../../../../../preload/contract/win32/constants/win32-errors';
import { WININET_ERRORS } from '../../../../../preload/contract/win32/constants/wininet-errors';
import { INTERNET_FLAG, INTERNET_MISC } from '../../../../../preload/contract/win32/constants/wininet-flags';
import type { FunctionArgs } from '../../../../../preload/contract/win32/functions';
import type { Outcome } from '../../../engine';
import { guarded, type Call, type ErrorCode } from '../call';
import type { Operation } from '../operation';
import { reachServer } from '../reach-server';
import type { Speaker } from '../status-notifier';
import type { WinInetCore } from '../wininet-core';
import { ControlConnection } from './control-connection';
import { FtpConversation } from './ftp-conversation';
import { FtpConnectionHandle } from './ftp-handles';
import type { Finished, FtpOperations } from './ftp-operations';
import { isPositive, isPreliminary, type FtpReply } from './ftp-reply';
import { isOneLine } from './one-line';

/** What stands for "the user's e-mail name", which only Windows knows. */
const NO_EMAIL_NAME = 'IEUser@';

const NEEDS_PASSWORD = 331;
const NEEDS_ACCOUNT = 332;

interface Credentials {
  readonly userName: string;
  readonly password: string;
}

/** InternetConnect for an FTP service (wininet/nf-wininet-internetconnectw): it connects and logs in before it succeeds. */
export class FtpConnect {
  constructor(private readonly core: WinInetCore, private readonly operations: FtpOperations) {}

  call(args: FunctionArgs<'InternetConnect'>, call: Call): MaybePromise<Outcome> {
    return guarded(call, 0n, () => {
      const found = this.core.table.of('session', args.hInternet);
      if (!found.ok) return call.outcome(0n, found.error);
      const session = found.value;
      const host = call.text(args.lpszServerName);
      const credentials = credentialsOf(call.text(args.lpszUserName), call.text(args.lpszPassword));
      if (host === undefined || host === '' || credentials === undefined) return call.outcome(0n, WIN32_ERRORS.ERROR_INVALID_PARAMETER);
      const port = args.nServerPort & 0xffff;
      const connection = new FtpConnectionHandle(
        { value: this.core.table.nextValue(), context: args.dwContext, callback: session.callback, timeouts: session.timeouts },
        session, host.replace(/^\[|\]$/gu, ''), port === 0 ? INTERNET_MISC.INTERNET_DEFAULT_FTP_PORT : port,
        credentials.userName, credentials.password, (args.dwFlags & INTERNET_FLAG.INTERNET_FLAG_PASSIVE) !== 0,
      );
      session.children.add(connection);
      this.core.table.add(connection);
      const about = {
        subject: session, owner: connection, context: args.dwContext, failed: 0n as const,
        undo: () => {
          if (connection.state === 'open') connection.state = 'invalid';
          this.core.table.invalidate(connection);
        },
      };
      // HANDLE_CREATED comes first: "This lets the application call InternetCloseHandle from another thread, if the
      // connect is taking too long."
      return andThen(this.core.notifier.created(connection, session, call.thread), () => (connection.state === 'open'
        ? this.operations.begin(call, about, (operation, speaker) => this.establish(operation, speaker, connection))
        : call.outcome(0n, WININET_ERRORS.ERROR_INTERNET_OPERATION_CANCELLED)));
    });
  }

  /** Connects and logs in. */
  async establish(operation: Operation, speaker: Speaker, connection: FtpConnectionHandle): Promise<Result<Finished, ErrorCode>> {
    const { host, port, timeouts } = connection;
    if (this.core.offline) return err(WININET_ERRORS.ERROR_INTERNET_DISCONNECTED);
    const reached = await reachServer(this.core, operation, speaker, { handle: connection, host, port, timeout: timeouts.connect });
    if (!reached.ok) return reached;
    const control = new ControlConnection(reached.value);
    const unhook = operation.whenCancelled(() => control.destroy());
    const loggedIn = await this.logIn(new FtpConversation(this.core, operation, speaker, control, timeouts), connection);
    unhook();
    if (!loggedIn.ok || operation.cancelled) {
      control.destroy();
      return loggedIn.ok ? err(WININET_ERRORS.ERROR_INTERNET_OPERATION_CANCELLED) : loggedIn;
    }
    connection.control = control;
    return ok({ dwResult: connection.value });
  }

  /** RFC 959, 5.4: greeting, USER, PASS. */
  private async logIn(conversation: FtpConversation, { userName, password }: Credentials): Promise<Result<undefined, ErrorCode>> {
    let greeting = await conversation.reply();
    while (greeting.ok && isPreliminary(greeting.value)) greeting = await conversation.reply();
    if (!greeting.ok) return err(beforeLogin(greeting.error));
    if (!isPositive(greeting.value)) return conversation.failed(WININET_ERRORS.ERROR_INTERNET_LOGIN_FAILURE, greeting.value);
    const user = await conversation.command(`USER ${userName}`);
    if (!user.ok || user.value.code !== NEEDS_PASSWORD) return judged(conversation, user, WININET_ERRORS.ERROR_INTERNET_INCORRECT_USER_NAME);
    return judged(conversation, await conversation.command(`PASS ${password}`), WININET_ERRORS.ERROR_INTERNET_INCORRECT_PASSWORD);
  }
}

/** An account is more than InternetConnect can give. */
function judged(conversation: FtpConversation, reply: Result<FtpReply, ErrorCode>, refused: ErrorCode): Result<undefined, ErrorCode> {
  if (!reply.ok) return reply;
  if (reply.value.code === NEEDS_ACCOUNT || reply.value.code === NEEDS_PASSWORD) return conversation.failed(WININET_ERRORS.ERROR_INTERNET_LOGIN_FAILURE, reply.value);
  return isPositive(reply.value) ? ok(undefined) : conversation.failed(refused, reply.value);
}

/** There was no session yet that could have been dropped. */
function beforeLogin(error: ErrorCode): ErrorCode {
  return error === WININET_ERRORS.ERROR_FTP_DROPPED ? WININET_ERRORS.ERROR_INTERNET_CONNECTION_ABORTED : error;
}

/** The table under "Remarks": a password without a user name is an error. */
export function credentialsOf(userName: string | undefined, password: string | undefined): Credentials | undefined {
  if (!isOneLine(userName ?? '') || !isOneLine(password ?? '')) return undefined;
  if (userName !== undefined && userName !== '') return { userName, password: password ?? '' };
  return password === undefined || password === '' ? { userName: 'anonymous', password: NO_EMAIL_NAME } : undefined;
}
