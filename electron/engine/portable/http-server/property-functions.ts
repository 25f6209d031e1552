import type { FunctionArgs } from '../../../../preload/contract/win32/functions';
import { readUint, readUint64, uintBytes, type Address } from '../../../../preload/contract/win32/memory';
import { layoutOf } from '../../../../preload/contract/win32/struct-codec';
import type { EngineFunctions } from '../../engine';
import {
  type CallFrame, ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER, ERROR_MORE_DATA, ERROR_NOT_SUPPORTED, NO_ERROR,
} from './call-frame';
import type { HttpServerState } from './http-server-state';
import { QUEUE_LENGTH, type RequestQueue } from './request-queue';
import { HTTP_LIMIT_INFINITE, type ServerLimits, TIMERS, type TimerSettings } from './server-limits';
import type { ServerSession, UrlGroup } from './url-group';

export type PropertyFunctions = Pick<
  EngineFunctions,
  | 'HttpSetRequestQueueProperty' | 'HttpQueryRequestQueueProperty' | 'HttpSetUrlGroupProperty' | 'HttpQueryUrlGroupProperty'
  | 'HttpSetServerSessionProperty' | 'HttpQueryServerSessionProperty'
>;

export interface PropertyParts {
  readonly frame: CallFrame;
  readonly state: HttpServerState;
  readonly groups: ReadonlyMap<bigint, UrlGroup>;
  readonly sessions: ReadonlyMap<bigint, ServerSession>;
}

const PROPERTY = { AUTHENTICATION: 0, QOS: 2, TIMEOUTS: 3, QUEUE_LENGTH: 4, STATE: 5, VERBOSITY: 6, BINDING: 7, CHANNEL_BIND: 10 } as const;
/**
 * Properties that this engine does not act on, and so takes only where they are turned off: where these bits of a field
 * are 0.
 */
const ONLY_OFF: Readonly<Record<number, { readonly struct: string; readonly field: string; readonly bits: number }>> = {
  0: { struct: 'HTTP_SERVER_AUTHENTICATION_INFO', field: 'AuthSchemes', bits: 0xffffffff },
  1: { struct: 'HTTP_LOGGING_INFO', field: 'Flags', bits: 1 },
  8: { struct: 'HTTP_SERVER_AUTHENTICATION_INFO', field: 'AuthSchemes', bits: 0xffffffff },
  10: { struct: 'HTTP_CHANNEL_BIND_INFO', field: 'Hardening', bits: 0xffffffff },
};
/** Protection levels and delegation. */
const UNSUPPORTED: readonly number[] = [11, 16];
const QOS = { BANDWIDTH: 0, CONNECTIONS: 1 } as const;
const HTTP_MIN_ALLOWED_BANDWIDTH_THROTTLING_RATE = 1024;
const PRESENT = 1;

/** Where a query writes to: the buffer, its room in bytes, and where the bytes written go (0n: nowhere). */
interface OutBuffer {
  readonly at: Address;
  readonly length: number;
  readonly returnLength: Address;
}

function outBuffer(args: Pick<FunctionArgs<'HttpQueryUrlGroupProperty'>, 'PropertyInformation' | 'PropertyInformationLength' | 'ReturnLength'>): OutBuffer {
  return { at: args.PropertyInformation, length: args.PropertyInformationLength, returnLength: args.ReturnLength };
}

/** Properties of request queues, URL groups and server sessions (HTTP_SERVER_PROPERTY). */
export function createPropertyFunctions({ frame, state, groups, sessions }: PropertyParts): PropertyFunctions {
  const { memory } = frame;

  const field = (struct: string, at: Address, name: string): { readonly at: Address; readonly bytes: 1 | 2 | 4 | 8 } => {
    const found = layoutOf(struct).fields.find((candidate) => candidate.name === name);
    if (found === undefined) throw new Error(`${struct} has no ${name}`);
    return { at: at + BigInt(found.offset), bytes: found.type.kind === 'uint' ? found.type.bytes : 8 };
  };
  const get = (struct: string, at: Address, name: string): number => {
    const { at: address, bytes } = field(struct, at, name);
    return bytes === 8 ? Number(readUint64(memory, address)) : readUint(memory, address, bytes);
  };
  const set = (struct: string, at: Address, name: string, value: number | bigint): void => {
    const { at: address, bytes } = field(struct, at, name);
    memory.write(address, uintBytes(value, bytes));
  };

  /** A throttle or a limit on connections; a session has only the first. */
  const setQos = (limits: ServerLimits, at: Address, ofGroup: boolean): number => {
    const type = get('HTTP_QOS_SETTING_INFO', at, 'QosType');
    const setting = readUint64(memory, field('HTTP_QOS_SETTING_INFO', at, 'QosSetting').at);
    if (setting === 0n) return ERROR_INVALID_PARAMETER;
    if (type === QOS.BANDWIDTH) {
      const value = get('HTTP_BANDWIDTH_LIMIT_INFO', setting, 'MaxBandwidth');
      if (value < HTTP_MIN_ALLOWED_BANDWIDTH_THROTTLING_RATE) return ERROR_INVALID_PARAMETER;
      limits.bandwidth = (get('HTTP_BANDWIDTH_LIMIT_INFO', setting, 'Flags') & PRESENT) === 0 ? HTTP_LIMIT_INFINITE : value;
      return NO_ERROR;
    }
    if (type !== QOS.CONNECTIONS || !ofGroup) return ERROR_INVALID_PARAMETER;
    const present = (get('HTTP_CONNECTION_LIMIT_INFO', setting, 'Flags') & PRESENT) !== 0;
    limits.connections = present ? get('HTTP_CONNECTION_LIMIT_INFO', setting, 'MaxConnections') : HTTP_LIMIT_INFINITE;
    return NO_ERROR;
  };

  /** Authentication, logging and channel binding: NO_ERROR where they are turned off, which they are. */
  const setOnlyOff = (property: number, at: Address, length: number): number => {
    const known = ONLY_OFF[property];
    if (known === undefined) return UNSUPPORTED.includes(property) ? ERROR_NOT_SUPPORTED : ERROR_INVALID_PARAMETER;
    if (length < layoutOf(known.struct).size) return ERROR_INVALID_PARAMETER;
    return (get(known.struct, at, known.field) & known.bits) === 0 ? NO_ERROR : ERROR_NOT_SUPPORTED;
  };

  const setLimits = (limits: ServerLimits, property: number, at: Address, length: number, ofGroup: boolean): number => {
    const fits = (struct: string): boolean => length >= layoutOf(struct).size;
    switch (property) {
      case PROPERTY.STATE: {
        if (!fits('HTTP_STATE_INFO')) return ERROR_INVALID_PARAMETER;
        const value = get('HTTP_STATE_INFO', at, 'State');
        if (value > 1) return ERROR_INVALID_PARAMETER;
        if ((get('HTTP_STATE_INFO', at, 'Flags') & PRESENT) !== 0) limits.active = value === 0;
        return NO_ERROR;
      }
      case PROPERTY.TIMEOUTS: {
        const struct = 'HTTP_TIMEOUT_LIMIT_INFO';
        if (!fits(struct)) return ERROR_INVALID_PARAMETER;
        const timers = Object.fromEntries([...TIMERS, 'MinSendRate'].map((name) => [name, get(struct, at, name)]));
        // Every timer and the rate were just read by their names.
        limits.timers = (get(struct, at, 'Flags') & PRESENT) === 0 ? undefined : (timers as unknown as TimerSettings);
        return NO_ERROR;
      }
      case PROPERTY.QOS: return fits('HTTP_QOS_SETTING_INFO') ? setQos(limits, at, ofGroup) : ERROR_INVALID_PARAMETER;
      default: return setOnlyOff(property, at, length);
    }
  };

  const setBinding = (group: UrlGroup, at: Address, length: number): number => {
    const struct = 'HTTP_BINDING_INFO';
    if (length < layoutOf(struct).size) return ERROR_INVALID_PARAMETER;
    if ((get(struct, at, 'Flags') & PRESENT) === 0) {
      group.binding = undefined;
      return NO_ERROR;
    }
    const handle = state.queueHandle(readUint64(memory, field(struct, at, 'RequestQueueHandle').at));
    if (handle === undefined) return ERROR_INVALID_HANDLE;
    if (handle.queue.version !== 2) return ERROR_INVALID_PARAMETER;
    group.binding = handle.queue;
    return NO_ERROR;
  };

  /** The sizes of the structures that a query fills in; none for a property that cannot be queried. */
  const querySize = (property: number): number | undefined => {
    switch (property) {
      case PROPERTY.AUTHENTICATION: return layoutOf('HTTP_SERVER_AUTHENTICATION_INFO').size;
      case PROPERTY.QOS: return layoutOf('HTTP_QOS_SETTING_INFO').size;
      case PROPERTY.TIMEOUTS: return layoutOf('HTTP_TIMEOUT_LIMIT_INFO').size;
      case PROPERTY.STATE: return layoutOf('HTTP_STATE_INFO').size;
      case PROPERTY.CHANNEL_BIND: return layoutOf('HTTP_CHANNEL_BIND_INFO').size;
      default: return undefined;
    }
  };

  const queryQos = (limits: ServerLimits, at: Address, ofGroup: boolean): number => {
    const type = get('HTTP_QOS_SETTING_INFO', at, 'QosType');
    const setting = readUint64(memory, field('HTTP_QOS_SETTING_INFO', at, 'QosSetting').at);
    if (setting === 0n || (type !== QOS.BANDWIDTH && !(ofGroup && type === QOS.CONNECTIONS))) return ERROR_INVALID_PARAMETER;
    const throttle = type === QOS.BANDWIDTH;
    const struct = throttle ? 'HTTP_BANDWIDTH_LIMIT_INFO' : 'HTTP_CONNECTION_LIMIT_INFO';
    const name = throttle ? 'MaxBandwidth' : 'MaxConnections';
    const value = throttle ? limits.bandwidth : limits.connections;
    set(struct, setting, 'Flags', value === HTTP_LIMIT_INFINITE ? 0 : PRESENT);
    set(struct, setting, name, value);
    return NO_ERROR;
  };

  const queryLimits = (limits: ServerLimits, property: number, out: OutBuffer, ofGroup: boolean): number => {
    const { at, length, returnLength } = out;
    const size = querySize(property);
    if (size === undefined || at === 0n || length === 0) return ERROR_INVALID_PARAMETER;
    if (returnLength !== 0n) memory.write(returnLength, uintBytes(size, 4));
    if (length < size) return ERROR_MORE_DATA;
    switch (property) {
      case PROPERTY.QOS: return queryQos(limits, at, ofGroup);
      case PROPERTY.STATE:
        set('HTTP_STATE_INFO', at, 'Flags', PRESENT);
        set('HTTP_STATE_INFO', at, 'State', limits.active ? 0 : 1);
        return NO_ERROR;
      case PROPERTY.TIMEOUTS:
        set('HTTP_TIMEOUT_LIMIT_INFO', at, 'Flags', limits.timers === undefined ? 0 : PRESENT);
        for (const name of [...TIMERS, 'MinSendRate'] as const) set('HTTP_TIMEOUT_LIMIT_INFO', at, name, limits.timers?.[name] ?? 0);
        return NO_ERROR;
      default:
        // Neither authentication nor channel binding can be turned on here, so nothing of them is.
        memory.write(at, new Uint8Array(size));
        return NO_ERROR;
    }
  };

  const setQueue = (queue: RequestQueue, property: number, value: number): number => {
    switch (property) {
      case PROPERTY.QUEUE_LENGTH:
        if (value < QUEUE_LENGTH.min || value > QUEUE_LENGTH.max) return ERROR_INVALID_PARAMETER;
        queue.length = value;
        return NO_ERROR;
      case PROPERTY.STATE:
        if (value > 1) return ERROR_INVALID_PARAMETER;
        queue.active = value === 0;
        return NO_ERROR;
      case PROPERTY.VERBOSITY:
        if (value !== 0 && value !== 1 && value !== 2) return ERROR_INVALID_PARAMETER;
        queue.verbosity = value;
        return NO_ERROR;
      default: return ERROR_INVALID_PARAMETER;
    }
  };

  const queueValue = (queue: RequestQueue, property: number): number | undefined => {
    switch (property) {
      case PROPERTY.QUEUE_LENGTH: return queue.length;
      case PROPERTY.STATE: return queue.active ? 0 : 1;
      case PROPERTY.VERBOSITY: return queue.verbosity;
      default: return undefined;
    }
  };

  return {
    HttpSetRequestQueueProperty: (args, context) => frame.returning(context, () => {
      const handle = state.queueHandle(args.RequestQueueHandle);
      if (handle === undefined) return ERROR_INVALID_HANDLE;
      if (handle.queue.version === 1) return ERROR_NOT_SUPPORTED;
      if (args.Reserved1 !== 0 || args.Reserved2 !== 0n) return ERROR_INVALID_PARAMETER;
      if (args.PropertyInformation === 0n || args.PropertyInformationLength < 4) return ERROR_INVALID_PARAMETER;
      // Only the application that created the queue can set its properties.
      if (!handle.creator) return ERROR_INVALID_PARAMETER;
      return setQueue(handle.queue, args.Property, readUint(memory, args.PropertyInformation, 4));
    }),

    HttpQueryRequestQueueProperty: (args, context) => frame.returning(context, () => {
      const handle = state.queueHandle(args.RequestQueueHandle);
      if (handle === undefined) return ERROR_INVALID_HANDLE;
      if (handle.queue.version === 1) return ERROR_NOT_SUPPORTED;
      const value = queueValue(handle.queue, args.Property);
      if (args.Reserved1 !== 0 || args.Reserved2 !== 0n || value === undefined) return ERROR_INVALID_PARAMETER;
      if (args.PropertyInformation === 0n || args.PropertyInformationLength === 0) return ERROR_INVALID_PARAMETER;
      if (args.ReturnLength !== 0n) memory.write(args.ReturnLength, uintBytes(4, 4));
      if (args.PropertyInformationLength < 4) return ERROR_MORE_DATA;
      memory.write(args.PropertyInformation, uintBytes(value, 4));
      return NO_ERROR;
    }),

    HttpSetUrlGroupProperty: (args, context) => frame.returning(context, () => {
      const { Property, PropertyInformation: at, PropertyInformationLength: length } = args;
      const group = groups.get(args.UrlGroupId);
      if (group === undefined || at === 0n || length === 0) return ERROR_INVALID_PARAMETER;
      return Property === PROPERTY.BINDING ? setBinding(group, at, length) : setLimits(group.limits, Property, at, length, true);
    }),

    HttpQueryUrlGroupProperty: (args, context) => frame.returning(context, () => {
      const group = groups.get(args.UrlGroupId);
      if (group === undefined) return ERROR_INVALID_PARAMETER;
      return queryLimits(group.limits, args.Property, outBuffer(args), true);
    }),

    HttpSetServerSessionProperty: (args, context) => frame.returning(context, () => {
      const { PropertyInformation: at, PropertyInformationLength: length } = args;
      const session = sessions.get(args.ServerSessionId);
      if (session === undefined || at === 0n || length === 0) return ERROR_INVALID_PARAMETER;
      return setLimits(session.limits, args.Property, at, length, false);
    }),

    HttpQueryServerSessionProperty: (args, context) => frame.returning(context, () => {
      const session = sessions.get(args.ServerSessionId);
      if (session === undefined) return ERROR_INVALID_PARAMETER;
      return queryLimits(session.limits, args.Property, outBuffer(args), false);
    }),
  };
}
