import { HTTP_QUERY } from '../../../../preload/contract/win32/constants/http-query';

/** Attributes of HttpQueryInfo that are no header field. */
const OTHERS: ReadonlySet<number> = new Set([
  HTTP_QUERY.HTTP_QUERY_VERSION, HTTP_QUERY.HTTP_QUERY_STATUS_CODE, HTTP_QUERY.HTTP_QUERY_STATUS_TEXT, HTTP_QUERY.HTTP_QUERY_RAW_HEADERS,
  HTTP_QUERY.HTTP_QUERY_RAW_HEADERS_CRLF, HTTP_QUERY.HTTP_QUERY_REQUEST_METHOD, HTTP_QUERY.HTTP_QUERY_CUSTOM,
  HTTP_QUERY.HTTP_QUERY_ECHO_REQUEST, HTTP_QUERY.HTTP_QUERY_ECHO_REPLY, HTTP_QUERY.HTTP_QUERY_ECHO_HEADERS, HTTP_QUERY.HTTP_QUERY_ECHO_HEADERS_CRLF,
]);

/** Fields whose name on the wire is not the attribute's name with hyphens for underscores. */
const SPELLED: Readonly<Record<string, string>> = {
  HTTP_QUERY_DO_NOT_TRACK: 'DNT',
  HTTP_QUERY_X_P2P_PEERDIST: 'X-P2P-PeerDist',
  HTTP_QUERY_MESSAGE_ID: 'Message-Id',
  HTTP_QUERY_COST: 'Cost',
  HTTP_QUERY_LINK: 'Link',
};

const FIELDS: ReadonlyMap<number, string> = new Map(
  Object.entries(HTTP_QUERY)
    .filter(([name, value]) => value < HTTP_QUERY.HTTP_QUERY_CUSTOM && !OTHERS.has(value) && !name.startsWith('HTTP_QUERY_FLAG'))
    .map(([name, value]) => [value, SPELLED[name] ?? name.slice('HTTP_QUERY_'.length).replaceAll('_', '-')]),
);

/** The header field that an attribute of HttpQueryInfo asks for; names match without case. */
export function queriedField(attribute: number): string | undefined {
  return FIELDS.get(attribute);
}
