import { INTERNET_PER_CONN as PER_CONN } from './constants/wininet-flags';
import { field as f, u16, u32, type Field, type StructLayout } from './struct-layout';

/** The structures of wininet.h that its HTTP and URL functions take, on x64. Offsets and sizes in bytes. */
const ownSize = { kind: 'uint', bytes: 4, is: 'size-of-structure' } as const;

function counted(width: 'A' | 'W', length: string): Field['type'] {
  return { kind: 'text', width, length, unit: 'TCHAR' };
}

/** INTERNET_BUFFERS (wininet/ns-wininet-internet_buffersw). */
const buffers = (width: 'A' | 'W'): StructLayout => ({
  size: 56,
  fields: [
    f('dwStructSize', 0, ownSize), f('Next', 8, { kind: 'pointer' }), f('lpcszHeader', 16, counted(width, 'dwHeadersLength')),
    f('dwHeadersLength', 24, u32), f('dwHeadersTotal', 28, u32), f('lpvBuffer', 32, { kind: 'bytes', length: 'dwBufferLength' }),
    f('dwBufferLength', 40, u32), f('dwBufferTotal', 44, u32), f('dwOffsetLow', 48, u32), f('dwOffsetHigh', 52, u32),
  ],
});

/** URL_COMPONENTS (wininet/ns-wininet-url_componentsw); lengths in TCHARs. */
const urlComponents = (width: 'A' | 'W'): StructLayout => ({
  size: 104,
  fields: [
    f('dwStructSize', 0, ownSize),
    f('lpszScheme', 8, counted(width, 'dwSchemeLength')), f('dwSchemeLength', 16, u32), f('nScheme', 20, { kind: 'uint', bytes: 4, constants: 'INTERNET_SCHEME' }),
    f('lpszHostName', 24, counted(width, 'dwHostNameLength')), f('dwHostNameLength', 32, u32), f('nPort', 36, u16),
    f('lpszUserName', 40, counted(width, 'dwUserNameLength')), f('dwUserNameLength', 48, u32),
    f('lpszPassword', 56, counted(width, 'dwPasswordLength')), f('dwPasswordLength', 64, u32),
    f('lpszUrlPath', 72, counted(width, 'dwUrlPathLength')), f('dwUrlPathLength', 80, u32),
    f('lpszExtraInfo', 88, counted(width, 'dwExtraInfoLength')), f('dwExtraInfoLength', 96, u32),
  ],
});

const PER_CONN_NUMBERS = [
  PER_CONN.INTERNET_PER_CONN_FLAGS, PER_CONN.INTERNET_PER_CONN_AUTODISCOVERY_FLAGS, PER_CONN.INTERNET_PER_CONN_AUTOCONFIG_RELOAD_DELAY_MINS,
  PER_CONN.INTERNET_PER_CONN_FLAGS_UI,
];
const PER_CONN_TEXTS = [
  PER_CONN.INTERNET_PER_CONN_PROXY_SERVER, PER_CONN.INTERNET_PER_CONN_PROXY_BYPASS, PER_CONN.INTERNET_PER_CONN_AUTOCONFIG_URL,
  PER_CONN.INTERNET_PER_CONN_AUTOCONFIG_SECONDARY_URL, PER_CONN.INTERNET_PER_CONN_AUTOCONFIG_LAST_DETECT_URL,
];

/** INTERNET_PER_CONN_OPTION (wininet/ns-wininet-internet_per_conn_optionw): which member of Value counts is the option's. */
const perConnOption = (width: 'A' | 'W'): StructLayout => {
  const member = (name: string, type: Field['type'], is: number): Field => ({ name, offset: 8, type, when: { field: 'dwOption', is } });
  return {
    size: 16, members: { Value: 'whichever' },
    fields: [
      f('dwOption', 0, { kind: 'uint', bytes: 4, constants: 'INTERNET_PER_CONN' }),
      ...PER_CONN_NUMBERS.map((option) => member('dwValue', u32, option)),
      ...PER_CONN_TEXTS.map((option) => member('pszValue', { kind: 'text', width }, option)),
      member('ftValue', { kind: 'struct', struct: 'FILETIME' }, PER_CONN.INTERNET_PER_CONN_AUTOCONFIG_LAST_DETECT_TIME),
    ],
  };
};

/** INTERNET_PER_CONN_OPTION_LIST (wininet/ns-wininet-internet_per_conn_option_listw). */
const perConnList = (width: 'A' | 'W'): StructLayout => ({
  size: 32,
  fields: [
    f('dwSize', 0, ownSize), f('pszConnection', 8, { kind: 'text', width }), f('dwOptionCount', 16, u32), f('dwOptionError', 20, u32),
    f('pOptions', 24, { kind: 'array', struct: `INTERNET_PER_CONN_OPTION${width}`, count: 'dwOptionCount' }),
  ],
});

const ansi = { kind: 'text', width: 'A' } as const;

export const WININET_STRUCTS: Readonly<Record<string, StructLayout>> = {
  INTERNET_BUFFERSA: buffers('A'),
  INTERNET_BUFFERSW: buffers('W'),
  URL_COMPONENTSA: urlComponents('A'),
  URL_COMPONENTSW: urlComponents('W'),
  SYSTEMTIME: {
    size: 16,
    fields: ['wYear', 'wMonth', 'wDayOfWeek', 'wDay', 'wHour', 'wMinute', 'wSecond', 'wMilliseconds'].map((name, index) => f(name, index * 2, u16)),
  },
  HTTP_VERSION_INFO: { size: 8, fields: [f('dwMajorVersion', 0, u32), f('dwMinorVersion', 4, u32)] },
  INTERNET_PER_CONN_OPTIONA: perConnOption('A'),
  INTERNET_PER_CONN_OPTIONW: perConnOption('W'),
  INTERNET_PER_CONN_OPTION_LISTA: perConnList('A'),
  INTERNET_PER_CONN_OPTION_LISTW: perConnList('W'),
  /** INTERNET_CERTIFICATE_INFO (wininet/ns-wininet-internet_certificate_info): "All of the string members are filled as ANSI strings". */
  INTERNET_CERTIFICATE_INFO: {
    size: 64,
    fields: [
      f('ftExpiry', 0, { kind: 'struct', struct: 'FILETIME' }), f('ftStart', 8, { kind: 'struct', struct: 'FILETIME' }),
      f('lpszSubjectInfo', 16, ansi), f('lpszIssuerInfo', 24, ansi), f('lpszProtocolName', 32, ansi), f('lpszSignatureAlgName', 40, ansi),
      f('lpszEncryptionAlgName', 48, ansi), f('dwKeySize', 56, u32),
    ],
  },
  INTERNET_CONNECTED_INFO: { size: 8, fields: [f('dwConnectedState', 0, u32), f('dwFlags', 4, u32)] },
  /** INTERNET_DIAGNOSTIC_SOCKET_INFO (wininet/ns-wininet-internet_diagnostic_socket_info). */
  INTERNET_DIAGNOSTIC_SOCKET_INFO: {
    size: 24, fields: [f('Socket', 0, { kind: 'handle' }), f('SourcePort', 8, u32), f('DestPort', 12, u32), f('Flags', 16, { kind: 'uint', bytes: 4, flags: 'IDSI_FLAG' })],
  },
};
