import { HTTP_VERB } from '../../../../preload/contract/win32/constants/http-api';
import type { HandleId } from '../../../../preload/contract/ids';
import type { ImportedHandles, Told } from '../imported-handles';
import type { Emit } from '../trace-reader';
import { hexField, keptFields, numberField, textField, type EtwRecord } from './etw-record';
import { momentOf, processOf } from './etw-moment';
import { Connections } from './connections';
import { keepBounded } from './keep-bounded';
import { win32Error } from './nt-status';
import { sockaddrText } from './sockaddr-text';

/** What http.sys has of a request before it gives it to a queue, or answers it itself. */
interface Arriving {
  readonly receivedAt: number;
  readonly connection: string | undefined;
}

const VERBS: ReadonlyMap<number, string> = new Map(Object.entries(HTTP_VERB).map(([name, value]) => [value, name.slice('HttpVerb'.length)]));

/**
 * Microsoft-Windows-HttpService: the requests of http.sys from their receipt to their answer or cancel, the queues that
 * they were delivered to, and the URLs of groups. It is the kernel's trace: only URLs know a process of their own.
 */
export class HttpServiceFold {
  private readonly arriving = new Map<string, Arriving>();
  /** Verb and URL by RequestObj, until it is known which request that is. */
  private readonly parsed = new Map<string, { readonly verb: string; readonly url: string }>();
  private readonly open = new Map<string, HandleId>();
  private readonly queues = new Map<string, HandleId>();
  private readonly groups = new Map<string, HandleId>();
  private readonly urls = new Map<HandleId, Set<string>>();
  private readonly connections = new Connections();

  constructor(private readonly handles: ImportedHandles, private readonly emit: Emit) {}

  observe(record: EtwRecord): void {
    switch (record.id) {
      case 1: this.received(record); break;
      case 2: this.parse(record); break;
      case 3: this.deliver(record); break;
      case 16: case 17: this.answeredBySystem(record, 'from the cache'); break;
      case 52: this.answeredBySystem(record, 'refused', { failed: true, error: numberField(record, 'ErrorCode') }); break;
      case 64: this.answeredBySystem(record, 'rejected', { failed: true }); break;
      case 65: this.end(record, 'cancelled'); break;
      case 10: case 11: case 12: case 13: this.end(record, 'completed'); break;
      case 14: this.end(record, 'disconnected'); break;
      case 21: this.connected(record); break;
      case 22: this.identified(record); break;
      case 23: this.disconnected(record); break;
      case 24: this.connections.drop(hexField(record, 'ConnectionObj')); break;
      case 31: this.addUrl(record); break;
      case 32: this.removeUrl(record); break;
      case 33: this.removeAll(record); break;
      case 53: this.timedOut(record); break;
      default: this.tell(record, this.request(record), TOLD[record.id]?.(record));
    }
  }

  private received(record: EtwRecord): void {
    const id = hexField(record, 'RequestId');
    if (id === undefined) return;
    keepBounded(this.arriving, id, { receivedAt: record.time, connection: this.connectionOf(record) });
  }

  private parse(record: EtwRecord): void {
    const object = hexField(record, 'RequestObj');
    if (object !== undefined) keepBounded(this.parsed, object, { verb: VERBS.get(numberField(record, 'HttpVerb')) ?? '', url: textField(record, 'Url') });
  }

  private deliver(record: EtwRecord): void {
    this.born(record, this.queue(record, textField(record, 'RequestQueueName')), {});
  }

  /** Answered, or turned away, before any queue saw it. */
  private answeredBySystem(record: EtwRecord, how: string, told: Told = {}): void {
    const id = hexField(record, 'RequestId');
    const known = id === undefined ? undefined : this.open.get(id);
    const queue = textField(record, 'RequestQueueName');
    const request = known ?? this.born(record, queue === '' ? this.service(record) : this.queue(record, queue), {});
    this.tell(record, request, { ...told, became: 'completed', says: { detail: how } });
    this.forget(id, request);
  }

  private born(record: EtwRecord, parent: HandleId, told: Told): HandleId {
    const id = hexField(record, 'RequestId') ?? '0x0';
    const object = hexField(record, 'RequestObj');
    const parsed = object === undefined ? undefined : this.parsed.get(object);
    const arriving = this.arriving.get(id);
    if (object !== undefined) this.parsed.delete(object);
    this.arriving.delete(id);
    const label = `${parsed?.verb ?? ''} ${textField(record, 'Url') || parsed?.url || 'request'}`.trim();
    const waited = arriving === undefined ? {} : { 'received before': `${(record.time - arriving.receivedAt).toFixed(3)} ms` };
    const at = momentOf(record);
    const request = this.handles.make({ ...at, fields: { ...at.fields, ...waited } }, {
      kind: 'server-request', parent, raw: id, label, ...(arriving?.connection === undefined ? {} : { connectionId: arriving.connection }),
    }, told);
    this.open.set(id, request);
    if (arriving?.connection !== undefined) this.connections.carry(arriving.connection, request);
    return request;
  }

  private end(record: EtwRecord, became: 'cancelled' | 'completed' | 'disconnected'): void {
    const id = hexField(record, 'RequestId');
    const request = this.request(record);
    this.tell(record, request, became === 'completed' ? { became } : { became, failed: true });
    this.forget(id, request);
  }

  private request(record: EtwRecord): HandleId | undefined {
    const id = hexField(record, 'RequestId');
    return id === undefined ? undefined : this.open.get(id);
  }

  private forget(id: string | undefined, request: HandleId | undefined): void {
    if (id !== undefined) this.open.delete(id);
    if (request !== undefined) this.connections.release(request);
  }

  private connected(record: EtwRecord): void {
    const object = hexField(record, 'ConnectionObj');
    if (object === undefined) return;
    const remote = sockaddrText(textField(record, 'RemoteAddr'));
    this.connections.open(object, remote);
    this.connectionEvent(record, 'accepted', object, remote, []);
  }

  private identified(record: EtwRecord): void {
    const object = hexField(record, 'ConnectionObj');
    const id = hexField(record, 'ConnectionId');
    if (object === undefined || id === undefined) return;
    this.connections.name(object, id);
    const request = this.request(record);
    if (request !== undefined) this.connections.carry(object, request);
  }

  private disconnected(record: EtwRecord): void {
    const object = hexField(record, 'ConnectionObj');
    const what = numberField(record, 'Abortive') === 0 ? 'closed' : 'reset';
    this.connectionEvent(record, what, object ?? '', this.connections.remote(object), this.connections.requests(object));
  }

  private timedOut(record: EtwRecord): void {
    const object = hexField(record, 'ConnectionObj') ?? this.connectionOf(record);
    const requests = this.connections.requests(object);
    for (const request of requests) this.tell(record, request, { failed: true });
    if (requests.length === 0) this.tell(record, this.service(record), { failed: true });
  }

  private connectionEvent(record: EtwRecord, what: 'accepted' | 'closed' | 'reset', connectionId: string, remote: string, lost: readonly HandleId[]): void {
    this.emit({ kind: 'connection', what, connectionId, remote, lost, handle: lost[0] ?? this.service(record), thread: record.thread, time: record.time });
  }

  private connectionOf(record: EtwRecord): string | undefined {
    const id = hexField(record, 'ConnectionId');
    return id === undefined ? undefined : this.connections.objectOf(id) ?? id;
  }

  private addUrl(record: EtwRecord): void {
    const status = numberField(record, 'Status');
    const group = this.group(record);
    if (status !== 0) {
      this.tell(record, group, { failed: true, error: win32Error(status) });
      return;
    }
    const urls = this.urls.get(group) ?? new Set();
    this.urls.set(group, urls.add(textField(record, 'Url')));
    this.tell(record, group, { says: { detail: [...urls].join(' ') } });
  }

  private removeUrl(record: EtwRecord): void {
    const group = this.group(record);
    const urls = this.urls.get(group);
    urls?.delete(textField(record, 'Url'));
    this.tell(record, group, { says: { detail: [...urls ?? []].join(' ') } });
  }

  private removeAll(record: EtwRecord): void {
    const group = this.group(record);
    this.urls.delete(group);
    this.tell(record, group, { says: { detail: '' } });
  }

  private group(record: EtwRecord): HandleId {
    const raw = hexField(record, 'UrlGroupId') ?? '0x0';
    const known = this.groups.get(raw);
    if (known !== undefined) return known;
    const made = this.handles.make({ ...momentOf(record), fields: {} }, { kind: 'url-group', parent: processOf(this.handles, record), raw, label: 'URL group' });
    this.groups.set(raw, made);
    return made;
  }

  private queue(record: EtwRecord, name: string): HandleId {
    const known = this.queues.get(name);
    if (known !== undefined) return known;
    const at = { ...momentOf(record), fields: {} };
    const made = this.handles.make(at, { kind: 'request-queue', parent: this.service(record), raw: name, label: name === '' ? 'Queue without a name' : `Queue “${name}”` });
    this.queues.set(name, made);
    return made;
  }

  private service(record: EtwRecord): HandleId {
    return this.handles.process(momentOf(record), 'http.sys', 'HTTP service', 'http.sys, in the kernel');
  }

  private tell(record: EtwRecord, handle: HandleId | undefined, told: Told = {}): void {
    this.handles.tell({ ...momentOf(record), fields: keptFields(record) }, handle ?? this.service(record), told);
  }
}

/** What an event says of its request beside its fields. */
const TOLD: Readonly<Record<number, (record: EtwRecord) => Told>> = {
  4: (record) => ({ phase: { edge: 'begin', kind: 'send', label: `answer ${numberField(record, 'StatusCode')}` } }),
  6: () => ({ phase: { edge: 'begin', kind: 'body', label: 'body of the request' } }),
  7: () => ({ phase: { edge: 'end' } }),
  8: (record) => ({ phase: { edge: 'begin', kind: 'send', label: `answer ${numberField(record, 'StatusCode')}` } }),
  15: () => ({ failed: true, phase: { edge: 'end' } }),
};
