export const HTTP_VERB = {
  HttpVerbUnparsed: 0,
  HttpVerbUnknown: 1,
  HttpVerbInvalid: 2,
  HttpVerbOPTIONS: 3,
  HttpVerbGET: 4,
  HttpVerbHEAD: 5,
  HttpVerbPOST: 6,
  HttpVerbPUT: 7,
  HttpVerbDELETE: 8,
  HttpVerbTRACE: 9,
  HttpVerbCONNECT: 10,
  HttpVerbTRACK: 11,
  HttpVerbMOVE: 12,
  HttpVerbCOPY: 13,
  HttpVerbPROPFIND: 14,
  HttpVerbPROPPATCH: 15,
  HttpVerbMKCOL: 16,
  HttpVerbLOCK: 17,
  HttpVerbUNLOCK: 18,
  HttpVerbSEARCH: 19,
  HttpVerbMaximum: 20,
} as const;

export const HTTP_HEADER_ID = {
  HttpHeaderCacheControl: 0,
  HttpHeaderConnection: 1,
  HttpHeaderDate: 2,
  HttpHeaderKeepAlive: 3,
  HttpHeaderPragma: 4,
  HttpHeaderTrailer: 5,
  HttpHeaderTransferEncoding: 6,
  HttpHeaderUpgrade: 7,
  HttpHeaderVia: 8,
  HttpHeaderWarning: 9,
  HttpHeaderAllow: 10,
  HttpHeaderContentLength: 11,
  HttpHeaderContentType: 12,
  HttpHeaderContentEncoding: 13,
  HttpHeaderContentLanguage: 14,
  HttpHeaderContentLocation: 15,
  HttpHeaderContentMd5: 16,
  HttpHeaderContentRange: 17,
  HttpHeaderExpires: 18,
  HttpHeaderLastModified: 19,
  HttpHeaderAccept: 20,
  HttpHeaderAcceptCharset: 21,
  HttpHeaderAcceptEncoding: 22,
  HttpHeaderAcceptLanguage: 23,
  HttpHeaderAuthorization: 24,
  HttpHeaderCookie: 25,
  HttpHeaderExpect: 26,
  HttpHeaderFrom: 27,
  HttpHeaderHost: 28,
  HttpHeaderIfMatch: 29,
  HttpHeaderIfModifiedSince: 30,
  HttpHeaderIfNoneMatch: 31,
  HttpHeaderIfRange: 32,
  HttpHeaderIfUnmodifiedSince: 33,
  HttpHeaderMaxForwards: 34,
  HttpHeaderProxyAuthorization: 35,
  HttpHeaderReferer: 36,
  HttpHeaderRange: 37,
  HttpHeaderTe: 38,
  HttpHeaderTranslate: 39,
  HttpHeaderUserAgent: 40,
  HttpHeaderRequestMaximum: 41,
  HttpHeaderAcceptRanges: 20,
  HttpHeaderAge: 21,
  HttpHeaderEtag: 22,
  HttpHeaderLocation: 23,
  HttpHeaderProxyAuthenticate: 24,
  HttpHeaderRetryAfter: 25,
  HttpHeaderServer: 26,
  HttpHeaderSetCookie: 27,
  HttpHeaderVary: 28,
  HttpHeaderWwwAuthenticate: 29,
  HttpHeaderResponseMaximum: 30,
  HttpHeaderMaximum: 41,
} as const;

export const HTTP_SERVER_PROPERTY = {
  HttpServerAuthenticationProperty: 0,
  HttpServerLoggingProperty: 1,
  HttpServerQosProperty: 2,
  HttpServerTimeoutsProperty: 3,
  HttpServerQueueLengthProperty: 4,
  HttpServerStateProperty: 5,
  HttpServer503VerbosityProperty: 6,
  HttpServerBindingProperty: 7,
  HttpServerExtendedAuthenticationProperty: 8,
  HttpServerListenEndpointProperty: 9,
  HttpServerChannelBindProperty: 10,
  HttpServerProtectionLevelProperty: 11,
  HttpServerDelegationProperty: 16,
  HttpServerFastForwardingProperty: 18,
} as const;

/** What HttpServerQueueLengthProperty can be. */
export const HTTP_SERVER_QUEUE_LENGTH = {
  HTTP_MIN_SERVER_QUEUE_LENGTH: 1,
  HTTP_MAX_SERVER_QUEUE_LENGTH: 0x7fffffff,
} as const;

export const HTTP_RECEIVE_CERTIFICATE_FLAG = {
  HTTP_RECEIVE_SECURE_CHANNEL_TOKEN: 1,
  HTTP_RECEIVE_FULL_CHAIN: 2,
} as const;

export const HTTP_FEATURE_ID = {
  HttpFeatureUnknown: 0,
  HttpFeatureResponseTrailers: 1,
  HttpFeatureApiTimings: 2,
  HttpFeatureDelegateEx: 3,
  HttpFeatureHttp3: 4,
  HttpFeatureTlsSessionTickets: 5,
  HttpFeatureDisableTlsSessionId: 6,
  HttpFeatureTlsDualCerts: 7,
  HttpFeatureAutomaticChunkedEncoding: 8,
  HttpFeatureDedicatedReqQueueDelegationType: 9,
  HttpFeatureFastForwardResponse: 10,
  HttpFeatureCacheTlsClientHello: 11,
} as const;

export const HTTP_REQUEST_PROPERTY = {
  HttpRequestPropertyIsb: 0,
  HttpRequestPropertyTcpInfoV0: 1,
  HttpRequestPropertyQuicStats: 2,
  HttpRequestPropertyTcpInfoV1: 3,
  HttpRequestPropertySni: 4,
  HttpRequestPropertyStreamError: 5,
  HttpRequestPropertyWskApiTimings: 6,
  HttpRequestPropertyQuicApiTimings: 7,
  HttpRequestPropertyQuicStatsV2: 8,
  HttpRequestPropertyQuicStreamStats: 9,
  HttpRequestPropertyTcpInfoV2: 10,
  HttpRequestPropertyTlsClientHello: 11,
  HttpRequestPropertyTransportIdleConnectionTimeout: 12,
  HttpRequestPropertyDscpTag: 13,
  HttpRequestPropertyTlsCipherInfo: 14,
} as const;

export const HTTP_ENABLED_STATE = {
  HttpEnabledStateActive: 0,
  HttpEnabledStateInactive: 1,
} as const;

export const HTTP_SERVICE_CONFIG_ID = {
  HttpServiceConfigIPListenList: 0,
  HttpServiceConfigSSLCertInfo: 1,
  HttpServiceConfigUrlAclInfo: 2,
  HttpServiceConfigTimeout: 3,
  HttpServiceConfigCache: 4,
  HttpServiceConfigSslSniCertInfo: 5,
  HttpServiceConfigSslCcsCertInfo: 6,
  HttpServiceConfigSetting: 7,
} as const;

export const HTTP_SERVICE_CONFIG_QUERY_TYPE = {
  HttpServiceConfigQueryExact: 0,
  HttpServiceConfigQueryNext: 1,
  HttpServiceConfigQueryMax: 2,
} as const;

export const HTTP_DATA_CHUNK_TYPE = {
  HttpDataChunkFromMemory: 0,
  HttpDataChunkFromFileHandle: 1,
  HttpDataChunkFromFragmentCache: 2,
  HttpDataChunkFromFragmentCacheEx: 3,
  HttpDataChunkMaximum: 4,
} as const;

export const HTTP_CACHE_POLICY_TYPE = {
  HttpCachePolicyNocache: 0,
  HttpCachePolicyUserInvalidates: 1,
  HttpCachePolicyTimeToLive: 2,
  HttpCachePolicyMaximum: 3,
} as const;

export const HTTP_REQUEST_INFO_TYPE = {
  HttpRequestInfoTypeAuth: 0,
  HttpRequestInfoTypeChannelBind: 1,
  HttpRequestInfoTypeSslProtocol: 2,
} as const;

export const HTTP_RESPONSE_INFO_TYPE = {
  HttpResponseInfoTypeMultipleKnownHeaders: 0,
  HttpResponseInfoTypeAuthenticationProperty: 1,
  HttpResponseInfoTypeQosProperty: 2,
  HttpResponseInfoTypeChannelBind: 3,
} as const;

export const HTTP_LOGGING_TYPE = {
  HttpLoggingTypeW3C: 0,
  HttpLoggingTypeIIS: 1,
  HttpLoggingTypeNCSA: 2,
  HttpLoggingTypeRaw: 3,
} as const;

export const HTTP_LOGGING_ROLLOVER_TYPE = {
  HttpLoggingRolloverSize: 0,
  HttpLoggingRolloverDaily: 1,
  HttpLoggingRolloverWeekly: 2,
  HttpLoggingRolloverMonthly: 3,
  HttpLoggingRolloverHourly: 4,
} as const;

export const HTTP_QOS_SETTING_TYPE = {
  HttpQosSettingTypeBandwidth: 0,
  HttpQosSettingTypeConnectionLimit: 1,
  HttpQosSettingTypeFlowRate: 2,
} as const;

export const HTTP_AUTH_STATUS = {
  HttpAuthStatusSuccess: 0,
  HttpAuthStatusNotAuthenticated: 1,
  HttpAuthStatusFailure: 2,
} as const;

export const HTTP_REQUEST_AUTH_TYPE = {
  HttpRequestAuthTypeNone: 0,
  HttpRequestAuthTypeBasic: 1,
  HttpRequestAuthTypeDigest: 2,
  HttpRequestAuthTypeNTLM: 3,
  HttpRequestAuthTypeNegotiate: 4,
  HttpRequestAuthTypeKerberos: 5,
} as const;

export const HTTP_503_RESPONSE_VERBOSITY = {
  Http503ResponseVerbosityBasic: 0,
  Http503ResponseVerbosityLimited: 1,
  Http503ResponseVerbosityFull: 2,
} as const;

export const HTTP_LOG_DATA_TYPE = {
  HttpLogDataTypeFields: 0,
} as const;

export const HTTP_AUTHENTICATION_HARDENING_LEVELS = {
  HttpAuthenticationHardeningLegacy: 0,
  HttpAuthenticationHardeningMedium: 1,
  HttpAuthenticationHardeningStrict: 2,
} as const;

export const HTTP_SERVICE_CONFIG_TIMEOUT_KEY = {
  IdleConnectionTimeout: 0,
  HeaderWaitTimeout: 1,
} as const;

export const HTTP_SERVICE_CONFIG_CACHE_KEY = {
  MaxCacheResponseSize: 0,
  CacheRangeChunkSize: 1,
} as const;

/** Macros of http.h. */
export const HTTP_MACROS = {
  HTTP_SERVICE_CONFIG_SSL_FLAG_NO_RAW_FILTER: 4,
  HTTP_INITIALIZE_SERVER: 1,
  HTTP_FLUSH_RESPONSE_FLAG_RECURSIVE: 1,
  HTTP_REQUEST_FLAG_MORE_ENTITY_BODY_EXISTS: 1,
  HTTP_RECEIVE_REQUEST_ENTITY_BODY_FLAG_FILL_BUFFER: 1,
  HTTP_SERVICE_CONFIG_SSL_FLAG_USE_DS_MAPPER: 1,
  HTTP_INITIALIZE_CONFIG: 2,
  HTTP_SERVICE_CONFIG_SSL_FLAG_NEGOTIATE_CLIENT_CERT: 2,
  HTTP_BYTE_RANGE_TO_EOF: -1,
  HTTP_SEND_RESPONSE_FLAG_MORE_DATA: 2,
  HTTP_NULL_ID: 0,
  HTTP_SEND_RESPONSE_FLAG_DISCONNECT: 1,
  HTTP_RECEIVE_REQUEST_FLAG_COPY_BODY: 1,
  HTTP_SEND_RESPONSE_FLAG_BUFFER_DATA: 4,
  HTTP_RESPONSE_INFO_FLAGS_PRESERVE_ORDER: 1,
  HTTP_RECEIVE_SECURE_CHANNEL_TOKEN: 1,
  HTTP_LIMIT_INFINITE: -1,
  HTTP_MIN_ALLOWED_BANDWIDTH_THROTTLING_RATE: 1024,
  HTTP_AUTH_ENABLE_BASIC: 1,
  HTTP_AUTH_ENABLE_DIGEST: 2,
  HTTP_AUTH_ENABLE_NTLM: 4,
  HTTP_AUTH_ENABLE_NEGOTIATE: 8,
  HTTP_AUTH_ENABLE_KERBEROS: 16,
} as const;

