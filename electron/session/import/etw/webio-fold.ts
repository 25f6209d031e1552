import type { HandleId } from '../../../../preload/contract/ids';
import type { ImportedHandles, Told } from '../imported-handles';
import { hexField, numberField, textField, type EtwRecord } from './etw-record';
import { momentOf, processOf } from './etw-moment';
import { HandleValues } from './handle-values';

/** Microsoft-Windows-WebIO: the transport under WinINet and WinHTTP, with sessions, requests and sockets of its own. */
export class WebIoFold {
  private readonly open = new HandleValues();
  private readonly activities = new HandleValues();

  constructor(private readonly handles: ImportedHandles) {}

  observe(record: EtwRecord): void {
    switch (record.id) {
      // The first of each pair tells of the call, the second of what came of it.
      case 5: case 17: break;
      case 6: this.made(record, 'session', ['Session', 'SessionHandle'], processOf(this.handles, record), 'WebIO session'); break;
      case 18: this.request(record); break;
      case 7: case 19: this.tell(record, this.find(record, 'ApiObject', 'ApiHandle'), { became: 'closing' }); break;
      case 8: case 20: case 29: case 30: this.closed(record); break;
      case 200: this.connecting(record); break;
      case 201: this.tell(record, this.find(record, 'Connection', 'SocketHandle'), { phase: { edge: 'end' } }); break;
      case 202: this.tell(record, this.find(record, 'Connection', 'SocketHandle'), { ...failure(record), phase: { edge: 'end' } }); break;
      case 204: this.socketClosed(record); break;
      default: this.onRequest(record);
    }
  }

  private request(record: EtwRecord): void {
    const session = this.find(record, 'Session', 'SessionHandle') ?? processOf(this.handles, record);
    const made = this.made(record, 'request', ['Request', 'RequestHandle'], session, `${textField(record, 'Method') || 'GET'} ${textField(record, 'URI') || '/'}`);
    if (made !== undefined && record.activity !== '') this.activities.set(record.process, record.activity, made);
  }

  private made(record: EtwRecord, kind: 'session' | 'request' | 'connection', names: readonly [string, string], parent: HandleId, label: string): HandleId | undefined {
    if (numberField(record, 'Error') !== 0) {
      this.tell(record, parent, failure(record));
      return undefined;
    }
    const [object, handle] = names.map((name) => hexField(record, name));
    const made = this.handles.make(momentOf(record), { kind, parent, raw: handle ?? object ?? '0x0', label });
    for (const value of [object, handle]) if (value !== undefined) this.open.set(record.process, value, made);
    return made;
  }

  private closed(record: EtwRecord): void {
    const handle = this.find(record, 'ApiObject', 'ApiHandle');
    const bad = numberField(record, 'Error') !== 0;
    this.tell(record, handle, bad ? failure(record) : { became: 'closed' });
    if (handle === undefined || bad) return;
    this.open.drop(handle);
    this.activities.drop(handle);
  }

  private connecting(record: EtwRecord): void {
    const known = this.find(record, 'Connection', 'SocketHandle');
    const label = textField(record, 'Address') || 'connection';
    const connection = known ?? this.made(record, 'connection', ['Connection', 'SocketHandle'], processOf(this.handles, record), label);
    this.tell(record, connection, { phase: { edge: 'begin', kind: 'connect', label: `connect ${label}` } });
  }

  private socketClosed(record: EtwRecord): void {
    const connection = this.find(record, 'Endpoint', 'Socket');
    this.tell(record, connection, { became: 'closed' });
    if (connection !== undefined) this.open.drop(connection);
  }

  private onRequest(record: EtwRecord): void {
    const byActivity = record.activity === '' ? undefined : this.activities.get(record.process, record.activity);
    this.tell(record, this.find(record, 'Request', 'RequestHandle') ?? byActivity, TOLD[record.id]?.(record));
  }

  private find(record: EtwRecord, ...names: readonly string[]): HandleId | undefined {
    for (const name of names) {
      const value = hexField(record, name);
      const known = value === undefined ? undefined : this.open.get(record.process, value);
      if (known !== undefined) return known;
    }
    return undefined;
  }

  private tell(record: EtwRecord, handle: HandleId | undefined, told: Told = {}): void {
    this.handles.tell(momentOf(record), handle ?? processOf(this.handles, record), told);
  }
}

function failure(record: EtwRecord): Told {
  return { error: numberField(record, 'Error'), failed: true };
}

const failureIf = (record: EtwRecord): Told => (numberField(record, 'Error') === 0 ? {} : failure(record));

/** What an event says of its request beside its fields. */
const TOLD: Readonly<Record<number, (record: EtwRecord) => Told>> = {
  130: () => ({ phase: { edge: 'begin', kind: 'send', label: 'send' } }),
  131: (record) => ({ ...failureIf(record), phase: { edge: 'end' } }),
  132: () => ({ phase: { edge: 'begin', kind: 'receive', label: 'receive' } }),
  133: failureIf,
  134: (record) => ({ ...failureIf(record), phase: { edge: 'end' } }),
  136: () => ({ became: 'cancelled' }),
  137: failureIf,
  205: (record) => ({ phase: { edge: 'begin', kind: 'resolve', label: `resolve ${textField(record, 'HostName')}`.trim() } }),
  206: () => ({ phase: { edge: 'end' } }),
  207: (record) => ({ ...failureIf(record), phase: { edge: 'end' } }),
};
