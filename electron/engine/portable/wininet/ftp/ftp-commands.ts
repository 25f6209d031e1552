import { err, ok, type MaybePromise, type Result } from '../../../../../preload/contract/result';
import { WIN32_ERRORS } from '../../../../../preload/contract/win32/constants/win32-errors';
import { WININET_ERRORS } from '../../../../../preload/contract/win32/constants/wininet-errors';
import type { FunctionArgs } from '../../../../../preload/contract/win32/functions';
import { uintBytes } from '../../../../../preload/contract/win32/memory';
import type { Outcome } from '../../../engine';
import { guarded, type Call, type ErrorCode } from '../call';
import { fillCharacters, unitOf } from './counted-text';
import { DONE } from './ftp-operations';
import type { FtpSession } from './ftp-session';
import { isName } from './one-line';

const NEEDS_NEW_NAME = 350;

/** The functions that are a command or two and their replies (wininet/nf-wininet-ftpdeletefilew and its neighbours). */
export class FtpCommands {
  constructor(private readonly session: FtpSession) {}

  /** DELE, MKD, RMD, CWD: one name, one command. */
  onName(verb: 'DELE' | 'MKD' | 'RMD' | 'CWD', hConnect: bigint, name: string | bigint | undefined, call: Call): MaybePromise<Outcome> {
    return guarded(call, 0, () => {
      const found = this.session.connection(hConnect);
      if (!found.ok) return call.bool(found);
      const text = call.text(name);
      if (!isName(text)) return call.bool(err(WIN32_ERRORS.ERROR_INVALID_PARAMETER));
      return this.session.perform(call, found.value, found.value.context, async (conversation) => {
        const reply = await conversation.perform(`${verb} ${text}`);
        return reply.ok ? ok(DONE) : reply;
      });
    });
  }

  rename(args: FunctionArgs<'FtpRenameFile'>, call: Call): MaybePromise<Outcome> {
    return guarded(call, 0, () => {
      const found = this.session.connection(args.hConnect);
      if (!found.ok) return call.bool(found);
      const [from, to] = [call.text(args.lpszExisting), call.text(args.lpszNew)];
      if (!isName(from) || !isName(to)) return call.bool(err(WIN32_ERRORS.ERROR_INVALID_PARAMETER));
      return this.session.perform(call, found.value, found.value.context, async (conversation) => {
        const ready = await conversation.perform(`RNFR ${from}`);
        if (!ready.ok) return ready;
        if (ready.value.code !== NEEDS_NEW_NAME) return conversation.failed(WININET_ERRORS.ERROR_INTERNET_EXTENDED_ERROR, ready.value);
        const renamed = await conversation.perform(`RNTO ${to}`);
        return renamed.ok ? ok(DONE) : renamed;
      });
    });
  }

  getCurrentDirectory(args: FunctionArgs<'FtpGetCurrentDirectory'>, call: Call): MaybePromise<Outcome> {
    return guarded(call, 0, () => {
      const found = this.session.connection(args.hConnect);
      if (!found.ok) return call.bool(found);
      const { memory } = this.session.core;
      if (!memory.holds(args.lpdwCurrentDirectory, 4)) return call.bool(err(WIN32_ERRORS.ERROR_INVALID_PARAMETER));
      return this.session.perform(call, found.value, found.value.context, async (conversation) => {
        const reply = await conversation.perform('PWD');
        if (!reply.ok) return reply;
        const directory = quotedPath(reply.value.text);
        if (directory === undefined) return conversation.failed(WININET_ERRORS.ERROR_INTERNET_EXTENDED_ERROR, reply.value);
        const filled = this.fillDirectory(args, call, directory);
        return filled.ok ? ok(DONE) : filled;
      });
    });
  }

  /**
   * "The variable receives the number of characters copied into the buffer", the NUL among them; but "the number of bytes
   * required" when the buffer is not large enough.
   */
  private fillDirectory(args: FunctionArgs<'FtpGetCurrentDirectory'>, call: Call, directory: string): Result<undefined, ErrorCode> {
    const { lpszCurrentDirectory: buffer, lpdwCurrentDirectory: length } = args;
    const { memory } = this.session.core;
    const filled = fillCharacters(memory, call.width, buffer, length, directory, (characters) => characters * unitOf(call.width));
    if (filled.ok) memory.write(length, uintBytes(directory.length + 1, 4));
    return filled;
  }
}

/** RFC 959, appendix II: the path in quotes, a quote in it doubled. */
function quotedPath(text: string): string | undefined {
  return /^\d{3} "((?:[^"]|"")*)"/u.exec(text)?.[1]?.replaceAll('""', '"');
}
