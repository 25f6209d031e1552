import { field as f, pointer, u16, u32, u64, u8, type StructLayout } from './struct-layout';

/** The structures of http.h that set and query properties, cache and configuration, as they lie in memory on x64. */

const wide = { kind: 'text', width: 'W' } as const;
const sockaddr = { kind: 'sockaddr' } as const;
const constants = (group: string) => ({ kind: 'uint', bytes: 4, constants: group }) as const;
const nested = (struct: string) => ({ kind: 'struct', struct }) as const;
const to = (struct: string) => ({ kind: 'struct-pointer', struct }) as const;
const qosOf = (is: number) => ({ field: 'QosType', is }) as const;

const queryOf = (key: string, keySize: number): StructLayout => ({
  size: keySize + 16,
  fields: [f('QueryDesc', 0, constants('HTTP_SERVICE_CONFIG_QUERY_TYPE')), f('KeyDesc', 8, nested(key)), f('dwToken', 8 + keySize, u32)],
});
const setOf = (key: string, keySize: number, param: string, size: number): StructLayout =>
  ({ size, fields: [f('KeyDesc', 0, nested(key)), f('ParamDesc', keySize, nested(param))] });

export const HTTP_CONFIG_STRUCTS: Readonly<Record<string, StructLayout>> = {
  HTTP_BYTE_RANGE: { size: 16, fields: [f('StartingOffset', 0, u64), f('Length', 8, u64)] },
  HTTP_RESPONSE_INFO: {
    size: 16,
    fields: [
      f('Type', 0, constants('HTTP_RESPONSE_INFO_TYPE')), f('Length', 4, u32),
      f('pInfo', 8, to('HTTP_MULTIPLE_KNOWN_HEADERS'), { field: 'Type', is: 0 }),
      f('pInfo', 8, to('HTTP_QOS_SETTING_INFO'), { field: 'Type', is: 2 }),
    ],
  },
  HTTP_MULTIPLE_KNOWN_HEADERS: {
    size: 24,
    fields: [
      f('HeaderId', 0, constants('HTTP_HEADER_ID')), f('Flags', 4, u32), f('KnownHeaderCount', 8, u16),
      f('KnownHeaders', 16, { kind: 'array', struct: 'HTTP_KNOWN_HEADER', count: 'KnownHeaderCount' }),
    ],
  },
  HTTP_QOS_SETTING_INFO: {
    size: 16,
    fields: [
      f('QosType', 0, constants('HTTP_QOS_SETTING_TYPE')), f('QosSetting', 8, to('HTTP_BANDWIDTH_LIMIT_INFO'), qosOf(0)),
      f('QosSetting', 8, to('HTTP_CONNECTION_LIMIT_INFO'), qosOf(1)), f('QosSetting', 8, to('HTTP_FLOWRATE_INFO'), qosOf(2)),
    ],
  },
  HTTP_BANDWIDTH_LIMIT_INFO: { size: 8, fields: [f('Flags', 0, u32), f('MaxBandwidth', 4, u32)] },
  HTTP_CONNECTION_LIMIT_INFO: { size: 8, fields: [f('Flags', 0, u32), f('MaxConnections', 4, u32)] },
  HTTP_FLOWRATE_INFO: { size: 16, fields: [f('Flags', 0, u32), f('MaxBandwidth', 4, u32), f('MaxPeakBandwidth', 8, u32), f('BurstSize', 12, u32)] },
  HTTP_LISTEN_ENDPOINT_INFO: { size: 8, fields: [f('Flags', 0, u32), f('EnableSharing', 4, u8)] },
  HTTP_SERVER_AUTHENTICATION_INFO: {
    size: 64,
    fields: [
      f('Flags', 0, u32), f('AuthSchemes', 4, u32), f('ReceiveMutualAuth', 8, u8), f('ReceiveContextHandle', 9, u8),
      f('DisableNTLMCredentialCaching', 10, u8), f('ExFlags', 11, u8),
      f('DigestParams', 16, nested('HTTP_SERVER_AUTHENTICATION_DIGEST_PARAMS')), f('BasicParams', 48, nested('HTTP_SERVER_AUTHENTICATION_BASIC_PARAMS')),
    ],
  },
  HTTP_SERVER_AUTHENTICATION_DIGEST_PARAMS: {
    size: 32,
    fields: [
      f('DomainNameLength', 0, u16), f('DomainName', 8, { ...wide, length: 'DomainNameLength' }),
      f('RealmLength', 16, u16), f('Realm', 24, { ...wide, length: 'RealmLength' }),
    ],
  },
  HTTP_SERVER_AUTHENTICATION_BASIC_PARAMS: { size: 16, fields: [f('RealmLength', 0, u16), f('Realm', 8, { ...wide, length: 'RealmLength' })] },
  HTTP_CHANNEL_BIND_INFO: {
    size: 24,
    fields: [
      f('Hardening', 0, constants('HTTP_AUTHENTICATION_HARDENING_LEVELS')), f('Flags', 4, u32), f('ServiceNames', 8, pointer),
      f('NumberOfServiceNames', 16, u32),
    ],
  },
  HTTP_LOGGING_INFO: {
    size: 72,
    fields: [
      f('Flags', 0, u32), f('LoggingFlags', 4, u32), f('SoftwareName', 8, { ...wide, length: 'SoftwareNameLength' }), f('SoftwareNameLength', 16, u16),
      f('DirectoryNameLength', 18, u16), f('DirectoryName', 24, { ...wide, length: 'DirectoryNameLength' }),
      f('Format', 32, constants('HTTP_LOGGING_TYPE')), f('Fields', 36, u32), f('pExtFields', 40, pointer), f('NumOfExtFields', 48, u16),
      f('MaxRecordSize', 50, u16), f('RolloverType', 52, constants('HTTP_LOGGING_ROLLOVER_TYPE')), f('RolloverSize', 56, u32),
      f('pSecurityDescriptor', 64, pointer),
    ],
  },
  HTTP_SSL_INFO: {
    size: 48,
    fields: [
      f('ServerCertKeySize', 0, u16), f('ConnectionKeySize', 2, u16), f('ServerCertIssuerSize', 4, u32), f('ServerCertSubjectSize', 8, u32),
      f('pServerCertIssuer', 16, { kind: 'text', width: 'A', length: 'ServerCertIssuerSize' }),
      f('pServerCertSubject', 24, { kind: 'text', width: 'A', length: 'ServerCertSubjectSize' }),
      f('pClientCertInfo', 32, to('HTTP_SSL_CLIENT_CERT_INFO')), f('SslClientCertNegotiated', 40, u32),
    ],
  },
  HTTP_SSL_CLIENT_CERT_INFO: {
    size: 32,
    fields: [
      f('CertFlags', 0, u32), f('CertEncodedSize', 4, u32), f('pCertEncoded', 8, { kind: 'bytes', length: 'CertEncodedSize' }),
      f('Token', 16, { kind: 'handle' }), f('CertDeniedByMapper', 24, u8),
    ],
  },
  HTTP_REQUEST_PROPERTY_STREAM_ERROR: { size: 4, fields: [f('ErrorCode', 0, u32)] },
  HTTP_REQUEST_PROPERTY_SNI: { size: 516, fields: [f('Hostname', 0, { kind: 'chars', width: 'W', count: 256 }), f('Flags', 512, u32)] },
  HTTP_SERVICE_CONFIG_SSL_KEY: { size: 8, fields: [f('pIpPort', 0, sockaddr)] },
  HTTP_SERVICE_CONFIG_SSL_PARAM: {
    size: 80,
    fields: [
      f('SslHashLength', 0, u32), f('pSslHash', 8, { kind: 'bytes', length: 'SslHashLength' }), f('AppId', 16, { kind: 'inline-bytes', bytes: 16 }),
      f('pSslCertStoreName', 32, wide), f('DefaultCertCheckMode', 40, u32), f('DefaultRevocationFreshnessTime', 44, u32),
      f('DefaultRevocationUrlRetrievalTimeout', 48, u32), f('pDefaultSslCtlIdentifier', 56, wide), f('pDefaultSslCtlStoreName', 64, wide),
      f('DefaultFlags', 72, u32),
    ],
  },
  HTTP_SERVICE_CONFIG_SSL_SET: setOf('HTTP_SERVICE_CONFIG_SSL_KEY', 8, 'HTTP_SERVICE_CONFIG_SSL_PARAM', 88),
  HTTP_SERVICE_CONFIG_SSL_QUERY: queryOf('HTTP_SERVICE_CONFIG_SSL_KEY', 8),
  HTTP_SERVICE_CONFIG_IP_LISTEN_PARAM: { size: 16, fields: [f('AddrLength', 0, u16), f('pAddress', 8, { kind: 'sockaddr', length: 'AddrLength' })] },
  HTTP_SERVICE_CONFIG_IP_LISTEN_QUERY: { size: 136, fields: [f('AddrCount', 0, u32), f('AddrList', 8, { kind: 'inline-sockaddrs', count: 'AddrCount' })] },
  HTTP_SERVICE_CONFIG_URLACL_KEY: { size: 8, fields: [f('pUrlPrefix', 0, wide)] },
  HTTP_SERVICE_CONFIG_URLACL_PARAM: { size: 8, fields: [f('pStringSecurityDescriptor', 0, wide)] },
  HTTP_SERVICE_CONFIG_URLACL_SET: setOf('HTTP_SERVICE_CONFIG_URLACL_KEY', 8, 'HTTP_SERVICE_CONFIG_URLACL_PARAM', 16),
  HTTP_SERVICE_CONFIG_URLACL_QUERY: queryOf('HTTP_SERVICE_CONFIG_URLACL_KEY', 8),
  HTTP_SERVICE_CONFIG_TIMEOUT_SET: { size: 8, fields: [f('KeyDesc', 0, constants('HTTP_SERVICE_CONFIG_TIMEOUT_KEY')), f('ParamDesc', 4, u16)] },
  HTTP_SERVICE_CONFIG_CACHE_SET: { size: 8, fields: [f('KeyDesc', 0, constants('HTTP_SERVICE_CONFIG_CACHE_KEY')), f('ParamDesc', 4, u32)] },
};

/** Bytes of a SOCKADDR_STORAGE, which every entry of HTTP_SERVICE_CONFIG_IP_LISTEN_QUERY.AddrList takes. */
export const SOCKADDR_STORAGE_SIZE = 128;

/** What a property or a kind of configuration is about, and so which structure belongs to a number. */
export type ChoiceTable = keyof typeof CHOSEN_TYPES;

const SETTINGS = {
  0: 'HTTP_SERVER_AUTHENTICATION_INFO', 1: 'HTTP_LOGGING_INFO', 2: 'HTTP_QOS_SETTING_INFO', 3: 'HTTP_TIMEOUT_LIMIT_INFO', 5: 'HTTP_STATE_INFO',
  8: 'HTTP_SERVER_AUTHENTICATION_INFO', 10: 'HTTP_CHANNEL_BIND_INFO',
} as const;

/** The structure or scalar (ULONG, USHORT) that memory holds, by the parameter that chooses it. */
export const CHOSEN_TYPES = {
  'server-session': SETTINGS,
  'url-group': { ...SETTINGS, 7: 'HTTP_BINDING_INFO', 9: 'HTTP_LISTEN_ENDPOINT_INFO' },
  'request-queue': { 4: 'ULONG', 5: 'ULONG', 6: 'ULONG' },
  'request-set': { 5: 'HTTP_REQUEST_PROPERTY_STREAM_ERROR' },
  'request-query': { 4: 'HTTP_REQUEST_PROPERTY_SNI' },
  'config-set': {
    0: 'HTTP_SERVICE_CONFIG_IP_LISTEN_PARAM', 1: 'HTTP_SERVICE_CONFIG_SSL_SET', 2: 'HTTP_SERVICE_CONFIG_URLACL_SET',
    3: 'HTTP_SERVICE_CONFIG_TIMEOUT_SET', 4: 'HTTP_SERVICE_CONFIG_CACHE_SET',
  },
  'config-delete': {
    0: 'HTTP_SERVICE_CONFIG_IP_LISTEN_PARAM', 1: 'HTTP_SERVICE_CONFIG_SSL_SET', 2: 'HTTP_SERVICE_CONFIG_URLACL_SET', 3: 'ULONG', 4: 'ULONG',
  },
  'config-query': { 1: 'HTTP_SERVICE_CONFIG_SSL_QUERY', 2: 'HTTP_SERVICE_CONFIG_URLACL_QUERY', 3: 'ULONG', 4: 'ULONG' },
  'config-record': {
    0: 'HTTP_SERVICE_CONFIG_IP_LISTEN_QUERY', 1: 'HTTP_SERVICE_CONFIG_SSL_SET', 2: 'HTTP_SERVICE_CONFIG_URLACL_SET', 3: 'USHORT', 4: 'ULONG',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<number, string>>>>;

/** Undefined for a number that nothing is known of. */
export function chosenType(table: ChoiceTable, choice: number): string | undefined {
  const types: Readonly<Record<number, string>> = CHOSEN_TYPES[table];
  return types[choice];
}

/** Bytes of a type that is no structure. */
export const SCALAR_SIZES: Readonly<Record<string, 2 | 4>> = { ULONG: 4, USHORT: 2 };
