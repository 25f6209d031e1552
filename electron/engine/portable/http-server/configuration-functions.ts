import { chosenType, SCALAR_SIZES, SOCKADDR_STORAGE_SIZE } from '../../../../preload/contract/win32/http-config-structs';
import { readUint, readUint64, textBytes, uintBytes, type Address } from '../../../../preload/contract/win32/memory';
import { addressBytes, sockaddrBytes } from '../../../../preload/contract/win32/sockaddr';
import { decodeStruct, layoutOf, type StructFields, type StructValue } from '../../../../preload/contract/win32/struct-codec';
import type { EngineFunctions } from '../../engine';
import {
  type CallFrame, ERROR_ALREADY_EXISTS, ERROR_DLL_INIT_FAILED, ERROR_FILE_NOT_FOUND, ERROR_INSUFFICIENT_BUFFER, ERROR_INVALID_HANDLE,
  ERROR_INVALID_PARAMETER, ERROR_NO_MORE_ITEMS, ERROR_NO_SUCH_LOGON_SESSION, NO_ERROR,
} from './call-frame';
import type { Initialization } from './initialization';
import { MemoryRecord } from './memory-record';
import { CONFIG, ServiceConfiguration, type ConfigRecord, type ConfigValue } from './service-configuration';
import { parseUrlPrefix } from './url-prefix';

export type ConfigurationFunctions = Pick<
  EngineFunctions,
  'HttpSetServiceConfiguration' | 'HttpUpdateServiceConfiguration' | 'HttpDeleteServiceConfiguration' | 'HttpQueryServiceConfiguration'
>;

export interface ConfigurationParts {
  readonly frame: CallFrame;
  readonly initialization: Initialization;
  readonly configuration: ServiceConfiguration;
}

const QUERY = { EXACT: 0, NEXT: 1 } as const;
/** Bytes of the hashes that a certificate is named by: SHA-1, or SHA-256. */
const HASHES: readonly number[] = [20, 32];

/** Setting, changing, deleting and querying the records of the configuration store. */
export function createConfigurationFunctions({ frame, initialization, configuration }: ConfigurationParts): ConfigurationFunctions {
  const { memory } = frame;
  const key = (value: ConfigValue): string => {
    switch (value.kind) {
      case 'ip-listen': return value.address;
      case 'ssl': return value.ipPort;
      case 'url-acl': return value.prefix.toLowerCase();
      case 'timeout': case 'cache': return String(value.which);
    }
  };

  /** A record as HttpSetServiceConfiguration is given it, or the error of one that is none. */
  const readRecord = (id: number, at: Address): ConfigRecord | number => {
    const struct = chosenType('config-set', id);
    if (struct === undefined) return ERROR_INVALID_PARAMETER;
    const value = valueOf(id, decodeStruct(memory, struct, at));
    return typeof value === 'number' ? value : { key: key(value), value };
  };

  const change = (id: number, at: Address, length: number, apply: (record: ConfigRecord) => number): number => {
    const struct = chosenType('config-set', id);
    if (struct === undefined || at === 0n) return ERROR_INVALID_PARAMETER;
    if (length < layoutOf(struct).size) return ERROR_INSUFFICIENT_BUFFER;
    const record = readRecord(id, at);
    return typeof record === 'number' ? record : apply(record);
  };

  /** The key that a deletion or an exact query names; undefined for what is none. */
  const keyAt = (id: number, at: Address): string | undefined => {
    switch (id) {
      case CONFIG.IP_LISTEN: return addressOf(decodeStruct(memory, 'HTTP_SERVICE_CONFIG_IP_LISTEN_PARAM', at));
      case CONFIG.SSL: return textOf(decodeStruct(memory, 'HTTP_SERVICE_CONFIG_SSL_KEY', at)['pIpPort']);
      case CONFIG.URL_ACL: return textOf(decodeStruct(memory, 'HTTP_SERVICE_CONFIG_URLACL_KEY', at)['pUrlPrefix'])?.toLowerCase();
      default: return String(readUint(memory, at, 4));
    }
  };

  /** Which record a query asks for; a number is the error of one that asks for none. */
  const asked = (id: number, at: Address, length: number): ConfigRecord | number => {
    const struct = chosenType('config-query', id);
    if (struct === undefined || at === 0n || length < (SCALAR_SIZES[struct] ?? layoutOf(struct).size)) return ERROR_INVALID_PARAMETER;
    if (SCALAR_SIZES[struct] !== undefined) return configuration.find(id, String(readUint(memory, at, 4))) ?? ERROR_FILE_NOT_FOUND;
    const type = readUint(memory, at, 4);
    if (type === QUERY.NEXT) return configuration.all(id)[readUint(memory, at + 16n, 4)] ?? ERROR_NO_MORE_ITEMS;
    if (type !== QUERY.EXACT || readUint64(memory, at + 8n) === 0n) return ERROR_INVALID_PARAMETER;
    const wanted = keyAt(id, at + 8n);
    return (wanted === undefined ? undefined : configuration.find(id, wanted)) ?? ERROR_FILE_NOT_FOUND;
  };

  const answer = (content: Uint8Array, out: Address, room: number, returnLength: Address): number => {
    if (returnLength !== 0n) memory.write(returnLength, uintBytes(content.length, 4));
    if (out === 0n || room < content.length) return ERROR_INSUFFICIENT_BUFFER;
    memory.write(out, content);
    return NO_ERROR;
  };

  return {
    HttpSetServiceConfiguration: (args, context) => frame.returning(context, () => {
      if (!initialization.any) return ERROR_DLL_INIT_FAILED;
      if (args.ServiceHandle !== 0n) return ERROR_INVALID_HANDLE;
      if (args.pOverlapped !== 0n) return ERROR_INVALID_PARAMETER;
      return change(args.ConfigId, args.pConfigInformation, args.ConfigInformationLength, (record) => {
        if (configuration.find(args.ConfigId, record.key) !== undefined) return ERROR_ALREADY_EXISTS;
        configuration.put(args.ConfigId, record);
        return NO_ERROR;
      });
    }),

    HttpUpdateServiceConfiguration: (args, context) => frame.returning(context, () => {
      if (!initialization.any) return ERROR_DLL_INIT_FAILED;
      if (args.Handle !== 0n) return ERROR_INVALID_HANDLE;
      // Only the records that name a certificate can be changed in place.
      if (args.Overlapped !== 0n || args.ConfigId !== CONFIG.SSL) return ERROR_INVALID_PARAMETER;
      return change(args.ConfigId, args.ConfigInfo, args.ConfigInfoLength, (record) => {
        if (configuration.find(args.ConfigId, record.key) === undefined) return ERROR_FILE_NOT_FOUND;
        configuration.put(args.ConfigId, record);
        return NO_ERROR;
      });
    }),

    HttpDeleteServiceConfiguration: (args, context) => frame.returning(context, () => {
      if (!initialization.any) return ERROR_DLL_INIT_FAILED;
      const struct = chosenType('config-delete', args.ConfigId);
      if (args.ServiceHandle !== 0n || args.pOverlapped !== 0n || struct === undefined) return ERROR_INVALID_PARAMETER;
      const size = SCALAR_SIZES[struct] ?? layoutOf(struct).size;
      if (args.pConfigInformation === 0n || args.ConfigInformationLength < size) return ERROR_INVALID_PARAMETER;
      const wanted = keyAt(args.ConfigId, args.pConfigInformation);
      if (wanted === undefined) return ERROR_INVALID_PARAMETER;
      return configuration.delete(args.ConfigId, wanted) ? NO_ERROR : ERROR_FILE_NOT_FOUND;
    }),

    HttpQueryServiceConfiguration: (args, context) => frame.returning(context, () => {
      if (!initialization.any) return ERROR_DLL_INIT_FAILED;
      if (args.ServiceHandle !== 0n || args.pOverlapped !== 0n) return ERROR_INVALID_PARAMETER;
      if (!ServiceConfiguration.keeps(args.ConfigId)) return ERROR_INVALID_PARAMETER;
      if (args.ConfigId === CONFIG.IP_LISTEN) {
        if (args.pInput !== 0n) return ERROR_INVALID_PARAMETER;
        const listed = configuration.all(CONFIG.IP_LISTEN);
        if (listed.length === 0) return ERROR_FILE_NOT_FOUND;
        return answer(listenList(listed), args.pOutput, args.OutputLength, args.pReturnLength);
      }
      const record = asked(args.ConfigId, args.pInput, args.InputLength);
      if (typeof record === 'number') return record;
      return answer(recordBytes(record.value, args.pOutput), args.pOutput, args.OutputLength, args.pReturnLength);
    }),
  };
}

/** What a decoded record says, or the error of one that says nothing that can be. */
function valueOf(id: number, fields: StructFields): ConfigValue | number {
  const keyFields = fieldsOf(fields['KeyDesc']);
  const param = fieldsOf(fields['ParamDesc']);
  switch (id) {
    case CONFIG.IP_LISTEN: {
      const address = addressOf(fields);
      return address === undefined ? ERROR_INVALID_PARAMETER : { kind: 'ip-listen', address };
    }
    case CONFIG.SSL: {
      const ipPort = textOf(keyFields['pIpPort']);
      const { pSslHash: hash, AppId: appId } = param;
      if (ipPort === undefined || !(hash instanceof Uint8Array) || !(appId instanceof Uint8Array)) return ERROR_INVALID_PARAMETER;
      if (!HASHES.includes(hash.length)) return ERROR_NO_SUCH_LOGON_SESSION;
      return {
        kind: 'ssl', ipPort, hash, appId, store: textOf(param['pSslCertStoreName']),
        checkMode: numberOf(param['DefaultCertCheckMode']), freshness: numberOf(param['DefaultRevocationFreshnessTime']),
        retrievalTimeout: numberOf(param['DefaultRevocationUrlRetrievalTimeout']), flags: numberOf(param['DefaultFlags']),
        ctlIdentifier: textOf(param['pDefaultSslCtlIdentifier']), ctlStore: textOf(param['pDefaultSslCtlStoreName']),
      };
    }
    case CONFIG.URL_ACL: {
      const prefix = textOf(keyFields['pUrlPrefix']);
      const descriptor = textOf(param['pStringSecurityDescriptor']);
      if (prefix === undefined || parseUrlPrefix(prefix) === undefined) return ERROR_INVALID_PARAMETER;
      if (descriptor === undefined || !SDDL.test(descriptor)) return ERROR_INVALID_PARAMETER;
      return { kind: 'url-acl', prefix, descriptor };
    }
    case CONFIG.TIMEOUT: {
      const which = numberOf(fields['KeyDesc']);
      return which > 1 ? ERROR_INVALID_PARAMETER : { kind: 'timeout', which, seconds: numberOf(fields['ParamDesc']) };
    }
    default: {
      const which = numberOf(fields['KeyDesc']);
      return which > 1 ? ERROR_INVALID_PARAMETER : { kind: 'cache', which, bytes: numberOf(fields['ParamDesc']) };
    }
  }
}

/** The address of a SOCKADDR, whose port means nothing in the listen list. */
function addressOf(fields: StructFields): string | undefined {
  return textOf(fields['pAddress'])?.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
}

/** A security descriptor as text: its parts by their letters (Security Descriptor String Format). */
const SDDL = /^(?:[OGDS]:\S*)+$/;

/** A record as it lies in the caller's buffer, its pointers pointing into that buffer. */
function recordBytes(value: ConfigValue, base: Address): Uint8Array {
  const record = new MemoryRecord(base);
  const wide = (text: string | undefined): Address => (text === undefined ? 0n : record.append(textBytes(`${text}\0`, 'W'), 2));
  switch (value.kind) {
    case 'timeout': return uintBytes(value.seconds, 2);
    case 'cache': return uintBytes(value.bytes, 4);
    case 'url-acl': {
      const struct = 'HTTP_SERVICE_CONFIG_URLACL_SET';
      record.reserve(layoutOf(struct).size, 8);
      record.set('HTTP_SERVICE_CONFIG_URLACL_KEY', record.within(struct, 0, 'KeyDesc'), 'pUrlPrefix', wide(value.prefix));
      record.set('HTTP_SERVICE_CONFIG_URLACL_PARAM', record.within(struct, 0, 'ParamDesc'), 'pStringSecurityDescriptor', wide(value.descriptor));
      return record.content;
    }
    case 'ssl': {
      const struct = 'HTTP_SERVICE_CONFIG_SSL_SET';
      const param = 'HTTP_SERVICE_CONFIG_SSL_PARAM';
      record.reserve(layoutOf(struct).size, 8);
      const at = record.within(struct, 0, 'ParamDesc');
      const set = (name: string, given: number | bigint): void => record.set(param, at, name, given);
      record.set('HTTP_SERVICE_CONFIG_SSL_KEY', 0, 'pIpPort', record.append(sockaddrBytes(value.ipPort) ?? new Uint8Array(16), 8));
      set('SslHashLength', value.hash.length);
      set('pSslHash', record.append(value.hash, 1));
      record.write(record.within(param, at, 'AppId'), value.appId);
      set('pSslCertStoreName', wide(value.store));
      set('DefaultCertCheckMode', value.checkMode);
      set('DefaultRevocationFreshnessTime', value.freshness);
      set('DefaultRevocationUrlRetrievalTimeout', value.retrievalTimeout);
      set('pDefaultSslCtlIdentifier', wide(value.ctlIdentifier));
      set('pDefaultSslCtlStoreName', wide(value.ctlStore));
      set('DefaultFlags', value.flags);
      return record.content;
    }
    case 'ip-listen': return listenList([{ key: value.address, value }]);
  }
}

/** HTTP_SERVICE_CONFIG_IP_LISTEN_QUERY: the count, then one SOCKADDR_STORAGE an address. */
function listenList(records: readonly ConfigRecord[]): Uint8Array {
  const bytes = new Uint8Array(8 + records.length * SOCKADDR_STORAGE_SIZE);
  bytes.set(uintBytes(records.length, 4));
  for (const [index, { value }] of records.entries()) {
    if (value.kind === 'ip-listen') bytes.set(addressBytes(value.address, 0), 8 + index * SOCKADDR_STORAGE_SIZE);
  }
  return bytes;
}

function textOf(value: StructValue): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function numberOf(value: StructValue): number {
  return typeof value === 'number' ? value : 0;
}

function isFields(value: StructValue): value is StructFields {
  return typeof value === 'object' && !Array.isArray(value) && !(value instanceof Uint8Array);
}

function fieldsOf(value: StructValue): StructFields {
  return isFields(value) ? value : {};
}
