import type { EventFields, EventKind, EventValue, HandleBirth } from '../../preload/contract/event';
import { HANDLE_KINDS, HANDLE_STATES } from '../../preload/contract/handle';
import { FUNCTIONS } from '../../preload/contract/win32/functions';
import type { KindAndPayload } from '../trace/event-columns';
import { LIMITS } from './format';

/**
 * Whether what a file says of an event has all that its kind needs. By hand and not by schema: this is asked a million
 * times of a long trace.
 */
export function checkedPayload(kind: EventKind, text: string): KindAndPayload | undefined {
  let payload: unknown;
  try {
    payload = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(payload) || !CHECKS[kind](payload)) return undefined;
  // Checked a line above, field by field.
  return { kind, payload } as unknown as KindAndPayload;
}

type Loose = Readonly<Record<string, unknown>>;

const CHECKS: Readonly<Record<EventKind, (payload: Loose) => boolean>> = {
  call: (p) => isApi(p['api']) && isWidth(p['width']) && isFields(p['args']) && isText(p['origin']) && (p['provoked'] === undefined || p['provoked'] === true),
  return: (p) => isApi(p['api']) && isValue(p['returns'], 0) && isWhole(p['error']) && typeof p['errorReliable'] === 'boolean'
    && (p['outcome'] === 'success' || p['outcome'] === 'pending' || p['outcome'] === 'failure') && isFields(p['out']) && isBirth(p['created']),
  callback: (p) => isWhole(p['status']) && isStatusPayload(p['payload']) && isHex(p['bytes']) && isWidth(p['width'])
    && isText(p['context']) && isText(p['via']) && isFields(p['out']) && isBirth(p['created']),
  completion: (p) => isApi(p['api']) && isWhole(p['error']) && isWhole(p['bytes']) && isFields(p['out']) && isBirth(p['created']),
  connection: (p) => (p['what'] === 'accepted' || p['what'] === 'closed-by-peer' || p['what'] === 'closed' || p['what'] === 'reset')
    && isText(p['connectionId']) && isText(p['remote']) && Array.isArray(p['lost']) && p['lost'].every((id) => isId(id)),
  note: (p) => (p['level'] === 'info' || p['level'] === 'warning' || p['level'] === 'error') && isText(p['text']),
  'engine-lost': (p) => isText(p['reason']),
  'callback-return': (p) => isWhole(p['status']) && typeof p['duration'] === 'number' && p['duration'] >= 0 && (p['held'] === undefined || p['held'] === true),
  observed: (p) => isText(p['source']) && isText(p['name']) && isFields(p['fields']) && isWhole(p['error']) && (p['failed'] === undefined || p['failed'] === true)
    && isBirth(p['created']) && isPhase(p['phase']) && (p['became'] === undefined || BECAME.some((state) => state === p['became'])) && isSaying(p['says']),
};

const BECAME = HANDLE_STATES.filter((state) => state !== 'open' && state !== 'lost');
const PHASES = ['resolve', 'connect', 'send', 'pending', 'receive', 'body'];

function isPhase(value: unknown): boolean {
  if (value === undefined) return true;
  if (!isRecord(value)) return false;
  return value['edge'] === 'end' || (value['edge'] === 'begin' && PHASES.some((kind) => kind === value['kind']) && isText(value['label']));
}

/** No more than these two: what else it said would be believed of the handle. */
function isSaying(value: unknown): boolean {
  return value === undefined || (isRecord(value) && Object.entries(value).every(([name, item]) => (name === 'label' || name === 'detail') && isText(item)));
}

function isStatusPayload(value: unknown): boolean {
  if (!isRecord(value)) return false;
  switch (value['kind']) {
    case 'none': case 'bytes': return true;
    case 'text': return isText(value['text']);
    case 'dword': return isWhole(value['value']);
    case 'handle': return isText(value['raw']) && (value['handle'] === undefined || isId(value['handle']));
    case 'async-result': return isText(value['dwResult']) && isWhole(value['dwError']);
    default: return false;
  }
}

function isBirth(value: unknown): value is HandleBirth | undefined {
  if (value === undefined) return true;
  if (!isRecord(value) || !isId(value['id'])) return false;
  const { id, parent } = value;
  return HANDLE_KINDS.some((kind) => kind === value['kind'])
    // A handle is younger than what it was made under: so no handle is above itself.
    && (parent === undefined || (isId(parent) && Number(parent) < Number(id)))
    && isText(value['raw']) && isText(value['label']) && isText(value['detail']) && (value['context'] === undefined || isText(value['context']))
    && typeof value['hasCallback'] === 'boolean' && (value['asynchronous'] === undefined || typeof value['asynchronous'] === 'boolean')
    && (value['connectionId'] === undefined || isText(value['connectionId']));
}

function isFields(value: unknown): value is EventFields {
  return isRecord(value) && Object.values(value).every((field) => isValue(field, 1));
}

function isValue(value: unknown, depth: number): value is EventValue {
  if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value !== 'object' || value === null || depth > LIMITS.nesting) return false;
  if (Array.isArray(value)) return value.every((item) => isValue(item, depth + 1));
  const fields = Object.entries(value);
  return fields.every(([name, item]) => isValue(item, depth + 1) && (name !== 'hex' || typeof item !== 'string' || isHex(item)));
}

function isHex(value: unknown): boolean {
  return typeof value === 'string' && value.length % 2 === 0 && !/[^0-9a-f]/i.test(value);
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function isApi(value: unknown): boolean {
  return typeof value === 'string' && Object.hasOwn(FUNCTIONS, value);
}

function isWidth(value: unknown): boolean {
  return value === 'A' || value === 'W';
}

function isWhole(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

function isId(value: unknown): boolean {
  return isWhole(value) && Number(value) >= 1 && Number(value) <= 0xffffffff;
}

function isRecord(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
