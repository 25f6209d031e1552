import type { EnabledState, ServerOptions, Verbosity503 } from '../../preload/contract/server-options';
import { wholeNumber } from '../model/whole-number';
import { useApp } from '../store/state';
import { Choices, Field } from '../ui/field';
import { Fold } from './fold';
import css from './compose.module.css';

/** What New server sets of its queue and its URL group, as it is typed. */
export interface ServerOptionValues {
  readonly queueLength: string;
  readonly queueState: EnabledState | 'unset';
  readonly verbosity: Verbosity503 | 'unset';
  readonly groupState: EnabledState | 'unset';
  readonly bandwidth: string;
  readonly connections: string;
  readonly entityBodyTimeout: string;
  readonly drainTimeout: string;
  readonly queueTimeout: string;
  readonly idleTimeout: string;
  readonly headerTimeout: string;
  readonly minSendRate: string;
}

export const SERVER_OPTIONS_AT_FIRST: ServerOptionValues = {
  queueLength: '', queueState: 'unset', verbosity: 'unset', groupState: 'unset', bandwidth: '', connections: '',
  entityBodyTimeout: '', drainTimeout: '', queueTimeout: '', idleTimeout: '', headerTimeout: '', minSendRate: '',
};

/** What is left empty is not set. */
export function optionsOf({ queueState, verbosity, groupState, ...numbers }: ServerOptionValues): ServerOptions {
  return {
    queueState: queueState === 'unset' ? undefined : queueState, verbosity: verbosity === 'unset' ? undefined : verbosity, groupState: groupState === 'unset' ? undefined : groupState,
    ...Object.fromEntries(Object.entries(numbers).map(([name, typed]) => [name, wholeNumber(typed)])),
  };
}

const VERBOSITIES = [
  { value: 'unset', label: 'As http.sys has it', meaning: 'No call is made.' },
  { value: 'basic', label: 'Basic', meaning: 'Http503ResponseVerbosityBasic: the connection is reset.' },
  { value: 'limited', label: 'Limited', meaning: 'Http503ResponseVerbosityLimited: a 503 without its reason.' },
  { value: 'full', label: 'Full', meaning: 'Http503ResponseVerbosityFull: a 503 with its reason.' },
] as const;

const states = (inactive: string) => [
  { value: 'unset', label: 'As http.sys has it', meaning: 'No call is made; it is active.' },
  { value: 'active', label: 'Active', meaning: 'HttpEnabledStateActive.' },
  { value: 'inactive', label: 'Inactive', meaning: `HttpEnabledStateInactive: ${inactive}` },
] as const;

const QUEUE_STATES = states('new requests get 503, and those that wait stay.');
const GROUP_STATES = states('requests for its URLs get 503.');

interface NumberField {
  readonly name: Exclude<keyof ServerOptionValues, 'queueState' | 'verbosity' | 'groupState'>;
  readonly label: string;
  readonly hint: string;
}

/** HTTP_TIMEOUT_LIMIT_INFO, member by member. */
const TIMEOUTS: readonly NumberField[] = [
  { name: 'entityBodyTimeout', label: 'EntityBody, in s', hint: 'For the body of a request to arrive.' },
  { name: 'drainTimeout', label: 'DrainEntityBody, in s', hint: 'For a body that nobody reads, on a kept connection.' },
  { name: 'queueTimeout', label: 'RequestQueue, in s', hint: 'For a request to wait before it is received.' },
  { name: 'idleTimeout', label: 'IdleConnection, in s', hint: 'For a connection without a request.' },
  { name: 'headerTimeout', label: 'HeaderWait, in s', hint: 'For the head of a request to arrive.' },
  { name: 'minSendRate', label: 'MinSendRate, in bytes/s', hint: 'That a client takes of a response at least.' },
];

const GROUP_LIMITS: readonly NumberField[] = [
  { name: 'bandwidth', label: 'MaxBandwidth, in bytes/s', hint: 'HTTP_BANDWIDTH_LIMIT_INFO; 1,024 at least.' },
  { name: 'connections', label: 'MaxConnections', hint: 'HTTP_CONNECTION_LIMIT_INFO: at a time.' },
];

const QUEUE_LIMITS: readonly NumberField[] = [{ name: 'queueLength', label: 'Queue length', hint: 'HttpServerQueueLengthProperty: requests that wait.' }];

interface ServerOptionFieldsProps {
  readonly values: ServerOptionValues;
  readonly problems: Readonly<Record<string, string>>;
  readonly set: (change: Partial<ServerOptionValues>) => void;
}

/** The properties of the queue and of the URL group, folded away; each that is given is a call of its own. */
export function ServerOptionFields({ values, problems, set }: ServerOptionFieldsProps) {
  const unavailable = useApp((state) => state.engine?.unavailable);
  const wrong = (names: readonly (keyof ServerOptionValues)[]): boolean => names.some((name) => problems[name] !== undefined);
  const numbers = (fields: readonly NumberField[]) => (
    <div className={css.grid}>
      {fields.map(({ name, label, hint }) => <Field key={name} label={label} numeric value={values[name]} hint={hint} problem={problems[name]} onChange={(text) => set({ [name]: text })} />)}
    </div>
  );
  const told = (names: readonly (keyof ServerOptionValues)[]): string => {
    const count = names.filter((name) => values[name] !== '' && values[name] !== 'unset').length;
    return count === 0 ? 'as http.sys has them' : `${count} set`;
  };
  const queue = ['queueLength', 'queueState', 'verbosity'] as const;
  const group = ['groupState', 'bandwidth', 'connections'] as const;
  const timeouts = TIMEOUTS.map(({ name }) => name);
  const noQueue = unavailable?.['HttpSetRequestQueueProperty'];
  const noGroup = unavailable?.['HttpSetUrlGroupProperty'];
  return (
    <>
      <Fold title="Queue" told={noQueue === undefined ? told(queue) : 'off'} open={wrong(queue)}>
        {noQueue === undefined ? (
          <>
            {numbers(QUEUE_LIMITS)}
            <div className={css.row}>
              <Choices label="State of the queue" value={values.queueState} choices={QUEUE_STATES} onChange={(queueState) => set({ queueState })} />
              <Choices label="When it answers 503" value={values.verbosity} choices={VERBOSITIES} onChange={(verbosity) => set({ verbosity })} />
            </div>
          </>
        ) : <Off function="HttpSetRequestQueueProperty" reason={noQueue} />}
      </Fold>
      <Fold title="URL group" told={noGroup === undefined ? told(group) : 'off'} open={wrong(group)}>
        {noGroup === undefined ? (
          <>
            {numbers(GROUP_LIMITS)}
            <Choices label="State of the group" value={values.groupState} choices={GROUP_STATES} problem={problems['groupState']} onChange={(groupState) => set({ groupState })} />
          </>
        ) : <Off function="HttpSetUrlGroupProperty" reason={noGroup} />}
      </Fold>
      <Fold title="Timeouts of the group" told={noGroup === undefined ? told(timeouts) : 'off'} open={wrong(timeouts)}>
        {noGroup === undefined
          ? <><p className={css.lead}>One HttpServerTimeoutsProperty sets them all; an empty one stays as http.sys has it (two minutes).</p>{numbers(TIMEOUTS)}</>
          : <Off function="HttpSetUrlGroupProperty" reason={noGroup} />}
      </Fold>
    </>
  );
}

/** A part that this engine cannot do. */
function Off({ function: name, reason }: { readonly function: string; readonly reason: string }) {
  return <p className={css.lead}>{`${name} is not available: ${reason}`}</p>;
}
