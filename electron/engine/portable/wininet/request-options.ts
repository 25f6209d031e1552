import { err, ok } from '../../../../preload/contract/result';
import { INTERNET_OPTION as OPTION } from '../../../../preload/contract/win32/constants/options';
import { WININET_ERRORS } from '../../../../preload/contract/win32/constants/wininet-errors';
import { uintBytes } from '../../../../preload/contract/win32/memory';
import type { RequestHandle } from './handle';
import { dword, handleOption, requestOption, textOf, textOption, WRONG_KIND, type OptionInput, type OptionRule } from './option-rules';

/** An option of a request that InternetSetOption sets, or switches on. */
function settable(rule: OptionRule, set: (request: RequestHandle, input: OptionInput) => ReturnType<NonNullable<OptionRule['set']>>): OptionRule {
  return { ...rule, set: (owner, input) => ('kind' in owner && owner.kind === 'http-request' ? set(owner, input) : WRONG_KIND) };
}

/** Options that one request has, from before it is sent. */
export const REQUEST_OPTIONS: readonly (readonly [number, OptionRule])[] = [
  [OPTION.INTERNET_OPTION_IGNORE_OFFLINE, {
    ...settable(requestOption((request) => dword(request.ignoresOffline ? 1 : 0)), (request) => {
      request.ignoresOffline = true;
      return ok(undefined);
    }),
    valueless: true,
  }],
  [OPTION.INTERNET_OPTION_SUPPRESS_SERVER_AUTH, {
    ...settable(requestOption(() => err(WININET_ERRORS.ERROR_INTERNET_INVALID_OPERATION)), (request) => {
      if (request.progress.phase !== 'unsent') return err(WININET_ERRORS.ERROR_INTERNET_INCORRECT_HANDLE_STATE);
      request.hidesFromServer = true;
      return ok(undefined);
    }),
    valueless: true,
  }],
  [OPTION.INTERNET_OPTION_REFERER_TOKEN_BINDING_HOSTNAME, textOption(
    ['http-request'],
    (handle) => (handle.kind === 'http-request' ? ok({ text: handle.tokenBindingReferer }) : WRONG_KIND),
    (handle, input) => {
      if (handle.kind !== 'http-request') return WRONG_KIND;
      handle.tokenBindingReferer = textOf(input);
      return ok(undefined);
    },
  )],
  [OPTION.INTERNET_OPTION_COMPRESSED_CONTENT_LENGTH, handleOption(['http-request'], (handle) => {
    const length = handle.kind === 'http-request' ? handle.exchange?.compressedLength : undefined;
    return length === undefined ? err(WININET_ERRORS.ERROR_INTERNET_INCORRECT_HANDLE_STATE) : ok({ bytes: uintBytes(length, 8) });
  })],
];
