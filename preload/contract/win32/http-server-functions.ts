import type { FunctionSignature } from './signature';

const queue = { kind: 'handle', of: 'HANDLE' } as const;
const requestId = { kind: 'id', of: 'request' } as const;
const ulong = { kind: 'int', bits: 32 } as const;
const wide = { kind: 'string', width: 'wide' } as const;
const overlapped = { kind: 'overlapped' } as const;
const reserved = { kind: 'reserved' } as const;
const bytesOut = { kind: 'out', of: 'ULONG' } as const;
const flags = (...groups: readonly string[]) => ({ kind: 'int', bits: 32, flags: groups }) as const;
const property = { kind: 'int', bits: 32, constants: 'HTTP_SERVER_PROPERTY' } as const;

/** The HTTP Server API (http.h), versions 1 and 2, by their own names and parameters. Each returns its error code. */
export const HTTP_SERVER_FUNCTIONS = {
  HttpInitialize: {
    dll: 'httpapi', widths: false, returns: 'ERROR', page: 'http/nf-http-httpinitialize',
    params: { Version: { kind: 'version' }, Flags: flags('HTTP_INITIALIZE_*'), pReserved: reserved },
  },
  HttpTerminate: {
    dll: 'httpapi', widths: false, returns: 'ERROR', page: 'http/nf-http-httpterminate',
    params: { Flags: flags('HTTP_INITIALIZE_*'), pReserved: reserved },
  },
  HttpCreateServerSession: {
    dll: 'httpapi', widths: false, returns: 'ERROR', page: 'http/nf-http-httpcreateserversession',
    params: { Version: { kind: 'version' }, ServerSessionId: { kind: 'out', of: 'HTTP_ID' }, Reserved: ulong },
  },
  HttpCloseServerSession: {
    dll: 'httpapi', widths: false, returns: 'ERROR', subject: 'ServerSessionId', page: 'http/nf-http-httpcloseserversession',
    params: { ServerSessionId: { kind: 'id', of: 'server-session' } },
  },
  HttpCreateUrlGroup: {
    dll: 'httpapi', widths: false, returns: 'ERROR', subject: 'ServerSessionId', page: 'http/nf-http-httpcreateurlgroup',
    params: { ServerSessionId: { kind: 'id', of: 'server-session' }, pUrlGroupId: { kind: 'out', of: 'HTTP_ID' }, Reserved: ulong },
  },
  HttpCloseUrlGroup: {
    dll: 'httpapi', widths: false, returns: 'ERROR', subject: 'UrlGroupId', page: 'http/nf-http-httpcloseurlgroup',
    params: { UrlGroupId: { kind: 'id', of: 'url-group' } },
  },
  HttpSetUrlGroupProperty: {
    dll: 'httpapi', widths: false, returns: 'ERROR', subject: 'UrlGroupId', page: 'http/nf-http-httpseturlgroupproperty',
    params: {
      UrlGroupId: { kind: 'id', of: 'url-group' }, Property: property,
      PropertyInformation: { kind: 'in-property', property: 'Property', length: 'PropertyInformationLength' }, PropertyInformationLength: ulong,
    },
  },
  HttpAddUrlToUrlGroup: {
    dll: 'httpapi', widths: false, returns: 'ERROR', subject: 'UrlGroupId', page: 'http/nf-http-httpaddurltourlgroup',
    params: {
      UrlGroupId: { kind: 'id', of: 'url-group' }, pFullyQualifiedUrl: wide, UrlContext: { kind: 'dword_ptr' }, Reserved: ulong,
    },
  },
  HttpRemoveUrlFromUrlGroup: {
    dll: 'httpapi', widths: false, returns: 'ERROR', subject: 'UrlGroupId', page: 'http/nf-http-httpremoveurlfromurlgroup',
    params: { UrlGroupId: { kind: 'id', of: 'url-group' }, pFullyQualifiedUrl: wide, Flags: flags('HTTP_URL_FLAG_REMOVE_ALL') },
  },
  HttpCreateRequestQueue: {
    dll: 'httpapi', widths: false, returns: 'ERROR', page: 'http/nf-http-httpcreaterequestqueue',
    params: {
      Version: { kind: 'version' }, Name: wide, SecurityAttributes: reserved, Flags: flags('HTTP_CREATE_REQUEST_QUEUE_FLAG_*'),
      RequestQueueHandle: { kind: 'out', of: 'HANDLE' },
    },
  },
  HttpCloseRequestQueue: {
    dll: 'httpapi', widths: false, returns: 'ERROR', subject: 'RequestQueueHandle', page: 'http/nf-http-httpcloserequestqueue',
    params: { RequestQueueHandle: queue },
  },
  HttpShutdownRequestQueue: {
    dll: 'httpapi', widths: false, returns: 'ERROR', subject: 'RequestQueueHandle', page: 'http/nf-http-httpshutdownrequestqueue',
    params: { RequestQueueHandle: queue },
  },
  HttpReceiveHttpRequest: {
    dll: 'httpapi', widths: false, returns: 'ERROR', subject: 'RequestQueueHandle', page: 'http/nf-http-httpreceivehttprequest',
    params: {
      RequestQueueHandle: queue, RequestId: requestId, Flags: flags('HTTP_RECEIVE_REQUEST_FLAG_*'),
      RequestBuffer: { kind: 'out-buffer', length: 'RequestBufferLength', struct: 'HTTP_REQUEST_V2' }, RequestBufferLength: ulong,
      BytesReturned: bytesOut, Overlapped: overlapped,
    },
  },
  HttpReceiveRequestEntityBody: {
    dll: 'httpapi', widths: false, returns: 'ERROR', subject: 'RequestId', page: 'http/nf-http-httpreceiverequestentitybody',
    params: {
      RequestQueueHandle: queue, RequestId: requestId, Flags: flags('HTTP_RECEIVE_REQUEST_ENTITY_BODY_FLAG_FILL_BUFFER'),
      EntityBuffer: { kind: 'out-buffer', length: 'EntityBufferLength', count: 'BytesReturned' }, EntityBufferLength: ulong,
      BytesReturned: bytesOut, Overlapped: overlapped,
    },
  },
  HttpSendHttpResponse: {
    dll: 'httpapi', widths: false, returns: 'ERROR', subject: 'RequestId', page: 'http/nf-http-httpsendhttpresponse',
    params: {
      RequestQueueHandle: queue, RequestId: requestId, Flags: flags('HTTP_SEND_RESPONSE_FLAG_*'),
      HttpResponse: { kind: 'in-struct', struct: 'HTTP_RESPONSE_V2' }, CachePolicy: { kind: 'in-struct', struct: 'HTTP_CACHE_POLICY' },
      BytesSent: bytesOut, Reserved1: reserved, Reserved2: ulong, Overlapped: overlapped, LogData: reserved,
    },
  },
  HttpSendResponseEntityBody: {
    dll: 'httpapi', widths: false, returns: 'ERROR', subject: 'RequestId', page: 'http/nf-http-httpsendresponseentitybody',
    params: {
      RequestQueueHandle: queue, RequestId: requestId, Flags: flags('HTTP_SEND_RESPONSE_FLAG_*'),
      EntityChunkCount: { kind: 'int', bits: 16 }, EntityChunks: { kind: 'in-array', struct: 'HTTP_DATA_CHUNK', length: 'EntityChunkCount' },
      BytesSent: bytesOut, Reserved1: reserved, Reserved2: ulong, Overlapped: overlapped, LogData: reserved,
    },
  },
  HttpWaitForDisconnect: {
    dll: 'httpapi', widths: false, returns: 'ERROR', subject: 'ConnectionId', page: 'http/nf-http-httpwaitfordisconnect',
    params: { RequestQueueHandle: queue, ConnectionId: { kind: 'id', of: 'connection' }, Overlapped: overlapped },
  },
  HttpCancelHttpRequest: {
    dll: 'httpapi', widths: false, returns: 'ERROR', subject: 'RequestId', page: 'http/nf-http-httpcancelhttprequest',
    params: { RequestQueueHandle: queue, RequestId: requestId, Overlapped: overlapped },
  },
  HttpCreateHttpHandle: {
    dll: 'httpapi', widths: false, returns: 'ERROR', page: 'http/nf-http-httpcreatehttphandle',
    params: { RequestQueueHandle: { kind: 'out', of: 'HANDLE' }, Reserved: ulong },
  },
  HttpAddUrl: {
    dll: 'httpapi', widths: false, returns: 'ERROR', subject: 'RequestQueueHandle', page: 'http/nf-http-httpaddurl',
    params: { RequestQueueHandle: queue, FullyQualifiedUrl: wide, Reserved: reserved },
  },
  HttpRemoveUrl: {
    dll: 'httpapi', widths: false, returns: 'ERROR', subject: 'RequestQueueHandle', page: 'http/nf-http-httpremoveurl',
    params: { RequestQueueHandle: queue, FullyQualifiedUrl: wide },
  },
} as const satisfies Readonly<Record<string, FunctionSignature>>;
