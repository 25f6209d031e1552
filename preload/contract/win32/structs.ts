import { HTTP_CONFIG_STRUCTS } from './http-config-structs';
import { field as f, pointer, u16, u32, u64, u8, type Field, type StructLayout } from './struct-layout';
import { WININET_STRUCTS } from './wininet-structs';

const flags = (group: string) => ({ kind: 'uint', bytes: 4, flags: group }) as const;
const inMemory = { field: 'DataChunkType', is: 0 } as const;
const inFile = { field: 'DataChunkType', is: 1 } as const;
const inCache = { field: 'DataChunkType', is: 2 } as const;
const inCacheEx = { field: 'DataChunkType', is: 3 } as const;
const trailers = { field: 'DataChunkType', is: 4 } as const;
const byteRange = { kind: 'struct', struct: 'HTTP_BYTE_RANGE' } as const;

const HTTP_REQUEST_V1_FIELDS: readonly Field[] = [
  f('Flags', 0, flags('HTTP_REQUEST_FLAG_*')), f('ConnectionId', 8, u64), f('RequestId', 16, u64), f('UrlContext', 24, u64),
  f('Version', 32, { kind: 'struct', struct: 'HTTP_VERSION' }), f('Verb', 36, { kind: 'uint', bytes: 4, constants: 'HTTP_VERB' }),
  f('UnknownVerbLength', 40, u16), f('RawUrlLength', 42, u16),
  f('pUnknownVerb', 48, { kind: 'text', width: 'A', length: 'UnknownVerbLength' }),
  f('pRawUrl', 56, { kind: 'text', width: 'A', length: 'RawUrlLength' }),
  f('CookedUrl', 64, { kind: 'struct', struct: 'HTTP_COOKED_URL' }), f('Address', 104, { kind: 'struct', struct: 'HTTP_TRANSPORT_ADDRESS' }),
  f('Headers', 120, { kind: 'struct', struct: 'HTTP_REQUEST_HEADERS' }), f('BytesReceived', 808, u64), f('EntityChunkCount', 816, u16),
  f('pEntityChunks', 824, { kind: 'array', struct: 'HTTP_DATA_CHUNK', count: 'EntityChunkCount' }),
  f('RawConnectionId', 832, u64), f('pSslInfo', 840, { kind: 'struct-pointer', struct: 'HTTP_SSL_INFO' }),
];

const HTTP_RESPONSE_V1_FIELDS: readonly Field[] = [
  f('Flags', 0, u32), f('Version', 4, { kind: 'struct', struct: 'HTTP_VERSION' }), f('StatusCode', 8, u16), f('ReasonLength', 10, u16),
  f('pReason', 16, { kind: 'text', width: 'A', length: 'ReasonLength' }), f('Headers', 24, { kind: 'struct', struct: 'HTTP_RESPONSE_HEADERS' }),
  f('EntityChunkCount', 536, u16), f('pEntityChunks', 544, { kind: 'array', struct: 'HTTP_DATA_CHUNK', count: 'EntityChunkCount' }),
];

const headerFields = (of: 'request' | 'response'): readonly Field[] => [
  f('UnknownHeaderCount', 0, u16), f('pUnknownHeaders', 8, { kind: 'array', struct: 'HTTP_UNKNOWN_HEADER', count: 'UnknownHeaderCount' }),
  f('TrailerCount', 16, u16), f('pTrailers', 24, { kind: 'array', struct: 'HTTP_UNKNOWN_HEADER', count: 'TrailerCount' }),
  f('KnownHeaders', 32, { kind: 'known-headers', of }),
];

const findDataFields = (width: 'A' | 'W'): readonly Field[] => [
  f('dwFileAttributes', 0, flags('FILE_ATTRIBUTE')), f('ftCreationTime', 4, { kind: 'struct', struct: 'FILETIME' }),
  f('ftLastAccessTime', 12, { kind: 'struct', struct: 'FILETIME' }), f('ftLastWriteTime', 20, { kind: 'struct', struct: 'FILETIME' }),
  f('nFileSizeHigh', 28, u32), f('nFileSizeLow', 32, u32), f('dwReserved0', 36, u32), f('dwReserved1', 40, u32),
  f('cFileName', 44, { kind: 'chars', width, count: 260 }),
  f('cAlternateFileName', 44 + 260 * (width === 'W' ? 2 : 1), { kind: 'chars', width, count: 14 }),
];

const gopherFindDataFields = (width: 'A' | 'W'): readonly Field[] => {
  const type = width === 'W' ? 260 : 132;
  return [
    f('DisplayString', 0, { kind: 'chars', width, count: 129 }), f('GopherType', type, flags('GOPHER_TYPE')), f('SizeLow', type + 4, u32),
    f('SizeHigh', type + 8, u32), f('LastModificationTime', type + 12, { kind: 'struct', struct: 'FILETIME' }),
    f('Locator', type + 20, { kind: 'chars', width, count: 654 }),
  ];
};

/** Every structure of wininet.h, http.h and minwinbase.h that a function takes or gives: one table for every engine. */
export const STRUCTS: Readonly<Record<string, StructLayout>> = {
  ...HTTP_CONFIG_STRUCTS,
  ...WININET_STRUCTS,
  HTTPAPI_VERSION: { size: 4, fields: [f('HttpApiMajorVersion', 0, u16), f('HttpApiMinorVersion', 2, u16)] },
  HTTP_VERSION: { size: 4, fields: [f('MajorVersion', 0, u16), f('MinorVersion', 2, u16)] },
  HTTP_COOKED_URL: {
    size: 40,
    fields: [
      f('FullUrlLength', 0, u16), f('HostLength', 2, u16), f('AbsPathLength', 4, u16), f('QueryStringLength', 6, u16),
      f('pFullUrl', 8, { kind: 'text', width: 'W', length: 'FullUrlLength' }), f('pHost', 16, { kind: 'text', width: 'W', length: 'HostLength' }),
      f('pAbsPath', 24, { kind: 'text', width: 'W', length: 'AbsPathLength' }),
      f('pQueryString', 32, { kind: 'text', width: 'W', length: 'QueryStringLength' }),
    ],
  },
  HTTP_TRANSPORT_ADDRESS: { size: 16, fields: [f('pRemoteAddress', 0, { kind: 'sockaddr' }), f('pLocalAddress', 8, { kind: 'sockaddr' })] },
  HTTP_KNOWN_HEADER: { size: 16, fields: [f('RawValueLength', 0, u16), f('pRawValue', 8, { kind: 'text', width: 'A', length: 'RawValueLength' })] },
  HTTP_UNKNOWN_HEADER: {
    size: 24,
    fields: [
      f('NameLength', 0, u16), f('RawValueLength', 2, u16), f('pName', 8, { kind: 'text', width: 'A', length: 'NameLength' }),
      f('pRawValue', 16, { kind: 'text', width: 'A', length: 'RawValueLength' }),
    ],
  },
  HTTP_REQUEST_HEADERS: { size: 688, fields: headerFields('request') },
  HTTP_RESPONSE_HEADERS: { size: 512, fields: headerFields('response') },
  HTTP_REQUEST_V1: { size: 848, fields: HTTP_REQUEST_V1_FIELDS },
  HTTP_REQUEST_V2: { size: 864, fields: [...HTTP_REQUEST_V1_FIELDS, f('RequestInfoCount', 848, u16), f('pRequestInfo', 856, pointer)] },
  HTTP_RESPONSE_V1: { size: 552, fields: HTTP_RESPONSE_V1_FIELDS },
  HTTP_RESPONSE_V2: { size: 568, fields: [...HTTP_RESPONSE_V1_FIELDS, f('ResponseInfoCount', 552, u16), f('pResponseInfo', 560, { kind: 'array', struct: 'HTTP_RESPONSE_INFO', count: 'ResponseInfoCount' })] },
  HTTP_DATA_CHUNK: {
    size: 32,
    members: { FromMemory: inMemory, FromFileHandle: inFile, FromFragmentCache: inCache, FromFragmentCacheEx: inCacheEx, Trailers: trailers },
    fields: [
      f('DataChunkType', 0, { kind: 'uint', bytes: 4, constants: 'HTTP_DATA_CHUNK_TYPE' }),
      f('pBuffer', 8, { kind: 'bytes', length: 'BufferLength' }, inMemory), f('BufferLength', 16, u32, inMemory),
      f('ByteRange', 8, byteRange, inFile), f('StartingOffset', 8, u64, inFile), f('Length', 16, u64, inFile),
      f('FileHandle', 24, { kind: 'handle' }, inFile),
      f('FragmentNameLength', 8, u16, inCache), f('pFragmentName', 16, { kind: 'text', width: 'W', length: 'FragmentNameLength' }, inCache),
      f('ByteRange', 8, byteRange, inCacheEx), f('StartingOffset', 8, u64, inCacheEx), f('Length', 16, u64, inCacheEx),
      f('pFragmentName', 24, { kind: 'text', width: 'W' }, inCacheEx),
      f('TrailerCount', 8, u16, trailers), f('pTrailers', 16, { kind: 'array', struct: 'HTTP_UNKNOWN_HEADER', count: 'TrailerCount' }, trailers),
    ],
  },
  HTTP_BINDING_INFO: { size: 16, fields: [f('Flags', 0, u32), f('RequestQueueHandle', 8, { kind: 'handle' })] },
  HTTP_STATE_INFO: { size: 8, fields: [f('Flags', 0, u32), f('State', 4, { kind: 'uint', bytes: 4, constants: 'HTTP_ENABLED_STATE' })] },
  HTTP_TIMEOUT_LIMIT_INFO: {
    size: 20,
    fields: [
      f('Flags', 0, u32), f('EntityBody', 4, u16), f('DrainEntityBody', 6, u16), f('RequestQueue', 8, u16), f('IdleConnection', 10, u16),
      f('HeaderWait', 12, u16), f('MinSendRate', 16, u32),
    ],
  },
  HTTP_CACHE_POLICY: {
    size: 8, fields: [f('Policy', 0, { kind: 'uint', bytes: 4, constants: 'HTTP_CACHE_POLICY_TYPE' }), f('SecondsToLive', 4, u32)],
  },
  OVERLAPPED: {
    size: 32,
    fields: [f('Internal', 0, u64), f('InternalHigh', 8, u64), f('Offset', 16, u32), f('OffsetHigh', 20, u32), f('hEvent', 24, { kind: 'handle' })],
  },
  FILETIME: { size: 8, fields: [f('dwLowDateTime', 0, u32), f('dwHighDateTime', 4, u32)] },
  WIN32_FIND_DATAA: { size: 320, fields: findDataFields('A') },
  WIN32_FIND_DATAW: { size: 592, fields: findDataFields('W') },
  GOPHER_FIND_DATAA: { size: 808, fields: gopherFindDataFields('A') },
  GOPHER_FIND_DATAW: { size: 1588, fields: gopherFindDataFields('W') },
  INTERNET_ASYNC_RESULT: { size: 16, fields: [f('dwResult', 0, u64), f('dwError', 8, u32)] },
  INTERNET_PROXY_INFO: {
    size: 24, fields: [f('dwAccessType', 0, u32), f('lpszProxy', 8, { kind: 'text', width: 'A' }), f('lpszProxyBypass', 16, { kind: 'text', width: 'A' })],
  },
  INTERNET_VERSION_INFO: { size: 8, fields: [f('dwMajorVersion', 0, u32), f('dwMinorVersion', 4, u32)] },
  SOCKADDR_IN: { size: 16, fields: [f('sin_family', 0, u16), f('sin_port_high', 2, u8), f('sin_port_low', 3, u8), f('sin_addr', 4, u32)] },
};

/** Names on the wire by HTTP_HEADER_ID; ids 20 and above differ between requests and responses. */
const GENERAL_HEADERS = [
  'Cache-Control', 'Connection', 'Date', 'Keep-Alive', 'Pragma', 'Trailer', 'Transfer-Encoding', 'Upgrade', 'Via', 'Warning', 'Allow',
  'Content-Length', 'Content-Type', 'Content-Encoding', 'Content-Language', 'Content-Location', 'Content-MD5', 'Content-Range', 'Expires',
  'Last-Modified',
] as const;

export const KNOWN_HEADERS: Readonly<Record<'request' | 'response', readonly string[]>> = {
  request: [
    ...GENERAL_HEADERS, 'Accept', 'Accept-Charset', 'Accept-Encoding', 'Accept-Language', 'Authorization', 'Cookie', 'Expect', 'From', 'Host',
    'If-Match', 'If-Modified-Since', 'If-None-Match', 'If-Range', 'If-Unmodified-Since', 'Max-Forwards', 'Proxy-Authorization', 'Referer', 'Range',
    'TE', 'Translate', 'User-Agent',
  ],
  response: [
    ...GENERAL_HEADERS, 'Accept-Ranges', 'Age', 'ETag', 'Location', 'Proxy-Authenticate', 'Retry-After', 'Server', 'Set-Cookie', 'Vary',
    'WWW-Authenticate',
  ],
};
