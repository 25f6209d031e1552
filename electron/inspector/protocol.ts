import { HTTP_API_MEMBERS } from '../../preload/contract/win32/constants/http-api-members';
import type { EventFields, EventValue } from '../../preload/contract/event';
import type { HandleNode } from '../../preload/contract/handle';
import { seq } from '../../preload/contract/ids';
import type { Trace } from '../trace/trace';

const { HTTP2, HTTP3 } = HTTP_API_MEMBERS.HTTP_REQUEST_FLAG;

/** The HTTP version that a received request came by, from its HTTP_REQUEST; undefined when it is not in the trace. */
export function protocolOf(trace: Trace, node: HandleNode): string | undefined {
  const out = receipt(trace, node);
  const request = out === undefined ? undefined : fields(out['RequestBuffer']);
  if (request === undefined) return undefined;
  const flags = Number(request['Flags'] ?? 0);
  if ((flags & HTTP3) !== 0) return 'HTTP/3';
  if ((flags & HTTP2) !== 0) return 'HTTP/2';
  const version = fields(request['Version']);
  return version === undefined ? undefined : `HTTP/${String(version['MajorVersion'] ?? 1)}.${String(version['MinorVersion'] ?? 1)}`;
}

function fields(value: EventValue | undefined): EventFields | undefined {
  // An EventValue that is no list and no plain value is a map of fields.
  return typeof value === 'object' && !Array.isArray(value) ? value as EventFields : undefined;
}

/** How far after a call its return is looked for. */
const REACH = 20_000;

function receipt(trace: Trace, node: HandleNode): EventFields | undefined {
  if (!trace.log.has(node.createdBy)) return undefined;
  const made = trace.log.at(node.createdBy);
  if (made.kind === 'completion' || made.kind === 'return') return made.out;
  for (let place = made.seq + 1; place < Math.min(trace.log.length, made.seq + REACH); place += 1) {
    if (trace.log.kindAt(seq(place)) !== 'return' || trace.log.linkAt(seq(place)) !== made.seq) continue;
    const returned = trace.log.at(seq(place));
    return returned.kind === 'return' ? returned.out : undefined;
  }
  return undefined;
}
