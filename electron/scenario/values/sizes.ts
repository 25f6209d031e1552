import { STRUCTS } from '../../../preload/contract/win32/structs';

/** Bytes of the plain types on x64 that a scenario may measure. */
const PLAIN: Readonly<Record<string, number>> = {
  BYTE: 1, CHAR: 1, WORD: 2, USHORT: 2, WCHAR: 2, DWORD: 4, ULONG: 4, LONG: 4, BOOL: 4, INT: 4,
  DWORD_PTR: 8, ULONG_PTR: 8, ULONGLONG: 8, ULARGE_INTEGER: 8, HANDLE: 8, HINTERNET: 8, PVOID: 8, LPVOID: 8,
  HTTP_REQUEST_ID: 8, HTTP_CONNECTION_ID: 8, HTTP_URL_GROUP_ID: 8, HTTP_SERVER_SESSION_ID: 8, HTTP_OPAQUE_ID: 8,
  SYSTEMTIME: 16, FILETIME: 8, SOCKADDR_IN6: 28,
};

/** The version-less names mean what http.h makes of them today. */
const NEWEST: Readonly<Record<string, string>> = {
  HTTP_REQUEST: 'HTTP_REQUEST_V2', HTTP_RESPONSE: 'HTTP_RESPONSE_V2', INTERNET_BUFFERS: 'INTERNET_BUFFERSW', URL_COMPONENTS: 'URL_COMPONENTSW',
};

/** Bytes of a structure or plain type on x64, or undefined for a name that is unknown. */
export function sizeOf(name: string): number | undefined {
  return STRUCTS[NEWEST[name] ?? name]?.size ?? PLAIN[name];
}

export function sizeNames(): readonly string[] {
  return [...Object.keys(STRUCTS), ...Object.keys(PLAIN), ...Object.keys(NEWEST)];
}
