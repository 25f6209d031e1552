import { milliseconds } from '../../preload/contract/number-words';
import { describeError } from '../../preload/contract/win32/constant-table';
import { signatureOf, type FunctionName } from '../../preload/contract/win32/functions';
import type { InspectorError } from '../../preload/contract/errors';
import type { EventFields, ObservedEvent, TraceEvent } from '../../preload/contract/event';
import type { HandleKind, HandleNode } from '../../preload/contract/handle';
import { seq, type HandleId, type Seq } from '../../preload/contract/ids';
import type { Details, DetailsTarget, Fact, RecordedBuffer } from '../../preload/contract/query';
import { err, ok, type Result } from '../../preload/contract/result';
import { CALLBACK_PAGE, eventTitle, pageOf, payloadWords, resultWords, valueWords } from '../trace/event-words';
import type { Trace } from '../trace/trace';
import { explainAsked, explainEnd } from './explain';
import { explainOpen } from './explain-open';
import { callOf, relatedEvents } from './related-events';
import { buffersIn, outFacts, parameterFact } from './value-facts';

/** How far after a call its return is looked for. */
const RELATED_REACH = 20_000;

/** Everything known of one event or handle, in words: what the details pane shows. */
export function detailsOf(trace: Trace, target: DetailsTarget, bodyOf: (request: HandleId) => Uint8Array): Result<Details, InspectorError> {
  if (target.kind === 'handle') {
    const node = trace.tree.get(target.handle);
    if (node === undefined) return err({ kind: 'stale-handle', message: `There is no handle #${target.handle}. Select one in the tree.` });
    return ok({
      kind: 'handle', node, facts: handleFacts(node, trace), explained: explainEnd(trace, node), stillOpen: explainOpen(trace, node), message: messageOf(trace, node, bodyOf), page: pageOfHandle(trace, node),
    });
  }
  if (!trace.log.has(target.seq)) return err({ kind: 'stale-handle', message: `Event ${target.seq} is not kept: the oldest kept is ${trace.log.first}. Select one in the list.` });
  const event = trace.log.at(target.seq);
  return ok({
    kind: 'event', event, title: eventTitle(event), facts: eventFacts(event, trace), parameters: parametersOf(event, trace),
    buffers: buffersOf(event), page: pageOfEvent(event), related: relatedEvents(trace, event), explained: explainAsked(trace, event),
  });
}

/** A moment of the trace. */
const moment = (name: string, at: number, digits = 1): Fact => ({ name, value: milliseconds(at, digits), meaning: undefined, at });
const fact = (name: string, value: string, meaning?: string): Fact => ({ name, value, meaning });

function handleFacts(node: HandleNode, trace: Trace): readonly Fact[] {
  const parent = node.parent === undefined ? undefined : trace.tree.get(node.parent);
  const now = trace.now();
  const facts = [
    fact('Handle', `${node.raw} · #${node.id}`, node.kind),
    fact('State', stateWords(node, now)),
    fact('Parent', parent === undefined ? 'none' : `${parent.label} · #${parent.id}`),
    moment('Opened', node.createdAt),
    ...(node.endedAt === undefined ? [] : [moment('Ended', node.endedAt)]),
  ];
  if (node.context !== undefined) {
    facts.push(fact('Context', node.context === '0x0' ? 'NULL' : node.context, node.context === '0x0' ? 'no callback is made for this handle' : undefined));
    facts.push(fact('Callback', node.hasCallback ? 'set' : 'none', node.hasCallback ? undefined : 'no HANDLE_CLOSING can come'));
  }
  if (node.connectionId !== undefined) facts.push(fact('Connection', node.connectionId));
  if (node.detail !== '') facts.push(fact('More', node.detail));
  const seen = observedBirth(trace, node);
  if (seen !== undefined) facts.push(fact('Written by', seen.source, 'imported: what another recorder saw'), ...outFacts({}, seen.fields, {}, 'W'));
  for (const pending of node.pending) facts.push(fact('Pending', pending.api, `997, since ${milliseconds(pending.since)}`));
  return facts;
}

/** The event that made a handle of another program, with what its recorder wrote of it. */
function observedBirth(trace: Trace, { createdBy }: HandleNode): ObservedEvent | undefined {
  const made = trace.log.has(createdBy) ? trace.log.at(createdBy) : undefined;
  return made?.kind === 'observed' ? made : undefined;
}

/** Recorders of programs that have no handles of Windows: no page of Microsoft says anything of what they saw. */
const NO_WINDOWS: ReadonlySet<string> = new Set(['HAR', 'NetLog']);

function pageOfHandle(trace: Trace, node: HandleNode): string | undefined {
  return NO_WINDOWS.has(observedBirth(trace, node)?.source ?? '') ? undefined : HANDLE_PAGES[node.kind];
}

function stateWords(node: HandleNode, now: number): string {
  if (node.state === 'closing' && node.closeRequestedAt !== undefined) return `closing since ${milliseconds(now - node.closeRequestedAt, 0)}`;
  return node.state;
}

const HANDLE_PAGES: Readonly<Record<HandleKind, string | undefined>> = (() => {
  const wininet = pageOf('InternetCloseHandle');
  const server = pageOf('HttpCancelHttpRequest');
  return {
    session: wininet, connection: wininet, request: wininet, 'ftp-connection': wininet, 'ftp-file': wininet, 'ftp-find': wininet,
    'server-session': pageOf('HttpCloseServerSession'), 'url-group': pageOf('HttpCloseUrlGroup'), 'request-queue': pageOf('HttpCloseRequestQueue'),
    'server-request': server, process: undefined,
  };
})();

function eventFacts(event: TraceEvent, trace: Trace): readonly Fact[] {
  const node = event.handle === undefined ? undefined : trace.tree.get(event.handle);
  const facts = [moment('Time', event.time, 3), fact('Thread', String(event.thread))];
  if (node !== undefined) facts.push(fact('Handle', `${node.label} · ${node.raw}`, `#${node.id}`));
  switch (event.kind) {
    case 'call': return [...facts, fact('Called as', signatureOf(event.api).widths ? `${event.api}${event.width}` : event.api), ...(event.origin === '' ? [] : [fact('Asked by', event.origin)])];
    case 'return': return [...facts, fact('Result', resultWords(event)), ...errorFacts(event.error), ...leftBy(event, trace)];
    case 'callback': return [...facts, fact('Context', event.context), fact('Recorder', event.via), fact('Payload', payloadWords(event)), ...payloadErrorFacts(event), ...leftBy(event, trace)];
    case 'callback-return': return [...facts, fact('Callback', `event ${event.callback}`), fact('Lasted', milliseconds(event.duration), 'its thread did nothing else')];
    case 'completion': return [...facts, fact('Result', event.error === 0 ? 'NO_ERROR' : String(event.error)), ...errorFacts(event.error), fact('Bytes', String(event.bytes)), ...leftBy(event, trace)];
    case 'connection': return [...facts, fact('Connection', event.connectionId), fact('Client', event.remote), ...event.lost.map((id) => fact('Lost with it', trace.tree.get(id)?.label ?? `#${id}`))];
    case 'note': return [...facts, fact('Note', event.text)];
    case 'engine-lost': return [...facts, fact('Reason', event.reason)];
    case 'observed': return [...facts, fact('Written by', event.source, 'imported: what another recorder saw'), ...errorFacts(event.error), ...outFacts({}, event.fields, {}, 'W')];
  }
}

function errorFacts(code: number): readonly Fact[] {
  if (code === 0) return [];
  const { name, meaning } = describeError(code);
  return [fact('Error', `${code} ${name ?? ''}`.trim(), meaning)];
}

function payloadErrorFacts(event: Extract<TraceEvent, { kind: 'callback' }>): readonly Fact[] {
  // dwError of a success may count bytes (InternetQueryDataAvailable): only a failure's is an error.
  return event.payload.kind === 'async-result' && event.payload.dwResult === '0x0' ? errorFacts(event.payload.dwError) : [];
}

/** What the call of an event left in its OUT parameters. */
function leftBy(event: Extract<TraceEvent, { readonly out: EventFields }>, trace: Trace): readonly Fact[] {
  const call = callOf(trace, event);
  return outFacts(call === undefined ? {} : signatureOf(call.api).params, event.out, call?.args ?? {}, call?.width ?? 'W');
}

function buffersOf(event: TraceEvent): readonly RecordedBuffer[] {
  switch (event.kind) {
    case 'call': return buffersIn(event.args);
    case 'return': case 'completion': return buffersIn(event.out);
    case 'callback': return [...(event.bytes === '' ? [] : [{ name: 'lpvStatusInformation', hex: event.bytes, length: event.bytes.length / 2 }]), ...buffersIn(event.out)];
    default: return [];
  }
}

function parametersOf(event: TraceEvent, trace: Trace): readonly Fact[] {
  const call = callOf(trace, event);
  if (call === undefined) return [];
  const { params } = signatureOf(call.api);
  return Object.entries(params).map(([name, param]) => parameterFact(name, param, call.args[name], call.args, call.width));
}

function pageOfEvent(event: TraceEvent): string | undefined {
  if (event.kind === 'callback' || event.kind === 'callback-return') return CALLBACK_PAGE;
  const api: FunctionName | undefined = 'api' in event ? event.api : undefined;
  return api === undefined ? undefined : pageOf(api);
}

/** The head of a received request as it was on the wire, and its body so far. */
function messageOf(trace: Trace, node: HandleNode, bodyOf: (request: HandleId) => Uint8Array): string | undefined {
  if (node.kind !== 'server-request' || !trace.log.has(node.createdBy)) return undefined;
  const receipt = trace.log.at(node.createdBy);
  // Another recorder tells of a request and has not its head.
  if (receipt.kind === 'observed') return undefined;
  const out = receipt.kind === 'completion' || receipt.kind === 'return' ? receipt.out : returnOut(trace, node.createdBy);
  const request = out['RequestBuffer'];
  const headers = typeof request === 'object' && 'Headers' in request ? headerLines(request['Headers']) : [];
  const body = new TextDecoder().decode(bodyOf(node.id));
  return [`${node.label} HTTP/1.1`, ...headers, '', body].join('\n');
}

function returnOut(trace: Trace, call: Seq): EventFields {
  const end = Math.min(trace.log.length, call + RELATED_REACH);
  for (let index = call + 1; index < end; index += 1) {
    const event = trace.log.kindAt(seq(index)) === 'return' ? trace.log.at(seq(index)) : undefined;
    if (event?.kind === 'return' && event.call === call) return event.out;
  }
  return {};
}

function headerLines(headers: EventFields[string] | undefined): readonly string[] {
  if (typeof headers !== 'object' || !('KnownHeaders' in headers)) return [];
  const known = Object.entries(headers['KnownHeaders'] ?? {}).map(([name, value]) => `${name}: ${valueWords(value)}`);
  const unknown = headers['pUnknownHeaders'];
  if (!Array.isArray(unknown)) return known;
  return [...known, ...unknown.flatMap((header) => (typeof header === 'object' && 'pName' in header ? [`${valueWords(header['pName'])}: ${valueWords(header['pRawValue'])}`] : []))];
}
