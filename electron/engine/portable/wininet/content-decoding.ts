import { INTERNET_OPTION as OPTION } from '../../../../preload/contract/win32/constants/options';
import type { ContentCoding } from './content-decoder';
import type { RequestHandle } from './handle';
import type { HeaderList } from './header-list';
import { settingOf } from './kept-setting';
import type { ResponseHead } from './response-head';
import type { WinInetCore } from './wininet-core';

/** Names of a list field, without their parameters. */
function listed(fields: HeaderList, name: string): readonly string[] {
  return fields.all(name).flatMap((value) => value.split(',')).map((item) => (item.split(';', 1)[0] ?? '').trim().toLowerCase());
}

/** The coding that is taken off a response: INTERNET_OPTION_HTTP_DECODING, under the conditions of WinInet/content-encoding. */
export function codingToTakeOff(core: WinInetCore, request: RequestHandle, head: ResponseHead): ContentCoding | undefined {
  if ((settingOf(request, core, OPTION.INTERNET_OPTION_HTTP_DECODING) ?? 0) === 0 || head.bodiless) return undefined;
  const fields = head.headers.all('content-encoding');
  const [coding, ...others] = listed(head.headers, 'content-encoding');
  if (fields.length !== 1 || others.length > 0 || (coding !== 'gzip' && coding !== 'deflate')) return undefined;
  const accepted = listed(request.headers, 'accept-encoding').includes(coding);
  const asItIs = listed(head.headers, 'cache-control').includes('no-transform') || head.headers.has('content-range');
  return accepted && !asItIs ? coding : undefined;
}
