import type { FunctionSignature } from './signature';

const queue = { kind: 'handle', of: 'HANDLE' } as const;
const requestId = { kind: 'id', of: 'request' } as const;
const ulong = { kind: 'int', bits: 32 } as const;
const wide = { kind: 'string', width: 'wide' } as const;
const overlapped = { kind: 'overlapped' } as const;
const reserved = { kind: 'reserved' } as const;
const bytesOut = { kind: 'out', of: 'ULONG' } as const;
const flags = (...groups: readonly string[]) => ({ kind: 'int', bits: 32, flags: groups }) as const;
const inProperty = (of: 'server-session' | 'url-group' | 'request-queue') =>
  ({ kind: 'in-property', property: 'Property', of, length: 'PropertyInformationLength' }) as const;
const outProperty = (of: 'server-session' | 'url-group' | 'request-queue') =>
  ({ kind: 'out-buffer', length: 'PropertyInformationLength', count: 'ReturnLength', chosen: { by: 'Property', of } }) as const;
const configId = { kind: 'int', bits: 32, constants: 'HTTP_SERVICE_CONFIG_ID' } as const;
const inConfig = (of: 'config-set' | 'config-delete' | 'config-query', length: string) =>
  ({ kind: 'in-property', property: 'ConfigId', of, length }) as const;
const requestProperty = { kind: 'int', bits: 32, constants: 'HTTP_REQUEST_PROPERTY' } as const;
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
      PropertyInformation: inProperty('url-group'), PropertyInformationLength: ulong,
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
  HttpQueryUrlGroupProperty: {
    dll: 'httpapi', widths: false, returns: 'ERROR', subject: 'UrlGroupId', page: 'http/nf-http-httpqueryurlgroupproperty',
    params: {
      UrlGroupId: { kind: 'id', of: 'url-group' }, Property: property, PropertyInformation: outProperty('url-group'),
      PropertyInformationLength: ulong, ReturnLength: bytesOut,
    },
  },
  HttpSetServerSessionProperty: {
    dll: 'httpapi', widths: false, returns: 'ERROR', subject: 'ServerSessionId', page: 'http/nf-http-httpsetserversessionproperty',
    params: {
      ServerSessionId: { kind: 'id', of: 'server-session' }, Property: property, PropertyInformation: inProperty('server-session'),
      PropertyInformationLength: ulong,
    },
  },
  HttpQueryServerSessionProperty: {
    dll: 'httpapi', widths: false, returns: 'ERROR', subject: 'ServerSessionId', page: 'http/nf-http-httpqueryserversessionproperty',
    params: {
      ServerSessionId: { kind: 'id', of: 'server-session' }, Property: property, PropertyInformation: outProperty('server-session'),
      PropertyInformationLength: ulong, ReturnLength: bytesOut,
    },
  },
  HttpSetRequestQueueProperty: {
    dll: 'httpapi', widths: false, returns: 'ERROR', subject: 'RequestQueueHandle', page: 'http/nf-http-httpsetrequestqueueproperty',
    params: {
      RequestQueueHandle: queue, Property: property, PropertyInformation: inProperty('request-queue'), PropertyInformationLength: ulong,
      Reserved1: ulong, Reserved2: reserved,
    },
  },
  HttpQueryRequestQueueProperty: {
    dll: 'httpapi', widths: false, returns: 'ERROR', subject: 'RequestQueueHandle', page: 'http/nf-http-httpqueryrequestqueueproperty',
    params: {
      RequestQueueHandle: queue, Property: property, PropertyInformation: outProperty('request-queue'), PropertyInformationLength: ulong,
      Reserved1: ulong, ReturnLength: bytesOut, Reserved2: reserved,
    },
  },
  HttpSetRequestProperty: {
    dll: 'httpapi', widths: false, returns: 'ERROR', subject: 'Id', page: 'http/nf-http-httpsetrequestproperty',
    params: {
      RequestQueueHandle: queue, Id: requestId, PropertyId: requestProperty,
      Input: { kind: 'in-property', property: 'PropertyId', of: 'request-set', length: 'InputPropertySize' }, InputPropertySize: ulong,
      Overlapped: overlapped,
    },
  },
  HttpQueryRequestProperty: {
    dll: 'httpapi', widths: false, returns: 'ERROR', subject: 'Id', page: 'http/nf-http-httpqueryrequestproperty',
    params: {
      RequestQueueHandle: queue, Id: requestId, PropertyId: requestProperty, Qualifier: { kind: 'bytes', length: 'QualifierSize' }, QualifierSize: ulong,
      Output: { kind: 'out-buffer', length: 'OutputBufferSize', count: 'BytesReturned', chosen: { by: 'PropertyId', of: 'request-query' } },
      OutputBufferSize: ulong, BytesReturned: bytesOut, Overlapped: overlapped,
    },
  },
  HttpFindUrlGroupId: {
    dll: 'httpapi', widths: false, returns: 'ERROR', subject: 'RequestQueueHandle', page: 'http/nf-http-httpfindurlgroupid',
    params: { FullyQualifiedUrl: wide, RequestQueueHandle: queue, UrlGroupId: { kind: 'out', of: 'HTTP_ID' } },
  },
  HttpPrepareUrl: {
    dll: 'httpapi', widths: false, returns: 'ERROR', page: 'http/nf-http-httpprepareurl',
    params: { Reserved: reserved, Flags: ulong, Url: wide, PreparedUrl: { kind: 'out', of: 'PWSTR' } },
  },
  HttpWaitForDisconnectEx: {
    dll: 'httpapi', widths: false, returns: 'ERROR', subject: 'ConnectionId', page: 'http/nf-http-httpwaitfordisconnectex',
    params: { RequestQueueHandle: queue, ConnectionId: { kind: 'id', of: 'connection' }, Reserved: ulong, Overlapped: overlapped },
  },
  HttpWaitForDemandStart: {
    dll: 'httpapi', widths: false, returns: 'ERROR', subject: 'RequestQueueHandle', page: 'http/nf-http-httpwaitfordemandstart',
    params: { RequestQueueHandle: queue, Overlapped: overlapped },
  },
  HttpReceiveClientCertificate: {
    dll: 'httpapi', widths: false, returns: 'ERROR', subject: 'ConnectionId', page: 'http/nf-http-httpreceiveclientcertificate',
    params: {
      RequestQueueHandle: queue, ConnectionId: { kind: 'id', of: 'connection' }, Flags: ulong,
      SslClientCertInfo: { kind: 'out-buffer', length: 'SslClientCertInfoSize', struct: 'HTTP_SSL_CLIENT_CERT_INFO' }, SslClientCertInfoSize: ulong,
      BytesReceived: bytesOut, Overlapped: overlapped,
    },
  },
  HttpAddFragmentToCache: {
    dll: 'httpapi', widths: false, returns: 'ERROR', subject: 'RequestQueueHandle', page: 'http/nf-http-httpaddfragmenttocache',
    params: {
      RequestQueueHandle: queue, UrlPrefix: wide, DataChunk: { kind: 'in-struct', struct: 'HTTP_DATA_CHUNK' },
      CachePolicy: { kind: 'in-struct', struct: 'HTTP_CACHE_POLICY' }, Overlapped: overlapped,
    },
  },
  HttpReadFragmentFromCache: {
    dll: 'httpapi', widths: false, returns: 'ERROR', subject: 'RequestQueueHandle', page: 'http/nf-http-httpreadfragmentfromcache',
    params: {
      RequestQueueHandle: queue, UrlPrefix: wide, ByteRange: { kind: 'in-struct', struct: 'HTTP_BYTE_RANGE' },
      Buffer: { kind: 'out-buffer', length: 'BufferLength', count: 'BytesRead' }, BufferLength: ulong, BytesRead: bytesOut, Overlapped: overlapped,
    },
  },
  HttpFlushResponseCache: {
    dll: 'httpapi', widths: false, returns: 'ERROR', subject: 'RequestQueueHandle', page: 'http/nf-http-httpflushresponsecache',
    params: { RequestQueueHandle: queue, UrlPrefix: wide, Flags: flags('HTTP_FLUSH_RESPONSE_FLAG_RECURSIVE'), Overlapped: overlapped },
  },
  HttpDeclarePush: {
    dll: 'httpapi', widths: false, returns: 'ERROR', subject: 'RequestId', page: 'http/nf-http-httpdeclarepush',
    params: {
      RequestQueueHandle: queue, RequestId: requestId, Verb: { kind: 'int', bits: 32, constants: 'HTTP_VERB' }, Path: wide,
      Query: { kind: 'string', width: 'ansi' }, Headers: { kind: 'in-struct', struct: 'HTTP_REQUEST_HEADERS' },
    },
  },
  HttpIsFeatureSupported: {
    dll: 'httpapi', widths: false, returns: 'BOOL', page: 'http/nf-http-httpisfeaturesupported',
    params: { FeatureId: { kind: 'int', bits: 32, constants: 'HTTP_FEATURE_ID_*' } },
  },
  HttpSetServiceConfiguration: {
    dll: 'httpapi', widths: false, returns: 'ERROR', page: 'http/nf-http-httpsetserviceconfiguration',
    params: {
      ServiceHandle: queue, ConfigId: configId, pConfigInformation: inConfig('config-set', 'ConfigInformationLength'), ConfigInformationLength: ulong,
      pOverlapped: reserved,
    },
  },
  HttpUpdateServiceConfiguration: {
    dll: 'httpapi', widths: false, returns: 'ERROR', page: 'http/nf-http-httpupdateserviceconfiguration',
    params: {
      Handle: queue, ConfigId: configId, ConfigInfo: inConfig('config-set', 'ConfigInfoLength'), ConfigInfoLength: ulong, Overlapped: reserved,
    },
  },
  HttpDeleteServiceConfiguration: {
    dll: 'httpapi', widths: false, returns: 'ERROR', page: 'http/nf-http-httpdeleteserviceconfiguration',
    params: {
      ServiceHandle: queue, ConfigId: configId, pConfigInformation: inConfig('config-delete', 'ConfigInformationLength'), ConfigInformationLength: ulong,
      pOverlapped: reserved,
    },
  },
  HttpQueryServiceConfiguration: {
    dll: 'httpapi', widths: false, returns: 'ERROR', page: 'http/nf-http-httpqueryserviceconfiguration',
    params: {
      ServiceHandle: queue, ConfigId: configId, pInput: inConfig('config-query', 'InputLength'), InputLength: ulong,
      pOutput: { kind: 'out-buffer', length: 'OutputLength', count: 'pReturnLength', chosen: { by: 'ConfigId', of: 'config-record' } }, OutputLength: ulong,
      pReturnLength: bytesOut, pOverlapped: reserved,
    },
  },
} as const satisfies Readonly<Record<string, FunctionSignature>>;
