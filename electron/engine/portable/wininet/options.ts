import { err, ok, type Result } from '../../../../preload/contract/result';
import { WIN32_ERRORS } from '../../../../preload/contract/win32/constants/win32-errors';
import { WININET_ERRORS } from '../../../../preload/contract/win32/constants/wininet-errors';
import type { FunctionArgs } from '../../../../preload/contract/win32/functions';
import { textBytes } from '../../../../preload/contract/win32/memory';
import type { Outcome } from '../../engine';
import { guarded, type Call, type ErrorCode } from './call';
import type { OptionOwner, OptionRule, OptionValue } from './option-rules';
import { OPTIONS } from './option-table';
import type { WinInetCore } from './wininet-core';

interface Asked {
  readonly owner: OptionOwner;
  readonly rule: OptionRule;
}

/** InternetQueryOption and InternetSetOption (wininet/nf-wininet-internetqueryoptionw, -internetsetoptionw). */
export class Options {
  constructor(private readonly core: WinInetCore) {}

  query(args: FunctionArgs<'InternetQueryOption'>, call: Call): Outcome {
    return guarded(call, 0, () => {
      const asked = this.asked(args.hInternet, args.dwOption);
      if (!asked.ok) {
        if (args.hInternet === 0n && args.lpdwBufferLength !== 0n) call.writeDword(args.lpdwBufferLength, 0);
        return call.bool(asked);
      }
      if (args.lpdwBufferLength === 0n) return call.bool(err(WIN32_ERRORS.ERROR_INVALID_PARAMETER));
      const { rule, owner } = asked.value;
      if (rule.fill !== undefined) return call.bool(rule.fill(owner, { address: args.lpBuffer, length: args.lpdwBufferLength, call }, this.core));
      const value = rule.get(owner, this.core);
      if (!value.ok) return call.bool(value);
      if ('text' in value.value) return call.bool(this.fillText(args, call, value.value.text));
      return call.bool('bytes' in value.value ? call.fill(args.lpBuffer, args.lpdwBufferLength, value.value.bytes) : this.fillMade(args, call, value.value));
    });
  }

  set(args: FunctionArgs<'InternetSetOption'>, call: Call): Outcome {
    return guarded(call, 0, () => {
      const asked = this.asked(args.hInternet, args.dwOption);
      if (!asked.ok) return call.bool(asked);
      const { rule, owner } = asked.value;
      if (rule.set === undefined) return call.bool(err(WININET_ERRORS.ERROR_INTERNET_OPTION_NOT_SETTABLE));
      const unit = rule.text === true && call.width === 'W' ? 2 : 1;
      const bytes = call.bytes(args.lpBuffer, (args.dwBufferLength >>> 0) * unit);
      if (bytes === undefined && rule.valueless !== true) return call.bool(err(WIN32_ERRORS.ERROR_INVALID_PARAMETER));
      return call.bool(rule.set(owner, { bytes: bytes ?? new Uint8Array(0), width: call.width, memory: call.memory }, this.core));
    });
  }

  /** The room that is needed is told in bytes, the text that was given in characters: so it was observed on Windows. */
  private fillText(args: FunctionArgs<'InternetQueryOption'>, call: Call, text: string): Result<undefined, ErrorCode> {
    const data = textBytes(`${text}\0`, call.width);
    return call.fill(args.lpBuffer, args.lpdwBufferLength, data, data.length / (call.width === 'W' ? 2 : 1) - 1);
  }

  /** Made where it lies, once there is room for it. */
  private fillMade(args: FunctionArgs<'InternetQueryOption'>, call: Call, { size, at }: Extract<OptionValue, { size: number }>): Result<undefined, ErrorCode> {
    const fits = args.lpBuffer !== 0n && call.dword(args.lpdwBufferLength) >= size;
    return call.fill(args.lpBuffer, args.lpdwBufferLength, fits ? at(args.lpBuffer) : new Uint8Array(size));
  }

  /** The handle is looked at first, then the option, then whether the one has the other. */
  private asked(value: bigint, option: number): Result<Asked, ErrorCode> {
    const rule = OPTIONS.get(option);
    if (value === 0n) {
      if (rule === undefined) return err(WININET_ERRORS.ERROR_INTERNET_INVALID_OPTION);
      return rule.process ? ok({ owner: this.core, rule }) : err(WININET_ERRORS.ERROR_INTERNET_INCORRECT_HANDLE_TYPE);
    }
    const found = this.core.table.any(value);
    if (!found.ok) return found;
    if (rule === undefined) return err(WININET_ERRORS.ERROR_INTERNET_INVALID_OPTION);
    return rule.on.includes(found.value.kind) ? ok({ owner: found.value, rule }) : err(WININET_ERRORS.ERROR_INTERNET_INCORRECT_HANDLE_TYPE);
  }
}
