import { INTERNET_FLAG } from '../../../../preload/contract/win32/constants/wininet-flags';
import type { HandleKind } from '../../../../preload/contract/handle';
import type { HandleId } from '../../../../preload/contract/ids';
import type { ImportedHandles, Told } from '../imported-handles';
import { hexField, numberField, textField, type EtwRecord } from './etw-record';
import { momentOf, processOf } from './etw-moment';
import { HandleValues } from './handle-values';
import { keepBounded } from './keep-bounded';

/**
 * Microsoft-Windows-WinINet: HINTERNETs with their parents, and what happens to the requests. A handle that was open
 * before the recording began is made when it is first named.
 */
export class WinInetFold {
  private readonly open = new HandleValues();
  /** The handle that had a value last: what is closed twice is named by it. */
  private readonly gone = new Map<string, HandleId>();
  /** The request of an internal object, of an activity and of a thread: not every event names its HINTERNET. */
  private readonly objects = new HandleValues();
  private readonly activities = new HandleValues();
  private readonly threads = new HandleValues();

  constructor(private readonly handles: ImportedHandles) {}

  observe(record: EtwRecord): void {
    switch (record.id) {
      case 101: this.root(record); break;
      case 102: this.born(record, 'request', textField(record, 'URL')); break;
      case 103: this.connection(record); break;
      case 104: this.born(record, 'request', `${textField(record, 'Verb') || 'GET'} ${textField(record, 'ObjectName') || '/'}`, textField(record, 'Version')); break;
      case 105: this.closed(record); break;
      case 106: case 107: this.tell(record, this.find(record, 'HINTERNET'), { ...failure(record) }); break;
      case 108: this.named(record); break;
      case 301: case 302: this.onRequest(record, 'ConnectionHandle'); break;
      case 202: case 204: this.onRequest(record, 'Handle'); break;
      case 205: case 206: case 207: case 208: this.tell(record, this.find(record, 'ConnectionHandle')); break;
      case 303: case 1057: this.tell(record, this.byContext(record)); break;
      case 200: this.onRequest(record, 'HINTERNET'); break;
      case 1007: case 1008: case 1045: case 1046: case 1049: this.onObject(record); break;
      default: this.onRequest(record, 'RequestHandle');
    }
  }

  private root(record: EtwRecord): void {
    const access = [textField(record, 'AccessType'), textField(record, 'ProxyList')].filter((part) => part !== '').join(' · ');
    this.make(record, 'HINTERNET', 'session', processOf(this.handles, record), textField(record, 'UserAgent') || 'Session', access);
  }

  private connection(record: EtwRecord): void {
    const ftp = /ftp/i.test(textField(record, 'Service'));
    this.born(record, ftp ? 'ftp-connection' : 'connection', `${textField(record, 'ServerName')}:${numberField(record, 'ServerPort')}`, textField(record, 'Service'));
  }

  private born(record: EtwRecord, kind: HandleKind, label: string, detail = ''): void {
    const parentKind = kind === 'request' && record.id === 104 ? 'connection' : 'session';
    const parent = hexField(record, 'ParentHandle') === undefined ? processOf(this.handles, record) : this.find(record, 'ParentHandle', parentKind);
    const made = this.make(record, 'ConnectionHandle', kind, parent, label, detail);
    if (kind === 'request' && made !== undefined) this.remember(record, made);
  }

  private make(record: EtwRecord, field: string, kind: HandleKind, parent: HandleId | undefined, label: string, detail: string): HandleId | undefined {
    const raw = hexField(record, field);
    if (raw === undefined) {
      this.tell(record, parent, failure(record));
      return undefined;
    }
    const before = this.open.take(record.process, raw);
    // The value was given out again, so the close was missed: a buffer of the recording was lost.
    if (before !== undefined) this.handles.tell({ ...momentOf(record), name: 'value given out again', fields: {} }, before, { became: 'closed' });
    const asynchronous = kind === 'session' ? (numberField(record, 'Flags') & INTERNET_FLAG.INTERNET_FLAG_ASYNC) !== 0 : undefined;
    const made = this.handles.make(momentOf(record), { kind, parent, raw, label, detail, ...(asynchronous === undefined ? {} : { asynchronous }) });
    this.open.set(record.process, raw, made);
    return made;
  }

  private closed(record: EtwRecord): void {
    const raw = hexField(record, 'HINTERNET');
    const handle = raw === undefined ? undefined : this.open.take(record.process, raw);
    if (handle !== undefined) {
      this.forget(handle);
      keepBounded(this.gone, `${record.process} ${raw ?? ''}`, handle);
    }
    this.handles.tell(momentOf(record), handle ?? processOf(this.handles, record), handle === undefined ? {} : { became: 'closed' });
  }

  /** The server of a request whose handle tells only its path. */
  private named(record: EtwRecord): void {
    const server = `${textField(record, 'ServerName')}:${numberField(record, 'ServerPort')}`;
    this.tell(record, this.find(record, 'ConnectionHandle', 'request'), { says: { detail: server } });
  }

  private onRequest(record: EtwRecord, field: string): void {
    const request = this.find(record, field, 'request');
    if (request !== undefined) this.remember(record, request);
    this.tell(record, request, TOLD[record.id]?.(record));
  }

  /** These name WinINet's own object; which handle it is of follows from the activity or the thread that it began on. */
  private onObject(record: EtwRecord): void {
    const object = hexField(record, 'Request');
    const known = object === undefined ? undefined : this.objects.get(record.process, object);
    const request = known ?? this.byContext(record);
    if (object !== undefined && request !== undefined) this.objects.set(record.process, object, request);
    this.tell(record, request, TOLD[record.id]?.(record));
  }

  private byContext(record: EtwRecord): HandleId | undefined {
    return (record.activity === '' ? undefined : this.activities.get(record.process, record.activity)) ?? this.threads.get(record.process, String(record.thread));
  }

  private remember({ process, thread, activity }: EtwRecord, request: HandleId): void {
    this.threads.set(process, String(thread), request);
    if (activity !== '') this.activities.set(process, activity, request);
  }

  private forget(handle: HandleId): void {
    for (const values of [this.objects, this.activities, this.threads]) values.drop(handle);
  }

  private find(record: EtwRecord, field: string, kind: HandleKind = 'request'): HandleId | undefined {
    const raw = hexField(record, field);
    if (raw === undefined) return undefined;
    const known = this.open.get(record.process, raw);
    if (known !== undefined) return known;
    // The handle of a failed creation is none.
    if (record.id === 106) return undefined;
    if (record.id === 107) return this.gone.get(`${record.process} ${raw}`);
    const made = this.handles.make({ ...momentOf(record), name: 'opened before the recording', fields: {} }, {
      kind, parent: processOf(this.handles, record), raw, label: `${raw} (opened before the recording)`,
    });
    this.open.set(record.process, raw, made);
    return made;
  }

  private tell(record: EtwRecord, handle: HandleId | undefined, told: Told = {}): void {
    this.handles.tell(momentOf(record), handle ?? processOf(this.handles, record), told);
  }
}

function failure(record: EtwRecord): Told {
  const error = numberField(record, 'Error');
  return { error, failed: true };
}

/** What an event says of its request beside its fields. */
const TOLD: Readonly<Record<number, (record: EtwRecord) => Told>> = {
  200: () => ({ phase: { edge: 'begin', kind: 'pending', label: 'request' } }),
  201: () => ({ phase: { edge: 'begin', kind: 'receive', label: 'waiting for the response' } }),
  202: (record) => ({ ...failure(record), phase: { edge: 'end' } }),
  203: (record) => ({ phase: { edge: 'begin', kind: 'body', label: 'body' }, says: { detail: `${numberField(record, 'ResponseCode')}` } }),
  204: (record) => ({ ...failure(record), phase: { edge: 'end' } }),
  209: () => ({ phase: { edge: 'end' } }),
  210: () => ({ phase: { edge: 'begin', kind: 'send', label: 'send' } }),
  213: (record) => ({ ...failure(record), phase: { edge: 'end' } }),
  301: (record) => ({ phase: { edge: 'begin', kind: 'connect', label: `connect ${textField(record, 'ServerName')}`.trim() } }),
  302: (record) => ({ ...failure(record), phase: { edge: 'end' } }),
  304: (record) => ({ phase: { edge: 'begin', kind: 'resolve', label: `resolve ${textField(record, 'HostName')}`.trim() } }),
  305: () => ({ phase: { edge: 'end' } }),
  306: (record) => ({ ...failure(record), phase: { edge: 'end' } }),
  307: () => ({ phase: { edge: 'end' } }),
  701: () => ({ phase: { edge: 'begin', kind: 'connect', label: 'TLS' } }),
  702: () => ({ phase: { edge: 'end' } }),
  703: (record) => ({ ...failure(record), phase: { edge: 'end' } }),
  704: failure,
  711: () => ({ phase: { edge: 'begin', kind: 'connect', label: 'TLS' } }),
  712: () => ({ phase: { edge: 'end' } }),
  713: (record) => ({ ...failure(record), phase: { edge: 'end' } }),
  1045: () => ({ phase: { edge: 'begin', kind: 'connect', label: 'connect' } }),
  1046: () => ({ phase: { edge: 'end' } }),
};
