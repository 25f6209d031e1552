import { err, type Result } from '../../../../../preload/contract/result';
import { INTERNET_STATUS } from '../../../../../preload/contract/win32/constants/status';
import { WININET_ERRORS } from '../../../../../preload/contract/win32/constants/wininet-errors';
import { textBytes } from '../../../../../preload/contract/win32/memory';
import type { ErrorCode } from '../call';
import type { Timeouts } from '../handle';
import type { Operation } from '../operation';
import type { Speaker } from '../status-notifier';
import type { WinInetCore } from '../wininet-core';
import type { ControlConnection } from './control-connection';
import { isPositive, isPreliminary, type FtpReply } from './ftp-reply';

/** "Service not available, closing control connection" (RFC 959, 4.2.2). */
const CLOSING_CONTROL = 421;

/** The commands and replies of one operation, each told of by its four callbacks. */
export class FtpConversation {
  constructor(
    private readonly core: WinInetCore,
    readonly operation: Operation,
    private readonly speaker: Speaker,
    readonly control: ControlConnection,
    readonly timeouts: Timeouts,
  ) {}

  /** Sends a line and gives the first reply to it, whatever it says. */
  async command(line: string): Promise<Result<FtpReply, ErrorCode>> {
    const { operation, timeouts } = this;
    const settled = await this.control.settle(operation, timeouts.receive);
    if (!settled.ok) return settled;
    const bytes = textBytes(`${line}\r\n`, 'A');
    await this.tell(INTERNET_STATUS.INTERNET_STATUS_SENDING_REQUEST);
    const sent = await this.control.send(operation, timeouts.send, bytes);
    if (!sent.ok) return sent;
    await this.tell(INTERNET_STATUS.INTERNET_STATUS_REQUEST_SENT, bytes.length);
    return this.reply();
  }

  /** The next reply on the control connection. */
  async reply(): Promise<Result<FtpReply, ErrorCode>> {
    const { operation } = this;
    await this.tell(INTERNET_STATUS.INTERNET_STATUS_RECEIVING_RESPONSE);
    const reply = await this.control.reply(operation, this.timeouts.receive);
    if (!reply.ok) {
      // It may still come, and must not be taken for the answer to the next command.
      this.control.owe();
      return reply;
    }
    this.core.responses.set(operation.thread, { error: 0, text: reply.value.text });
    await this.tell(INTERNET_STATUS.INTERNET_STATUS_RESPONSE_RECEIVED, reply.value.text.length);
    if (reply.value.code !== CLOSING_CONTROL) return reply;
    this.control.destroy();
    return this.failed(WININET_ERRORS.ERROR_FTP_DROPPED, reply.value);
  }

  /** Sends a command that needs no data connection; every reply but a positive one is ERROR_INTERNET_EXTENDED_ERROR. */
  async perform(line: string): Promise<Result<FtpReply, ErrorCode>> {
    const reply = await this.command(line);
    return reply.ok && isPreliminary(reply.value) ? this.final() : this.positive(reply);
  }

  /** The reply that ends a transfer. */
  async final(): Promise<Result<FtpReply, ErrorCode>> {
    for (;;) {
      const reply = await this.reply();
      if (!reply.ok || !isPreliminary(reply.value)) return this.positive(reply);
    }
  }

  /** A reply that says no: the server's text is what InternetGetLastResponseInfo tells. */
  failed(error: ErrorCode, reply: FtpReply): Result<never, ErrorCode> {
    this.core.responses.set(this.operation.thread, { error, text: reply.text });
    return err(error);
  }

  private positive(reply: Result<FtpReply, ErrorCode>): Result<FtpReply, ErrorCode> {
    if (!reply.ok || isPositive(reply.value)) return reply;
    return this.failed(WININET_ERRORS.ERROR_INTERNET_EXTENDED_ERROR, reply.value);
  }

  private async tell(status: number, bytes?: number): Promise<void> {
    await this.core.notifier.progress(this.speaker, status, this.operation.thread, bytes === undefined ? undefined : { dword: bytes });
  }
}
