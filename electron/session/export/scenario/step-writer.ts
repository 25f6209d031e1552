import type { CallbackEvent, CallEvent, EventFields, TraceEvent } from '../../../../preload/contract/event';
import { seq, type HandleId, type Seq } from '../../../../preload/contract/ids';
import { constantName } from '../../../../preload/contract/win32/constant-table';
import { INTERNET_STATUS } from '../../../../preload/contract/win32/constants/status';
import { describeError } from '../../../../preload/contract/win32/constant-table';
import { signatureOf } from '../../../../preload/contract/win32/functions';
import { fieldsOf, textOf } from '../../../trace/event-fields';
import type { HandleOpenings } from '../../../trace/handle-openings';
import type { Peers, Written } from './peers';
import type { Replay } from './replay';
import { requestText } from './request-text';
import { writtenArgument } from './written-values';

export type Step = { readonly [key: string]: Written };

/** Callbacks of one handle that are expected one by one; more are not written. */
const MOST_EXPECTED = 60;

/** Writes the steps that make the calls of a recording again, in their order, each after what it came after. */
export class StepWriter {
  readonly steps: Step[] = [];
  /** What is not replayed as it was, in words. */
  readonly notes = new Set<string>();
  /** References by raw handle or id, as of the point that is written. */
  private readonly handles = new Map<string, string>();
  private readonly names = new Map<Seq, string>();
  /** The step that makes each call again. */
  private readonly made = new Map<Step, Seq>();
  private readonly used = new Set<string>();
  private readonly counted = new Map<string, number>();
  /** Handles by the calls that made them. */
  private readonly madeBy = new Map<Seq, HandleId>();
  private readonly recorders = new Map<string, string | undefined>();
  /** Scripted clients by the connections that a server saw. */
  private readonly clients = new Map<string, string>();
  private connected = 0;
  /** The last callback of each handle since the last call, to be waited for. */
  private readonly told = new Map<HandleId | 'none', CallbackEvent>();
  private readonly heard = new Map<HandleId, string[]>();
  private readonly counts = new Map<string, number>();

  constructor(private readonly replay: Replay, private readonly openings: HandleOpenings, private readonly peers: Peers) {
    for (const { id } of replay.trace.tree.all()) {
      const call = openings.callOf(id);
      if (call !== undefined) this.madeBy.set(call, id);
    }
  }

  write(): void {
    const { trace, end } = this.replay;
    for (let index: number = trace.log.first; index < end; index += 1) this.event(trace.log.at(seq(index)));
    this.waitForTold();
    for (const [handle, statuses] of this.heard) this.expectCallbacks(handle, statuses);
  }

  /** The steps, of whose names only those are left that something refers to. */
  named(): readonly Step[] {
    const referred = new Set([...JSON.stringify(this.steps).matchAll(/\$([A-Za-z]\w*)/g)].map(([, name]) => name));
    const without = (step: Step): Step => Object.fromEntries(Object.entries(step).flatMap(([key, value]): [string, Written][] => {
      if (key === 'as') return referred.has(String(value)) ? [[key, value]] : [];
      return [[key, key === 'on' ? inOn(value) : value]];
    }));
    // An `on` step's own steps may be named too; its other parts have no steps.
    const inOn = (on: Written): Written => (typeof on === 'object' && on !== null && 'do' in on && Array.isArray(on.do) ? { ...on, do: on.do.map((inner: Step) => without(inner)) } : on);
    return this.steps.map((step) => without(step));
  }

  /** The steps of some calls, with what waits for these and expects of these alone. */
  stepsOf(calls: ReadonlySet<Seq>): readonly Step[] {
    const theirs = new Set([...calls].flatMap((call) => this.names.get(call) ?? []));
    return this.steps.filter((step) => {
      const made = this.made.get(step);
      if (made !== undefined) return calls.has(made);
      const referred = [...JSON.stringify(step).matchAll(/\$([A-Za-z]\w*)/g)].map(([, name]) => name ?? '');
      return calls.size > 1 && referred.length > 0 && referred.every((name) => theirs.has(name));
    });
  }

  private event(event: TraceEvent): void {
    switch (event.kind) {
      case 'call': if (event.inCallback === undefined) this.call(event); break;
      case 'callback': this.callback(event); break;
      case 'completion': this.completed(event.completes); break;
      case 'connection': if (event.what === 'closed-by-peer') this.clientGone(event.connectionId); break;
      case 'return': this.learn(event); break;
      case 'observed': this.notes.add('Events that were recorded of another program tell of no calls: they are not replayed.'); break;
      case 'note': case 'engine-lost': case 'callback-return': break;
    }
  }

  private call(call: CallEvent): void {
    if (this.told.size === 0) this.waitUnseen(call);
    this.waitForTold();
    this.actInside(call);
    const received = this.replay.received.get(call.seq);
    if (received?.kind === 'return') this.sendRequest(received);
    this.steps.push(this.callStep(call));
  }

  /** `on` steps for what is done inside the callbacks that come before the next call outside one. */
  private actInside(call: CallEvent): void {
    for (const place of this.replay.callbacksAfter(call.seq)) {
      const callback = this.replay.trace.log.at(place);
      const target = callback.kind === 'callback' ? this.handleWords(callback) : undefined;
      if (callback.kind !== 'callback' || target === undefined) {
        this.notes.add('What was done inside a callback of a handle that has no name here is not replayed.');
        continue;
      }
      this.steps.push({ on: { callback: statusName(callback.status), ...target, times: 1, do: this.replay.inside(place).map((inner) => this.callStep(inner)) } });
    }
  }

  private callStep(call: CallEvent): Step {
    const { params } = signatureOf(call.api);
    const given: [string, Written][] = Object.entries(params).flatMap(([name, param]): [string, Written][] => {
      const written = this.address(call, name) ?? writtenArgument(name, param, call.args[name], call.args, params, {
        handle: (raw) => this.handles.get(raw), text: (text) => this.peers.text(text), recorder: (address) => this.recorder(address),
      });
      return written === undefined ? [] : [[name, written]];
    });
    const asynchronous = this.isOverlapped(call);
    if (asynchronous) given.push(['overlapped', true]);
    const expected = asynchronous && this.replay.blocked.has(call.seq) ? undefined : this.expectation(call);
    const api = signatureOf(call.api).widths && call.width === 'A' ? `${call.api}A` : call.api;
    const step = { call: api, with: Object.fromEntries(given), as: this.nameOf(call), ...(expected === undefined ? {} : { expect: expected }) };
    this.made.set(step, call.seq);
    return step;
  }

  /** Whom a connection goes to: not who it went to, but who plays that part in the run. */
  private address(call: CallEvent, name: string): Written | undefined {
    if (call.api !== 'InternetConnect') return undefined;
    const [host, port] = [textOf(call.args['lpszServerName']), Number(call.args['nServerPort'] ?? 0)];
    if (name === 'lpszServerName') return this.peers.host(host, port);
    return name === 'nServerPort' ? this.peers.port(host, port) : undefined;
  }

  private isOverlapped(call: CallEvent): boolean {
    const name = Object.entries(signatureOf(call.api).params).find(([, { kind }]) => kind === 'overlapped')?.[0];
    if (name === undefined) return false;
    if (!/^0x0+$/.test(textOf(call.args[name])) && call.args[name] !== undefined) return true;
    if (!this.replay.blocked.has(call.seq)) return false;
    this.notes.add('Calls that blocked a thread while others went on are made with an OVERLAPPED here.');
    return true;
  }

  private expectation(call: CallEvent): Step | undefined {
    const returned = this.replay.returns.get(call.seq);
    if (returned === undefined) return undefined;
    const kind = signatureOf(call.api).returns;
    const error = returned.error === 0 || !returned.errorReliable ? {} : { lastError: describeError(returned.error).name ?? returned.error };
    switch (kind) {
      case 'ERROR': return { returns: returned.error === 0 ? 'NO_ERROR' : describeError(returned.error).name ?? returned.error };
      case 'BOOL': return { returns: returned.returns !== 0, ...error };
      case 'HINTERNET': case 'HANDLE': return { returns: /^0x0+$/.test(textOf(returned.returns)) ? null : 'handle', ...error };
      case 'DWORD': case 'CALLBACK': return undefined;
    }
  }

  private nameOf(call: CallEvent): string {
    const known = this.names.get(call.seq);
    if (known !== undefined) return known;
    const made = this.replay.handleMadeBy(call.seq) ?? this.madeBy.get(call.seq);
    const node = made === undefined ? undefined : this.replay.trace.tree.get(made);
    const base = node === undefined ? call.api.replace(/^(Internet|Http|Ftp)(?=[A-Z])/, '') : node.kind === 'server-request' ? 'Received' : node.kind.replace(/-(\w)/g, (_dash, letter: string) => letter.toUpperCase());
    const name = `${base.charAt(0).toLowerCase()}${base.slice(1)}`;
    let unique = name;
    // Counted on from the last of its kind: a long recording has thousands.
    let count = this.counted.get(name) ?? 1;
    for (; this.used.has(unique) || RESERVED.has(unique); unique = `${name}${count}`) count += 1;
    this.counted.set(name, count);
    this.used.add(unique);
    this.names.set(call.seq, unique);
    return unique;
  }

  private recorder(address: string): string | undefined {
    // The first one registered is the one that the language gives by itself.
    if (!this.recorders.has(address)) this.recorders.set(address, this.recorders.size === 0 ? undefined : `recorder${this.recorders.size + 1}`);
    return this.recorders.get(address);
  }

  /** What a call made goes by its name from now on. */
  private learn(event: TraceEvent): void {
    if (!('created' in event) || event.created === undefined) return;
    const { id, raw, kind, connectionId } = event.created;
    const place = event.kind === 'return' ? event.call : this.openings.callOf(id);
    const call = place === undefined || !this.replay.trace.log.has(place) ? undefined : this.replay.trace.log.at(place);
    if (call?.kind !== 'call') return;
    const name = `$${this.nameOf(call)}`;
    this.handles.set(raw, kind === 'server-request' ? `${name}.RequestId` : name);
    if (connectionId !== undefined) this.handles.set(connectionId, `${name}.ConnectionId`);
  }

  private callback(event: CallbackEvent): void {
    this.learn(event);
    this.told.set(event.handle ?? 'none', event);
    if (event.handle === undefined || event.status === INTERNET_STATUS.INTERNET_STATUS_HANDLE_CREATED) return;
    const heard = this.heard.get(event.handle) ?? [];
    // More are not written, so more are not kept.
    if (heard.length <= MOST_EXPECTED) heard.push(statusName(event.status));
    this.heard.set(event.handle, heard);
    this.counts.set(`${event.handle} ${event.status}`, (this.counts.get(`${event.handle} ${event.status}`) ?? 0) + 1);
  }

  /** A call that pends and tells nobody of its end: only time says that it may be over. */
  private waitUnseen(call: CallEvent): void {
    const { log } = this.replay.trace;
    const gap = call.seq === log.first ? 0 : call.time - log.timeAt(seq(call.seq - 1));
    if (this.replay.pendsUnseen(call.seq) && gap >= SHORTEST_WAIT) this.steps.push({ wait: { ms: Math.min(LONGEST_WAIT, Math.round(gap)) } });
  }

  /** The next call came after these: so it does again. */
  private waitForTold(): void {
    for (const event of this.told.values()) {
      if (event.completes !== undefined) {
        this.completed(event.completes);
        continue;
      }
      const target = this.handleWords(event);
      if (target === undefined || event.status === INTERNET_STATUS.INTERNET_STATUS_HANDLE_CREATED) continue;
      const count = this.counts.get(`${event.handle ?? ''} ${event.status}`) ?? 1;
      this.steps.push({ wait: { callback: statusName(event.status), ...target, ...(count === 1 ? {} : { count }) } });
    }
    this.told.clear();
  }

  private completed(call: Seq): void {
    const gone = this.replay.goneAtTheEndOf(call);
    if (gone !== undefined) this.clientGone(gone);
    const received = this.replay.received.get(call);
    if (received !== undefined) {
      this.sendRequest(received);
      this.learn(received);
    }
    const name = this.names.get(call);
    if (name !== undefined) this.steps.push({ wait: { done: `$${name}` } });
  }

  /** The handle of a callback by its name, and the call that made it as the moment from which on it counts. */
  private handleWords({ handle }: CallbackEvent): { readonly handle: string } | undefined {
    const node = handle === undefined ? undefined : this.replay.trace.tree.get(handle);
    const opened = node === undefined ? undefined : this.openings.callOf(node.id);
    const name = opened === undefined ? undefined : this.names.get(opened);
    return name === undefined ? undefined : { handle: `$${name}` };
  }

  /** The client of a request that a server received: a scripted one, unless WinINet in the same recording was it. */
  private sendRequest(received: TraceEvent): void {
    const request: EventFields = 'out' in received ? fieldsOf(received.out['RequestBuffer']) : {};
    const local = textOf(fieldsOf(request['Address'])['pLocalAddress']);
    const remote = textOf(fieldsOf(request['Address'])['pRemoteAddress']);
    const port = Number(/:(\d+)$/.exec(local)?.[1] ?? 0);
    if (textOf(request['pRawUrl']) === '') this.notes.add('A request of which nothing but its id was recorded is not made again.');
    if (!this.peers.isOwn(port) || this.replay.isOwnClient(port)) return;
    const connection = textOf(request['ConnectionId']) || remote;
    let client = this.clients.get(connection);
    if (client === undefined) {
      this.connected += 1;
      client = `client${this.connected === 1 ? '' : this.connected}`;
      this.clients.set(connection, client);
      this.steps.push({ client: { connect: { port: this.peers.port('', port) } }, as: client });
    }
    this.steps.push({ client: { send: { on: `$${client}`, text: this.peers.text(requestText(request, this.replay.bodyOf(received))) } } });
  }

  private clientGone(connectionId: string): void {
    const client = this.clients.get(connectionId);
    this.clients.delete(connectionId);
    if (client !== undefined) this.steps.push({ client: { close: { on: `$${client}` } } });
  }

  private expectCallbacks(handle: HandleId, statuses: readonly string[]): void {
    const opened = this.openings.callOf(handle);
    const name = opened === undefined ? undefined : this.names.get(opened);
    if (name === undefined || statuses.length > MOST_EXPECTED) return;
    this.steps.push({ expect: { callbacks: { handle: `$${name}`, since: `$${name}`, ordered: statuses } } });
  }
}

/** Pauses that are waited out, in milliseconds: less is chance, more is a person who thought. */
const SHORTEST_WAIT = 50;
const LONGEST_WAIT = 2000;

/** Names that the language binds itself. */
const RESERVED: ReadonlySet<string> = new Set(['server', 'ftp', 'port', 'closed', 'desktop', 'client']);

function statusName(status: number): string {
  return constantName('INTERNET_STATUS', status) ?? String(status);
}
