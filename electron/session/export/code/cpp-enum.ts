import { constantName } from '../../../../preload/contract/win32/constant-table';

/** Groups that the headers declare as enumerations: C++ takes no bare number for them. */
const ENUMERATIONS: ReadonlySet<string> = new Set([
  'HTTP_SERVER_PROPERTY', 'HTTP_SERVICE_CONFIG_ID', 'HTTP_REQUEST_PROPERTY', 'HTTP_DATA_CHUNK_TYPE', 'HTTP_ENABLED_STATE', 'HTTP_CACHE_POLICY_TYPE',
  'HTTP_QOS_SETTING_TYPE', 'HTTP_RESPONSE_INFO_TYPE', 'HTTP_VERB', 'HTTP_HEADER_ID', 'HTTP_LOGGING_TYPE', 'HTTP_LOGGING_ROLLOVER_TYPE',
  'HTTP_AUTHENTICATION_HARDENING_LEVELS', 'HTTP_SERVICE_CONFIG_QUERY_TYPE', 'HTTP_SERVICE_CONFIG_TIMEOUT_KEY', 'HTTP_SERVICE_CONFIG_CACHE_KEY',
]);

export function enumWords(value: number, group: string): string {
  return constantName(group, value) ?? (ENUMERATIONS.has(group) ? `static_cast<${group}>(${value})` : String(value));
}

export function isEnumeration(group: string | undefined): group is string {
  return group !== undefined && ENUMERATIONS.has(group);
}
