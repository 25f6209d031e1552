import * as v from 'valibot';
import { handleId, type HandleId } from '../../../../preload/contract/ids';
import { isoTime } from '../etw/etw-time';
import { ImportedHandles, type Moment } from '../imported-handles';
import { JsonCutter, parsedJson } from '../json-elements';
import { Tally, type Emit, type ReadCounts, type TraceReader } from '../trace-reader';
import { HAR_ENTRY, HAR_PAGE, HAR_PROGRAM, type HarEntry, type HarPage } from './har-entry';
import { headersOf, momentsOf, type HarMoment } from './har-moments';
import { TimeQueue } from './time-queue';

interface Begun {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly entry: HarEntry;
}

interface Connection {
  readonly handle: HandleId;
  users: number;
}

/**
 * HAR 1.2: each entry a request in the session of its page, on the connection that it names. A HAR is in no order that can
 * be relied on, so the entries, without their bodies, are kept until the last is read.
 */
export class HarReader implements TraceReader {
  private readonly tally = new Tally();
  private readonly handles: ImportedHandles;
  private readonly entries: Begun[] = [];
  private readonly pages = new Map<string, HarPage>();
  private program = 'HAR';
  private readonly cutter = new JsonCutter({
    lists: new Set(['log.entries', 'log.pages']),
    element: (list, text, line) => (list === 'log.pages' ? this.page(text, line) : this.entry(text, line)),
    value: (path, text) => { if (path === 'log.creator' || path === 'log.browser') this.writtenBy(text); },
    tooLong: (path, line) => this.tally.damaged(`line ${line}: an element of ${path} is too long to be read`),
  });

  constructor(emit: Emit) {
    this.handles = new ImportedHandles(emit);
  }

  write(text: string): string | undefined {
    return this.cutter.write(text);
  }

  end(): string | undefined {
    this.tally.truncated = !this.cutter.complete;
    if (this.entries.length === 0) {
      const { firstInvalid } = this.tally.counts;
      return `there is no entry in its log.entries${firstInvalid === undefined ? '' : ` that is whole: ${firstInvalid}`}.`;
    }
    this.emitAll();
    return undefined;
  }

  get startedAt(): number | undefined {
    return this.entries.reduce<number | undefined>((least, { at }) => Math.min(least ?? at, at), undefined);
  }

  get counts(): ReadCounts {
    return this.tally.counts;
  }

  private entry(text: string, line: number): void {
    const value = parsedJson(text);
    const read = v.safeParse(HAR_ENTRY, value);
    const at = read.success ? isoTime(read.output.startedDateTime) : undefined;
    if (read.success && at !== undefined) this.entries.push({ at, entry: read.output });
    else this.tally.damaged(`line ${line}: ${value === undefined ? 'an entry is no JSON' : read.success ? `startedDateTime is “${read.output.startedDateTime.slice(0, 40)}”` : issueOf(read.issues[0])}`);
  }

  private page(text: string, line: number): void {
    const read = v.safeParse(HAR_PAGE, parsedJson(text));
    if (read.success) this.pages.set(read.output.id, read.output);
    else this.tally.damaged(`line ${line}: a page of log.pages: ${issueOf(read.issues[0])}`);
  }

  private writtenBy(text: string): void {
    const read = v.safeParse(HAR_PROGRAM, parsedJson(text));
    // The browser, where there is one, comes after the creator and is nearer to what happened.
    if (read.success) this.program = `${read.output.name} ${read.output.version}`.trim();
  }

  /** Everything in the order of its time, of which at most what overlaps is queued. */
  private emitAll(): void {
    const entries = this.entries.sort((a, b) => a.at - b.at);
    const begin = entries[0]?.at ?? 0;
    const sessions = new Map<string, HandleId>();
    const connections = new Map<string, Connection>();
    for (const { entry } of entries) {
      const key = connectionKey(entry);
      const known = connections.get(key);
      // Only how many will use it is known yet.
      if (known === undefined) connections.set(key, { handle: NONE, users: 1 });
      else known.users += 1;
    }
    const queue = new TimeQueue<() => void>();
    const root = this.handles.process(moment(0, this.program, {}), 'HAR', this.program);
    for (const [place, { at, entry }] of entries.entries()) {
      const start = at - begin;
      for (const due of queue.until(start)) due();
      const session = this.session(sessions, entry, start, root);
      const connection = this.connection(connections, entry, start, session);
      const request = this.handles.make(moment(start, 'request', { url: entry.request.url, ...headersOf(entry.request.headers) }), {
        kind: 'request', parent: connection, raw: `request ${place + 1}`, label: `${entry.request.method} ${pathOf(entry.request.url)}`, detail: entry.request.httpVersion,
      });
      for (const one of momentsOf(entry)) queue.add(start + one.after, () => this.tell(start, request, one));
      queue.add(start + lastOf(entry), () => this.leave(connections, entry, start + lastOf(entry)));
    }
    for (const due of queue.until(Number.POSITIVE_INFINITY)) due();
    const end = queue.now;
    for (const session of sessions.values()) this.handles.tell(moment(end, 'end of the log', {}), session, { became: 'closed' });
  }

  private tell(start: number, request: HandleId, { after, name, fields, told }: HarMoment): void {
    this.handles.tell(moment(start + after, name, fields), request, told);
  }

  private session(known: Map<string, HandleId>, { pageref = '' }: HarEntry, time: number, root: HandleId): HandleId {
    const found = known.get(pageref);
    if (found !== undefined) return found;
    const label = this.pages.get(pageref)?.title ?? pageref;
    const made = this.handles.make(moment(time, 'page', {}), { kind: 'session', parent: root, raw: pageref === '' ? 'no page' : pageref, label: label === '' ? 'Requests of no page' : label });
    known.set(pageref, made);
    return made;
  }

  private connection(known: Map<string, Connection>, entry: HarEntry, time: number, session: HandleId): HandleId {
    const key = connectionKey(entry);
    const found = known.get(key);
    if (found !== undefined && found.handle !== NONE) return found.handle;
    const handle = this.handles.make(moment(time, 'connection', {}), {
      kind: 'connection', parent: session, raw: entry.connection ?? 'none given', label: originOf(entry.request.url), detail: entry.serverIPAddress ?? '',
    });
    known.set(key, { handle, users: found?.users ?? 1 });
    return handle;
  }

  private leave(known: Map<string, Connection>, entry: HarEntry, time: number): void {
    const connection = known.get(connectionKey(entry));
    if (connection === undefined) return;
    connection.users -= 1;
    if (connection.users === 0) this.handles.tell(moment(time, 'last use', {}), connection.handle, { became: 'closed' });
  }
}

/** Stands for a connection that is not made yet. */
const NONE = handleId(0);

function moment(time: number, name: string, fields: Moment['fields']): Moment {
  return { time, thread: 0, source: 'HAR', name, fields };
}

function lastOf(entry: HarEntry): number {
  return momentsOf(entry).at(-1)?.after ?? 0;
}

function connectionKey(entry: HarEntry): string {
  return `${entry.connection ?? ''} ${originOf(entry.request.url)}`;
}

function originOf(url: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(url)?.[0] ?? url.slice(0, 100);
}

function pathOf(url: string): string {
  const path = url.slice(originOf(url).length);
  return path === '' ? '/' : path.slice(0, 300);
}

function issueOf({ path, message }: v.BaseIssue<unknown>): string {
  return `${(path ?? []).map(({ key }) => String(key)).join('.') || 'the value'}: ${message}`;
}
