import type { EtwProvider } from './etw-record';

/** An event: its id, its version, its name, and its fields in their order, blank-separated. */
type ManifestRow = readonly [id: number, version: number, name: string, fields: string];

/**
 * The events that tell of handles, requests and connections, as the providers' registered manifests define them
 * (Windows 10; facts/etw-events.json). CSV has values without names, so their order is what names them there.
 */
const MANIFEST: Readonly<Record<EtwProvider, readonly ManifestRow[]>> = {
  'Microsoft-Windows-WinINet': [
    [101, 0, 'WININET_ROOT_HANDLE_CREATED', 'HINTERNET _UserAgentLength UserAgent _AccessTypeLength AccessType _ProxyListLength ProxyList _ProxyBypassListLength ProxyBypassList Flags'],
    [102, 0, 'WININET_OPEN_URL_HANDLE_CREATED', 'ConnectionHandle ParentHandle _URLLength URL _HeadersLength Headers Flags'],
    [103, 0, 'WININET_CONNECT_HANDLE_CREATED', 'ConnectionHandle ParentHandle _ServerNameLength ServerName ServerPort _ServiceLength Service Flags'],
    [104, 0, 'WININET_HTTP_REQUEST_HANDLE_CREATED', 'ConnectionHandle ParentHandle _VerbLength Verb _ObjectNameLength ObjectName _VersionLength Version _ReferrerLength Referrer _AcceptTypesLength AcceptTypes Flags'],
    [105, 0, 'WININET_HANDLE_CLOSED', 'HINTERNET'],
    [106, 0, 'WININET_HANDLE_CREATE_FAILED', 'HINTERNET Error'],
    [107, 0, 'WININET_HANDLE_CLOSE_FAILED', 'HINTERNET Error'],
    [108, 0, 'WININET_HTTP_REQUEST_HANDLE_CREATED', 'ConnectionHandle _ServerNameLength ServerName ServerPort _ServiceLength Service'],
    [200, 0, 'WININET_HTTP_REQUEST Start', 'HINTERNET'],
    [200, 1, 'WININET_HTTP_REQUEST Start', 'HINTERNET Context'],
    [201, 0, 'WININET_HTTP_REQUEST Stop', 'RequestHandle SocketHandle _VerbLength Verb Cookie'],
    [202, 0, 'WININET_HTTP_REQUEST Fail', 'Handle Error'],
    [203, 0, 'WININET_HTTP_RESPONSE Stop', 'ResponseCode RequestHandle SocketHandle _VerbLength Verb _ContentLengthStrLength ContentLength'],
    [204, 0, 'WININET_HTTP_RESPONSE Fail', 'Handle Error'],
    [205, 0, 'WININET_HTTP_CONNECTION_CLOSED', 'ConnectionHandle SocketHandle _ReasonLength Reason'],
    [206, 0, 'WININET_KEEP_ALIVE_CONNECTION_REUSED', 'ConnectionHandle SocketHandle'],
    [207, 0, 'WININET_KEEP_ALIVE_CONNECTION_POOLED', 'ConnectionHandle SocketHandle'],
    [208, 0, 'WININET_KEEP_ALIVE_CONNECTION_CLOSED', 'ConnectionHandle SocketHandle'],
    [209, 0, 'WININET_HTTP_RESPONSE_BODY_RECEIVED', 'RequestHandle'],
    [210, 0, 'WININET_REQUEST_HEADER', 'RequestHandle Length Headers'],
    [211, 0, 'WININET_RESPONSE_HEADER', 'RequestHandle Length Headers'],
    [212, 0, 'WININET_REQUEST_HEADER_OPTIONAL', 'RequestHandle Length Headers'],
    [213, 0, 'WININET_HTTP_RESPONSE_BODY_READ_ERROR', 'RequestHandle Error'],
    [301, 0, 'WININET_TCP_CONNECTION Start', '_ServerNameLength ServerName ConnectionHandle SocketHandle LocalPort'],
    [302, 0, 'WININET_TCP_CONNECTION Fail', '_ServerNameLength ServerName ConnectionHandle Error'],
    [303, 0, 'WININET_TCP_CONNECTION Stop', 'SocketHandle'],
    [304, 0, 'WININET_DNS_QUERY Start', '_HostNameLength HostName RequestHandle'],
    [305, 0, 'WININET_DNS_QUERY Stop', '_HostNameLength HostName RequestHandle _AddressListLength AddressList'],
    [306, 0, 'WININET_DNS_QUERY Fail', '_HostNameLength HostName RequestHandle Error'],
    [307, 0, 'WININET_DNS_QUERY Stop', '_HostNameLength HostName RequestHandle _AddressListLength AddressList'],
    [601, 0, 'WININET_AUTH_RESPONSE_RECEIVED', 'RequestHandle _SchemeLength Scheme IsProxy'],
    [701, 0, 'WININET_HTTPS_NEGOTIATION Start', 'RequestHandle'],
    [702, 0, 'WININET_HTTPS_NEGOTIATION Stop', 'RequestHandle'],
    [703, 0, 'WININET_HTTPS_NEGOTIATION Fail', 'RequestHandle Error'],
    [704, 0, 'WININET_HTTPS_SERVER_CERT_ERROR', 'RequestHandle Error'],
    [711, 0, 'WININET_HTTPS_RENEGOTIATION Start', 'RequestHandle'],
    [712, 0, 'WININET_HTTPS_RENEGOTIATION Stop', 'RequestHandle'],
    [713, 0, 'WININET_HTTPS_RENEGOTIATION Fail', 'RequestHandle Error'],
    [1007, 0, 'Wininet_SendRequest Start', 'Request AddressName'],
    [1008, 0, 'Wininet_SendRequest Stop', 'Request StatusLineLength StatusLine'],
    [1045, 0, 'Wininet_Connect Start', 'Request'],
    [1046, 0, 'Wininet_Connect Stop', 'Request Socket'],
    [1046, 1, 'Wininet_Connect Stop', 'Request Socket Protocol LocalAddressLength LocalAddress RemoteAddressLength RemoteAddress'],
    [1049, 0, 'Wininet_Redirect', 'Request AddressName'],
    [1057, 0, 'Wininet_UsageLogRequest', 'URL Verb RequestHeaders ResponseHeaders Status UsageLogRequestCache'],
  ],
  'Microsoft-Windows-WebIO': [
    [5, 0, 'SessionCreate', 'ApiObject ApiHandle Session SessionHandle Flags Error'],
    [6, 0, 'SessionCreate', 'ApiObject ApiHandle Session SessionHandle Flags Error'],
    [7, 0, 'SessionClose Start', 'ApiObject ApiHandle Flags Error'],
    [8, 0, 'SessionClose Stop', 'ApiObject ApiHandle Flags Error'],
    [17, 0, 'RequestCreate', 'Request RequestHandle Session SessionHandle Method URI VersionMajor VersionMinor Error'],
    [18, 0, 'RequestCreate', 'Request RequestHandle Session SessionHandle Method URI VersionMajor VersionMinor Error'],
    [19, 0, 'RequestClose Start', 'ApiObject ApiHandle Flags Error'],
    [20, 0, 'RequestClose Stop', 'ApiObject ApiHandle Flags Error'],
    [29, 0, 'SessionClose Stop', 'ApiObject ApiHandle Flags Error'],
    [30, 0, 'RequestClose Stop', 'ApiObject ApiHandle Flags Error'],
    [100, 0, 'RequestHeader', 'Request Length Headers'],
    [101, 0, 'RequestHeader', 'Request Length Headers'],
    [130, 0, 'RequestSend Start', 'Request RequestHandle Flags DataChunks DataChunkCount CompletionContext Error'],
    [131, 0, 'RequestSend Stop', 'Request RequestHandle Flags DataChunks DataChunkCount CompletionContext Error'],
    [132, 0, 'ResponseReceive Start', 'Request RequestHandle Flags ResponseFlags CompletionContext Error'],
    [133, 0, 'ResponseReceive Stop', 'Request RequestHandle Flags ResponseFlags CompletionContext Error'],
    [134, 0, 'ResponseReceiveCompleteCallback Start', 'Request ResponseFlags Error CompletionContext'],
    [135, 0, 'ResponseReceiveCompleteCallback Stop', 'Request ResponseFlags Error CompletionContext'],
    [136, 0, 'RequestCancel Start', 'Request RequestHandle Flags Error'],
    [137, 0, 'RequestCancel Stop', 'Request RequestHandle Flags Error'],
    [200, 0, 'ConnectionSocketConnect Start', 'Connection SocketHandle AddressLength Address Context RemainingAddressCount Error'],
    [201, 0, 'ConnectionSocketConnect Stop', 'Connection SocketHandle AddressLength Address Context RemainingAddressCount Error'],
    [202, 0, 'ConnectionSocketConnect Stop', 'Connection SocketHandle AddressLength Address Context RemainingAddressCount Error'],
    [203, 0, 'ConnectionSocketCreate', 'Connection SocketHandle Error'],
    [204, 0, 'ConnectionSocketClose', 'Endpoint Socket Reason Result'],
    [205, 0, 'ConnectionNameResolutionRequest Start', 'DnsQuery HostName Timeout CompletionContext'],
    [206, 0, 'ConnectionNameResolutionRequest Stop', 'DnsQuery FQDN CanonicalName AddressCount SockaddrLength SockAddr'],
    [207, 0, 'ConnectionNameResolutionRequest Stop', 'DnsQuery Error'],
  ],
  'Microsoft-Windows-HttpService': [
    [1, 0, 'RecvReq', 'RequestId ConnectionId RemoteAddrLength RemoteAddr'],
    [2, 0, 'Parse', 'RequestObj HttpVerb Url'],
    [3, 0, 'Deliver', 'RequestObj RequestId SiteId RequestQueueName Url Status'],
    [4, 0, 'RecvResp', 'RequestId ConnectionId StatusCode Verb HeaderLength EntityChunkCount CachePolicy'],
    [5, 0, 'RecvRespLast', 'RequestId'],
    [6, 0, 'RecvBody', 'RequestId ConnectionId'],
    [7, 0, 'RecvBodyLast', 'RequestId'],
    [8, 0, 'FastResp', 'RequestId ConnectionId StatusCode Verb HeaderLength EntityChunkCount CachePolicy'],
    [9, 0, 'FastRespLast', 'RequestId'],
    [10, 0, 'SendComplete', 'RequestId HttpStatus'],
    [11, 0, 'CachedAndSend', 'RequestId HttpStatus'],
    [12, 0, 'FastSend', 'RequestId HttpStatus'],
    [13, 0, 'ZeroSend', 'RequestId HttpStatus'],
    [14, 0, 'LastSndError', 'RequestId HttpStatus'],
    [15, 0, 'SndError', 'RequestId Reason Status'],
    [16, 0, 'SrvdFrmCache', 'RequestObj SiteId BytesSent'],
    [16, 1, 'SrvdFrmCache', 'RequestObj SiteId BytesSent RequestId Encoding'],
    [17, 0, 'CachedNotModified', 'RequestObj SiteId BytesSent'],
    [17, 1, 'CachedNotModified', 'RequestObj SiteId BytesSent RequestId Encoding'],
    [21, 0, 'ConnConnect', 'ConnectionObj LocalAddrLength LocalAddr RemoteAddrLength RemoteAddr'],
    [22, 0, 'ConnIdAssgn', 'RequestId ConnectionId ConnectionObj'],
    [23, 0, 'ConnClose', 'ConnectionObj Abortive'],
    [24, 0, 'ConnCleanup', 'ConnectionObj'],
    [31, 0, 'AddUrl', 'UrlGroupId Url Status'],
    [32, 0, 'RemUrl', 'UrlGroupId Url'],
    [33, 0, 'RemAllUrls', 'UrlGroupId'],
    [52, 0, 'ParseRequestFailed', 'Status RequestId Reason ErrorCode HintLength HintData'],
    [53, 0, 'ConnTimedOut', 'ConnectionId ConnectionObj Timer'],
    [64, 0, 'RequestRejected', 'RequestId Reason RequestQueueName'],
    [65, 0, 'RequestCancelled', 'RequestId Reason RequestQueueName'],
  ],
};

export interface EtwEventInfo {
  readonly name: string;
  readonly fields: readonly string[];
}

const EVENTS: ReadonlyMap<string, EtwEventInfo> = new Map(Object.entries(MANIFEST).flatMap(([provider, rows]) =>
  rows.map(([id, version, name, fields]) => [`${provider}/${id}/${version}`, { name, fields: fields === '' ? [] : fields.split(' ') }] as const)));

/** What the manifest says of an event; of a version that it does not know, what it says of the first. */
export function etwEvent(provider: EtwProvider, id: number, version: number): EtwEventInfo | undefined {
  return EVENTS.get(`${provider}/${id}/${version}`) ?? EVENTS.get(`${provider}/${id}/0`);
}

/** Every event that the import makes use of, for tests that go through them all. */
export function usedEvents(): readonly (EtwEventInfo & { readonly provider: EtwProvider; readonly id: number; readonly version: number })[] {
  return (Object.entries(MANIFEST) as [EtwProvider, readonly ManifestRow[]][] /* the record's own keys */).flatMap(([provider, rows]) =>
    rows.map(([id, version, name, fields]) => ({ provider, id, version, name, fields: fields === '' ? [] : fields.split(' ') })));
}
