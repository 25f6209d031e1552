import type { EnabledState, ServerOptions, Verbosity503 } from '../../preload/contract/server-options';
import { HTTP_503_RESPONSE_VERBOSITY as VERBOSITY, HTTP_ENABLED_STATE, HTTP_QOS_SETTING_TYPE, HTTP_SERVER_PROPERTY as PROPERTY } from '../../preload/contract/win32/constants/http-api';
import { uintBytes, type Memory } from '../../preload/contract/win32/memory';
import { encodeStruct, type StructFields } from '../../preload/contract/win32/struct-codec';
import type { FunctionArgs } from '../../preload/contract/win32/functions';

const VERBOSITIES: Readonly<Record<Verbosity503, number>> = {
  basic: VERBOSITY.Http503ResponseVerbosityBasic, limited: VERBOSITY.Http503ResponseVerbosityLimited, full: VERBOSITY.Http503ResponseVerbosityFull,
};
const STATES: Readonly<Record<EnabledState, number>> = { active: HTTP_ENABLED_STATE.HttpEnabledStateActive, inactive: HTTP_ENABLED_STATE.HttpEnabledStateInactive };
/** HTTP_PROPERTY_FLAGS.Present: the structure says something. */
const PRESENT = 1;

/** A property to be set; `free` gives its memory back afterwards. */
export interface ServerProperty {
  readonly of: 'queue' | 'group';
  /** The first field of the form that asks for it: where its failure is told. */
  readonly field: keyof ServerOptions;
  readonly args: Pick<FunctionArgs<'HttpSetUrlGroupProperty'>, 'Property' | 'PropertyInformation' | 'PropertyInformationLength'>;
  readonly free: () => void;
}

/** What New server sets beside the binding: only what the person gave, so that the rest stays as http.sys has it. */
export function serverProperties(options: ServerOptions, memory: Memory): readonly ServerProperty[] {
  const properties: ServerProperty[] = [];
  const number = (field: keyof ServerOptions, Property: number, value: number): void => {
    const address = memory.alloc(4);
    memory.write(address, uintBytes(value, 4));
    properties.push({ of: 'queue', field, args: { Property, PropertyInformation: address, PropertyInformationLength: 4 }, free: () => memory.free(address) });
  };
  const struct = (field: keyof ServerOptions, Property: number, name: string, fields: StructFields): void => {
    const made = encodeStruct(memory, name, fields);
    // Numbers within their fields always fit.
    if (!made.ok) throw new Error(made.error);
    const { address, size, blocks } = made.value;
    properties.push({ of: 'group', field, args: { Property, PropertyInformation: address, PropertyInformationLength: size }, free: () => { for (const block of blocks) memory.free(block); } });
  };
  const { queueLength, queueState, verbosity, groupState, bandwidth, connections } = options;
  if (queueLength !== undefined) number('queueLength', PROPERTY.HttpServerQueueLengthProperty, queueLength);
  if (queueState !== undefined) number('queueState', PROPERTY.HttpServerStateProperty, STATES[queueState]);
  if (verbosity !== undefined) number('verbosity', PROPERTY.HttpServer503VerbosityProperty, VERBOSITIES[verbosity]);
  if (groupState !== undefined) struct('groupState', PROPERTY.HttpServerStateProperty, 'HTTP_STATE_INFO', { Flags: PRESENT, State: STATES[groupState] });
  const timers = TIMERS.filter(([field]) => options[field] !== undefined);
  const [first] = timers;
  // One structure holds them all: 0 leaves a timer as it is elsewhere.
  if (first !== undefined) struct(first[0], PROPERTY.HttpServerTimeoutsProperty, 'HTTP_TIMEOUT_LIMIT_INFO', { Flags: PRESENT, ...Object.fromEntries(timers.map(([field, member]) => [member, options[field] ?? 0])) });
  if (bandwidth !== undefined) {
    const QosSetting = { Flags: PRESENT, MaxBandwidth: bandwidth };
    struct('bandwidth', PROPERTY.HttpServerQosProperty, 'HTTP_QOS_SETTING_INFO', { QosType: HTTP_QOS_SETTING_TYPE.HttpQosSettingTypeBandwidth, QosSetting });
  }
  if (connections !== undefined) {
    const QosSetting = { Flags: PRESENT, MaxConnections: connections };
    struct('connections', PROPERTY.HttpServerQosProperty, 'HTTP_QOS_SETTING_INFO', { QosType: HTTP_QOS_SETTING_TYPE.HttpQosSettingTypeConnectionLimit, QosSetting });
  }
  return properties;
}

/** Members of HTTP_TIMEOUT_LIMIT_INFO by the fields that set them. */
const TIMERS = [
  ['entityBodyTimeout', 'EntityBody'], ['drainTimeout', 'DrainEntityBody'], ['queueTimeout', 'RequestQueue'], ['idleTimeout', 'IdleConnection'],
  ['headerTimeout', 'HeaderWait'], ['minSendRate', 'MinSendRate'],
] as const satisfies readonly (readonly [keyof ServerOptions, string])[];
