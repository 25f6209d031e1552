import type { CallEvent, EventValue, ReturnEvent, StatusPayloadValue, TraceEvent } from '../../../preload/contract/event';
import { signatureOf } from '../../../preload/contract/win32/functions';
import { errorWords, resultWords, statusTitle } from '../../trace/event-words';
import type { Trace } from '../../trace/trace';

/** What two sessions are compared by, by name: values that a system gives new with every run are made alike. */
export type Comparable = Readonly<Record<string, string>>;

/** The values of a call and its return; undefined where it had not returned. */
export function comparableCall(trace: Trace, call: CallEvent, returned: ReturnEvent | undefined): Comparable {
  const fields: Record<string, string> = {};
  const { params, subject } = signatureOf(call.api);
  for (const [name, value] of Object.entries(call.args)) {
    const kind = params[name]?.kind;
    // Which handle it is about, the alignment says; where memory lay, nobody chose.
    if (name === subject || kind === 'out' || kind === 'out-buffer' || kind === 'out-struct' || kind === 'out-text' || kind === 'overlapped') continue;
    fields[`in.${name}`] = name === 'nServerPort' ? alikePort(value) : alike(value);
  }
  if (call.inCallback !== undefined && trace.log.has(call.inCallback)) {
    const inside = trace.log.at(call.inCallback);
    if (inside.kind === 'callback') fields['inside'] = statusTitle(inside.status);
  }
  if (returned === undefined) return { ...fields, result: 'has not returned' };
  fields['result'] = alikeText(resultWords(returned));
  for (const [name, value] of Object.entries(returned.out)) fields[`out.${name}`] = alike(value);
  return fields;
}

/** The values of an event that stands by itself; undefined for one that is not compared. */
export function comparableEvent(trace: Trace, event: TraceEvent): Comparable | undefined {
  switch (event.kind) {
    case 'callback': {
      const out = Object.fromEntries(Object.entries(event.out).map(([name, value]) => [`out.${name}`, alike(value)]));
      const completed = event.completes !== undefined && trace.log.has(event.completes) ? trace.log.at(event.completes) : undefined;
      return {
        status: statusTitle(event.status), payload: alikePayload(event.payload), context: alikeText(event.context), via: event.via,
        ...(completed?.kind === 'call' ? { completes: completed.api } : {}), ...out,
      };
    }
    case 'completion': {
      const out = Object.fromEntries(Object.entries(event.out).map(([name, value]) => [`out.${name}`, alike(value)]));
      return { completes: event.api, error: event.error === 0 ? 'NO_ERROR' : errorWords(event.error), bytes: String(event.bytes), ...out };
    }
    case 'connection': return { connection: event.what, lost: String(event.lost.length) };
    case 'observed': return { name: `${event.source} ${event.name}`, error: errorWords(event.error), fields: alike(event.fields) };
    case 'note': return { note: alikeText(event.text) };
    case 'call': case 'return': case 'callback-return': case 'engine-lost': return undefined;
  }
}

/** What kind of step it is, whatever it says: two of one kind in the same place are one step that changed. */
export function kindOfStep(event: TraceEvent): string {
  switch (event.kind) {
    case 'call': return `call ${event.api}`;
    case 'callback': return `callback ${event.status}`;
    case 'completion': return `completion ${event.api}`;
    case 'observed': return `observed ${event.name}`;
    default: return event.kind;
  }
}

function alikePayload(payload: StatusPayloadValue): string {
  switch (payload.kind) {
    case 'none': return '';
    case 'text': return alikeText(payload.text);
    case 'dword': return String(payload.value);
    case 'handle': return 'a handle';
    case 'async-result': return `dwResult ${alikeText(payload.dwResult)} · dwError ${payload.dwError === 0 ? '0' : errorWords(payload.dwError)}`;
    default: return JSON.stringify(payload);
  }
}

function alike(value: EventValue | undefined): string {
  if (value === undefined) return 'NULL';
  if (typeof value === 'string') return alikeText(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return `[${value.map((item: EventValue) => alike(item)).join(', ')}]`;
  if ('hex' in value && typeof value.hex === 'string') return `${String(value['bytes'])} bytes ${value.hex}`;
  return `{${Object.entries(value).map(([name, item]) => `${name}: ${alike(item)}`).join(', ')}}`;
}

/** Ports that a test or a system picks have five digits; one with fewer was chosen by somebody. */
function alikePort(value: EventValue): string {
  return typeof value === 'number' && value >= 10_000 ? 'a port' : alike(value);
}

const DATE = /(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT/g;

/** Handles, ids, addresses and contexts are hexadecimal: NULL or something. Ports and dates of RFC 9110 differ with every run. */
function alikeText(text: string): string {
  return text.replace(/\b0x[0-9a-f]+\b/g, (value) => (/^0x0+$/.test(value) ? 'NULL' : 'a value')).replace(/:\d{5}\b/g, ':port').replace(DATE, 'a date');
}
