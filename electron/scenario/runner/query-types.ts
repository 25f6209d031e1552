import { HTTP_QUERY } from '../../../preload/contract/win32/constants/http-query';
import { INTERNET_OPTION } from '../../../preload/contract/win32/constants/options';

/** What the memory of InternetQueryOption, InternetSetOption and HttpQueryInfo holds. */
export type QueryType =
  | { readonly kind: 'text' }
  | { readonly kind: 'number'; readonly bytes: 4 | 8 }
  | { readonly kind: 'struct'; readonly struct: string }
  | { readonly kind: 'systemtime' };

const TEXT_OPTIONS = new Set<number>([
  INTERNET_OPTION.INTERNET_OPTION_USERNAME, INTERNET_OPTION.INTERNET_OPTION_PASSWORD, INTERNET_OPTION.INTERNET_OPTION_DATAFILE_NAME,
  INTERNET_OPTION.INTERNET_OPTION_URL, INTERNET_OPTION.INTERNET_OPTION_USER_AGENT, INTERNET_OPTION.INTERNET_OPTION_PROXY_USERNAME,
  INTERNET_OPTION.INTERNET_OPTION_PROXY_PASSWORD, INTERNET_OPTION.INTERNET_OPTION_SECONDARY_CACHE_KEY,
  INTERNET_OPTION.INTERNET_OPTION_SECURITY_CERTIFICATE, INTERNET_OPTION.INTERNET_OPTION_REFERER_TOKEN_BINDING_HOSTNAME,
]);

/** Pointers, DWORD_PTR and ULONGLONG (WinInet/option-flags). */
const WIDE_OPTIONS = new Set<number>([
  INTERNET_OPTION.INTERNET_OPTION_CONTEXT_VALUE, INTERNET_OPTION.INTERNET_OPTION_PARENT_HANDLE, INTERNET_OPTION.INTERNET_OPTION_CALLBACK,
  INTERNET_OPTION.INTERNET_OPTION_SERVER_CERT_CHAIN_CONTEXT, INTERNET_OPTION.INTERNET_OPTION_COMPRESSED_CONTENT_LENGTH,
]);

const STRUCT_OPTIONS: ReadonlyMap<number, string> = new Map([
  [INTERNET_OPTION.INTERNET_OPTION_PROXY, 'INTERNET_PROXY_INFO'],
  [INTERNET_OPTION.INTERNET_OPTION_VERSION, 'INTERNET_VERSION_INFO'],
  [INTERNET_OPTION.INTERNET_OPTION_HTTP_VERSION, 'HTTP_VERSION_INFO'],
  [INTERNET_OPTION.INTERNET_OPTION_DIAGNOSTIC_SOCKET_INFO, 'INTERNET_DIAGNOSTIC_SOCKET_INFO'],
  [INTERNET_OPTION.INTERNET_OPTION_PER_CONNECTION_OPTION, 'INTERNET_PER_CONN_OPTION_LIST'],
  [INTERNET_OPTION.INTERNET_OPTION_SECURITY_CERTIFICATE_STRUCT, 'INTERNET_CERTIFICATE_INFO'],
]);

/** Options that are asked for as a number and set by a structure. */
const SET_BY_STRUCT: ReadonlyMap<number, string> = new Map([[INTERNET_OPTION.INTERNET_OPTION_CONNECTED_STATE, 'INTERNET_CONNECTED_INFO']]);

/** The structure that an option is set by, without the A or W of the call. */
export function settingStruct(option: number): string | undefined {
  return STRUCT_OPTIONS.get(option) ?? SET_BY_STRUCT.get(option);
}

/** What `typedBy` says, by the parameter that chooses it and its value. */
export function queryType(chooser: string, value: number): QueryType {
  return chooser === 'dwInfoLevel' ? infoType(value) : optionType(value);
}

function optionType(option: number): QueryType {
  if (TEXT_OPTIONS.has(option)) return { kind: 'text' };
  const struct = STRUCT_OPTIONS.get(option);
  if (struct !== undefined) return { kind: 'struct', struct };
  return { kind: 'number', bytes: WIDE_OPTIONS.has(option) ? 8 : 4 };
}

function infoType(level: number): QueryType {
  const has = (flag: number): boolean => (level & flag) !== 0;
  if (has(HTTP_QUERY.HTTP_QUERY_FLAG_NUMBER)) return { kind: 'number', bytes: 4 };
  if (has(NUMBER64)) return { kind: 'number', bytes: 8 };
  if (has(HTTP_QUERY.HTTP_QUERY_FLAG_SYSTEMTIME)) return { kind: 'systemtime' };
  return { kind: 'text' };
}

/** HTTP_QUERY_FLAG_NUMBER64 (wininet.h). */
const NUMBER64 = 0x08000000;
