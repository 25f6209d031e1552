import * as v from 'valibot';
import type { HandleId } from '../../../../preload/contract/ids';
import { ImportedHandles, type Moment, type Told } from '../imported-handles';
import { JsonCutter, parsedJson } from '../json-elements';
import { Tally, type Emit, type ReadCounts, type TraceReader } from '../trace-reader';
import { NETLOG_CONSTANTS, NetLogNames } from './netlog-constants';
import { fieldsOf } from './netlog-params';
import { phaseKind } from './netlog-phases';

const EVENT = v.object({
  phase: v.number(), type: v.number(), time: v.union([v.string(), v.number()]), source: v.object({ id: v.number(), type: v.number() }),
  params: v.optional(v.unknown()),
});
type NetLogEvent = v.InferOutput<typeof EVENT>;

/** Sources that have lanes of their own; of the others, those count that such a one depends on. */
const LANES: Readonly<Record<string, 'request' | 'connection'>> = {
  URL_REQUEST: 'request', WEB_SOCKET: 'request', SOCKET: 'connection', HTTP2_SESSION: 'connection', QUIC_SESSION: 'connection', BIDIRECTIONAL_STREAM: 'request',
};

/** Sources whose lane is remembered at most; a source is short-lived, and its number is not used again. */
const MOST_SOURCES = 200_000;

/**
 * NetLog of Chrome and of what is built on it: requests and sockets as lanes, with the names that the file itself defines. A
 * log that was cut short, as one of a running browser always is, is read up to there.
 */
export class NetLogReader implements TraceReader {
  private readonly tally = new Tally();
  private readonly handles: ImportedHandles;
  private names: NetLogNames | undefined;
  private readonly lanes = new Map<number, HandleId>();
  private first: number | undefined;
  /** What turns ticks into milliseconds since 1970. */
  private tickOffset: number | undefined;
  private told = 0;
  private readonly cutter = new JsonCutter({
    lists: new Set(['events']),
    oneALine: true,
    element: (_list, text, line) => this.event(text, line),
    value: (path, text, line) => { if (path === 'constants') this.constants(text, line); },
    tooLong: (_path, line) => this.tally.damaged(`line ${line}: an event is too long to be read`),
  });

  constructor(emit: Emit) {
    this.handles = new ImportedHandles(emit);
  }

  write(text: string): string | undefined {
    return this.cutter.write(text);
  }

  end(): string | undefined {
    this.tally.truncated = !this.cutter.complete;
    if (this.names === undefined) return 'its constants, which name its events, are not there or damaged. Record it again with --log-net-log or chrome://net-export.';
    return this.told === 0 ? 'there is no event of a request or a socket in it.' : undefined;
  }

  get startedAt(): number | undefined {
    return this.first === undefined || this.tickOffset === undefined ? undefined : this.first + this.tickOffset;
  }

  get counts(): ReadCounts {
    return this.tally.counts;
  }

  private constants(text: string, line: number): void {
    const read = v.safeParse(NETLOG_CONSTANTS, parsedJson(text));
    if (read.success) {
      this.names = new NetLogNames(read.output);
      const offset = Number(read.output.timeTickOffset ?? Number.NaN);
      this.tickOffset = Number.isFinite(offset) ? offset : undefined;
    } else {
      this.tally.damaged(`line ${line}: the constants lack ${(read.issues[0].path ?? []).map(({ key }) => String(key)).join('.') || 'their names'}`);
    }
  }

  private event(text: string, line: number): void {
    const { names } = this;
    if (names === undefined) {
      this.tally.damaged(`line ${line}: an event comes before the constants that name it`);
      return;
    }
    const read = v.safeParse(EVENT, parsedJson(text));
    const ticks = read.success ? Number(read.output.time) : Number.NaN;
    if (!read.success || !Number.isFinite(ticks)) {
      this.tally.damaged(`line ${line}: ${read.success ? `an event has the time “${String(read.output.time).slice(0, 40)}”` : 'what stands there is no event'}`);
      return;
    }
    this.first ??= ticks;
    this.observe(read.output, names, Math.max(0, ticks - this.first));
  }

  private observe(event: NetLogEvent, names: NetLogNames, time: number): void {
    const { source } = event;
    const fields = fieldsOf(event.params);
    const at: Moment = { time, thread: 0, source: 'NetLog', name: names.type(event.type), fields };
    const kind = LANES[names.source(source.type)];
    const lane = this.lanes.get(source.id) ?? (kind === undefined ? undefined : this.made(at, source.id, kind, names, labelOf(fields, kind)));
    if (lane === undefined) {
      this.tally.skipped += 1;
      return;
    }
    this.told += 1;
    this.depend(fields, lane);
    this.handles.tell(at, lane, this.toldOf(event, names, at, kind));
  }

  private made(at: Moment, source: number, kind: 'request' | 'connection', names: NetLogNames, label: string | undefined): HandleId {
    const root = this.handles.process(at, names.program, names.program);
    const lane = this.handles.make({ ...at, fields: {} }, { kind, parent: root, raw: `source ${source}`, label: label ?? `${kind === 'request' ? 'Request' : 'Socket'} ${source}` });
    this.remember(source, lane);
    return lane;
  }

  /** What works for a lane is told there too: the job that resolves its name, the stream that it waits for. */
  private depend(fields: Moment['fields'], lane: HandleId): void {
    const other = fields['source_dependency'];
    if (typeof other !== 'object' || !('id' in other) || typeof other.id !== 'number' || this.lanes.has(other.id)) return;
    // Of a socket or a session of its own there will be a lane.
    if (this.names !== undefined && 'type' in other && typeof other.type === 'number' && LANES[this.names.source(other.type)] !== undefined) return;
    this.remember(other.id, lane);
  }

  private remember(source: number, lane: HandleId): void {
    this.lanes.set(source, lane);
    if (this.lanes.size <= MOST_SOURCES) return;
    const [oldest] = this.lanes.keys();
    if (oldest !== undefined) this.lanes.delete(oldest);
  }

  private toldOf({ phase, source }: NetLogEvent, names: NetLogNames, { name, fields }: Moment, kind: 'request' | 'connection' | undefined): Told {
    const edge = names.edge(phase);
    const error = fields['net_error'];
    const failed = typeof error === 'number' && error < 0;
    // ERR_IO_PENDING is no failure: the end comes later.
    const bad = failed && error !== -1 ? { failed: true as const } : {};
    if (kind !== undefined && edge === 'end' && ENDS_OF_LIFE.test(name)) {
      this.lanes.delete(source.id);
      return { ...bad, became: 'closed' };
    }
    if (name === 'CANCELLED') return { became: 'cancelled' };
    // Only its own events name a source; those of what works for it name something else.
    const label = kind === undefined || edge === 'end' ? undefined : labelOf(fields, kind);
    const detail = failed && error !== -1 ? names.error(error) : undefined;
    const says = label === undefined && detail === undefined ? {} : { says: { ...(label === undefined ? {} : { label }), ...(detail === undefined ? {} : { detail }) } };
    const spans = phaseKind(name);
    if (spans === undefined || edge === undefined) return { ...bad, ...says };
    return { ...bad, ...says, phase: edge === 'begin' ? { edge, kind: spans.kind, label: spans.label } : { edge } };
  }
}

const ENDS_OF_LIFE = /^(REQUEST_ALIVE|SOCKET_ALIVE|HTTP2_SESSION|QUIC_SESSION|BIDIRECTIONAL_STREAM_ALIVE)$/;

/** "GET https://a.test/" of a request, the address or host of a connection; undefined where the event tells neither. */
function labelOf(fields: Moment['fields'], kind: 'request' | 'connection'): string | undefined {
  const text = (name: string): string | undefined => { const value = fields[name]; return typeof value === 'string' ? value : undefined; };
  if (kind === 'connection') return text('address') ?? text('host');
  const url = text('url');
  return url === undefined ? undefined : `${text('method') ?? 'GET'} ${url.slice(0, 300)}`;
}
