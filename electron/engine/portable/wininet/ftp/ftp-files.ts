import { andThen, err, ok, type MaybePromise, type Result } from '../../../../../preload/contract/result';
import { INTERNET_STATUS } from '../../../../../preload/contract/win32/constants/status';
import { WIN32_ERRORS } from '../../../../../preload/contract/win32/constants/win32-errors';
import { WININET_ERRORS } from '../../../../../preload/contract/win32/constants/wininet-errors';
import { IRF_WININET_API_FLAGS as IRF } from '../../../../../preload/contract/win32/constants/wininet-flags';
import type { FunctionArgs } from '../../../../../preload/contract/win32/functions';
import { uintBytes, type Address } from '../../../../../preload/contract/win32/memory';
import type { Outcome } from '../../../engine';
import { guarded, type Call, type ErrorCode } from '../call';
import { readBuffers } from '../internet-buffers';
import type { Operation } from '../operation';
import type { Speaker } from '../status-notifier';
import type { WinInetCore } from '../wininet-core';
import { FtpConversation } from './ftp-conversation';
import type { FtpFileHandle } from './ftp-handles';
import { DONE, type Finished, type FtpOperations } from './ftp-operations';

const WRONG_STATE = err(WININET_ERRORS.ERROR_INTERNET_INCORRECT_HANDLE_STATE);

/** Where a read goes, and where its length is told. */
interface Target {
  readonly buffer: Address;
  readonly wanted: number;
  readonly lengthAt: Address;
}

/** Something a read wants; undefined while it is not there yet. */
type Attempt = () => Result<Finished, ErrorCode> | undefined;

/** InternetReadFile, InternetReadFileEx, InternetQueryDataAvailable, InternetWriteFile and FtpGetFileSize on an FTP file. */
export class FtpFiles {
  constructor(private readonly core: WinInetCore, private readonly operations: FtpOperations) {}

  read(args: FunctionArgs<'InternetReadFile'>, call: Call, file: FtpFileHandle): MaybePromise<Outcome> {
    return guarded(call, 0, () => {
      const wanted = args.dwNumberOfBytesToRead >>> 0;
      const { memory } = this.core;
      if (!memory.holds(args.lpdwNumberOfBytesRead, 4) || (wanted > 0 && !memory.holds(args.lpBuffer, wanted))) return call.bool(err(WIN32_ERRORS.ERROR_INVALID_PARAMETER));
      call.writeDword(args.lpdwNumberOfBytesRead, 0);
      return this.fillBuffer(call, file, { buffer: args.lpBuffer, wanted, lengthAt: args.lpdwNumberOfBytesRead }, 0);
    });
  }

  /** As `read`, with the length in INTERNET_BUFFERS; IRF_NO_WAIT and IRF_SYNC as for HTTP. */
  readEx(args: FunctionArgs<'InternetReadFileEx'>, call: Call, file: FtpFileHandle): MaybePromise<Outcome> {
    return guarded(call, 0, () => {
      const buffers = readBuffers(call, args.lpBuffersOut);
      if (!buffers.ok) return call.bool(buffers);
      const { buffer, bufferLength: wanted, lengthAt } = buffers.value;
      if (wanted > 0 && !this.core.memory.holds(buffer, wanted)) return call.bool(err(WIN32_ERRORS.ERROR_INVALID_PARAMETER));
      call.writeDword(lengthAt, 0);
      return this.fillBuffer(call, file, { buffer, wanted, lengthAt }, args.dwFlags);
    });
  }

  private fillBuffer(call: Call, file: FtpFileHandle, { buffer, wanted, lengthAt }: Target, flags: number): MaybePromise<Outcome> {
    const allowed = mayUse(file, 'read');
    if (!allowed.ok) return call.bool(allowed);
    const takesAny = (flags & IRF.IRF_NO_WAIT) !== 0;
    let count = 0;
    const attempt: Attempt = () => {
      const bytes = file.data.read(wanted - count);
      this.deliver(buffer + BigInt(count), bytes);
      count += bytes.length;
      const ended = count === wanted || (takesAny && count > 0) ? ok(DONE) : endOf(file, count > 0);
      if (ended?.ok === true) this.deliver(lengthAt, uintBytes(count, 4));
      return ended;
    };
    return this.settle(call, file, attempt, (flags & IRF.IRF_SYNC) !== 0);
  }

  queryAvailable(args: FunctionArgs<'InternetQueryDataAvailable'>, call: Call, file: FtpFileHandle): MaybePromise<Outcome> {
    return guarded(call, 0, () => {
      if (args.dwFlags !== 0 || args.dwContext !== 0n) return call.bool(err(WIN32_ERRORS.ERROR_INVALID_PARAMETER));
      if (args.lpdwNumberOfBytesAvailable !== 0n) call.writeDword(args.lpdwNumberOfBytesAvailable, 0);
      const allowed = mayUse(file, 'read');
      if (!allowed.ok) return call.bool(allowed);
      return this.settle(call, file, () => {
        const { available } = file.data;
        const ended = available > 0 ? ok(DONE) : endOf(file, false);
        if (ended?.ok !== true) return ended;
        if (args.lpdwNumberOfBytesAvailable !== 0n) this.deliver(args.lpdwNumberOfBytesAvailable, uintBytes(available, 4));
        // As for HTTP, dwError of its REQUEST_COMPLETE is the number of bytes.
        return ok({ dwResult: 1n, dwError: available });
      });
    });
  }

  write(args: FunctionArgs<'InternetWriteFile'>, call: Call, file: FtpFileHandle): MaybePromise<Outcome> {
    return guarded(call, 0, () => {
      const bytes = call.bytes(args.lpBuffer, args.dwNumberOfBytesToWrite >>> 0);
      if (bytes === undefined && args.dwNumberOfBytesToWrite !== 0) return call.bool(err(WIN32_ERRORS.ERROR_INVALID_PARAMETER));
      const allowed = mayUse(file, 'write');
      if (!allowed.ok) return call.bool(allowed);
      return this.operations.begin(call, { subject: file, owner: file, context: file.context, failed: 0 }, async (operation, speaker) => {
        const written = await this.send(operation, speaker, file, bytes ?? new Uint8Array(0));
        if (written.ok) this.deliver(args.lpdwNumberOfBytesWritten, uintBytes(bytes?.length ?? 0, 4));
        return written;
      });
    });
  }

  /** The low DWORD is returned, the high one goes where the pointer says. */
  size(args: FunctionArgs<'FtpGetFileSize'>, call: Call): MaybePromise<Outcome> {
    return guarded(call, 0, () => {
      const found = this.core.table.of('ftp-file', args.hFile);
      if (!found.ok) return call.outcome(0, found.error);
      const { size } = found.value;
      if (size === undefined) return call.outcome(0, WININET_ERRORS.ERROR_INTERNET_ITEM_NOT_FOUND);
      if (args.lpdwFileSizeHigh !== 0n) call.writeDword(args.lpdwFileSizeHigh, Number(size >> 32n));
      return call.outcome(Number(size & 0xffff_ffffn));
    });
  }

  private async send(operation: Operation, speaker: Speaker, file: FtpFileHandle, bytes: Uint8Array): Promise<Result<Finished, ErrorCode>> {
    const { control } = file.parent;
    const { notifier } = this.core;
    await notifier.progress(speaker, INTERNET_STATUS.INTERNET_STATUS_SENDING_REQUEST, operation.thread);
    // A part of a file must not pass for the whole: what is cancelled is broken off.
    const unhook = operation.whenCancelled(() => file.data.destroy());
    // A server that gave up says so on the control connection, while the data connection may still take bytes.
    const written = control?.ready === true ? WRONG_STATE : await file.data.write(operation, file.timeouts.dataSend, bytes);
    unhook();
    if (written.ok) {
      await notifier.progress(speaker, INTERNET_STATUS.INTERNET_STATUS_REQUEST_SENT, operation.thread, { dword: bytes.length });
      return ok(DONE);
    }
    if (operation.cancelled) return written;
    await this.finish(operation, speaker, file);
    return err(file.end?.error ?? written.error);
  }

  /** Answers at once if it can, else waits for the server as the session is. */
  private settle(call: Call, file: FtpFileHandle, attempt: Attempt, waits = false): MaybePromise<Outcome> {
    const now = attempt();
    if (now !== undefined) return call.bool(now);
    const { notifier } = this.core;
    return andThen(notifier.progress(file, INTERNET_STATUS.INTERNET_STATUS_RECEIVING_RESPONSE, call.thread), () => {
      // The callback may have closed the handle, or begun an operation of its own.
      if (file.state !== 'open') return call.bool(err(WININET_ERRORS.ERROR_INTERNET_OPERATION_CANCELLED));
      if (file.operations.size > 0) return call.bool(WRONG_STATE);
      return this.operations.begin(call, { subject: file, owner: file, context: file.context, failed: 0, waits }, async (operation, speaker) => {
        const before = file.data.total;
        let result = attempt();
        while (result === undefined) {
          const changed = await this.more(operation, speaker, file);
          result = changed.ok ? attempt() : changed;
        }
        if (result.ok && file.data.total > before) {
          await notifier.progress(speaker, INTERNET_STATUS.INTERNET_STATUS_RESPONSE_RECEIVED, operation.thread, { dword: file.data.total - before });
        }
        return result;
      });
    });
  }

  /** The next bytes, or after the last one the reply that says whether the file is whole. */
  private async more(operation: Operation, speaker: Speaker, file: FtpFileHandle): Promise<Result<undefined, ErrorCode>> {
    if (!file.data.exhausted) return file.data.change(operation, file.timeouts.dataReceive);
    await this.finish(operation, speaker, file);
    return operation.cancelled ? err(WININET_ERRORS.ERROR_INTERNET_OPERATION_CANCELLED) : ok(undefined);
  }

  private async finish(operation: Operation, speaker: Speaker, file: FtpFileHandle): Promise<void> {
    const { control } = file.parent;
    if (control === undefined || file.end !== undefined) return;
    const final = await new FtpConversation(this.core, operation, speaker, control, file.timeouts).final();
    // Cancelled by a close: then the close leaves the reply to the next command.
    if (!operation.cancelled) file.end = { error: final.ok ? undefined : final.error };
  }

  /** What comes after the call may find its memory gone: the application's mistake, but not one that ends the engine. */
  private deliver(address: Address, bytes: Uint8Array): void {
    if (bytes.length > 0 && this.core.memory.holds(address, bytes.length)) this.core.memory.write(address, bytes);
  }
}

/** The end of the file or of the connection; undefined while there is more to wait for. What was read before an error counts. */
function endOf(file: FtpFileHandle, readSome: boolean): Result<Finished, ErrorCode> | undefined {
  const { failure } = file.data;
  if (failure !== undefined) return readSome ? ok(DONE) : err(failure);
  if (!file.data.exhausted || file.end === undefined) return undefined;
  return file.end.error === undefined || readSome ? ok(DONE) : err(file.end.error);
}

function mayUse(file: FtpFileHandle, how: 'read' | 'write'): Result<undefined, ErrorCode> {
  if (file.access !== how && file.access !== 'both') return err(WIN32_ERRORS.ERROR_ACCESS_DENIED);
  return file.operations.size > 0 ? WRONG_STATE : ok(undefined);
}
