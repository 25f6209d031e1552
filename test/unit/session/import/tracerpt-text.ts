import { etwEvent } from '../../../../electron/session/import/etw/manifest';
import type { EtwProvider } from '../../../../electron/session/import/etw/etw-record';

/** One event to be written as tracerpt writes it. */
export interface WrittenEvent {
  readonly provider: EtwProvider;
  readonly id: number;
  readonly version?: number;
  /** Milliseconds since the first. */
  readonly time: number;
  readonly process?: number;
  readonly thread?: number;
  readonly activity?: string;
  readonly fields: Readonly<Record<string, string>>;
}

const GUIDS: Readonly<Record<EtwProvider, string>> = {
  'Microsoft-Windows-WinINet': '{43d1a55c-76d6-4f7e-995c-64c711e5cafe}',
  'Microsoft-Windows-WebIO': '{50b3e73c-9370-461d-bb9f-26f32d68887d}',
  'Microsoft-Windows-HttpService': '{dd5ef90a-6398-47a4-ad34-4dcecdef795f}',
};
const NO_ACTIVITY = '{00000000-0000-0000-0000-000000000000}';
/** 2026-11-22T10:00:00Z. */
export const BEGAN = Date.UTC(2026, 10, 22, 10);

/** The values in the order of the manifest: an event without its fields would be none that tracerpt writes. */
function values({ provider, id, version = 0, fields }: WrittenEvent): readonly (readonly [string, string])[] {
  const known = etwEvent(provider, id, version)?.fields ?? [];
  const strange = Object.keys(fields).filter((name) => !known.includes(name));
  if (strange.length > 0) throw new Error(`${provider} ${id} has no field ${strange.join(', ')}`);
  return known.map((name) => [name, fields[name] ?? (name.endsWith('Length') ? '       0' : '')]);
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** `tracerpt -of XML`: numbers padded with blanks, CR LF, tabs, and words of the machine's language beside the numbers. */
export function xmlEvent(event: WrittenEvent): string {
  const { provider, id, version = 0, time, process = 2480, thread = 3396, activity = NO_ACTIVITY } = event;
  const instant = new Date(BEGAN + Math.floor(time)).toISOString().replace(/\.(\d{3})Z$/, (_, ms: string) => `.${ms}${String(Math.floor((time % 1) * 1e6)).padStart(6, '0')}Z`);
  return `<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event">\r
\t<System>\r
\t\t<Provider Name="${provider}" Guid="${GUIDS[provider]}" />\r
\t\t<EventID>${id}</EventID>\r
\t\t<Version>${version}</Version>\r
\t\t<Level>4</Level>\r
\t\t<Task>${id}</Task>\r
\t\t<Opcode>0</Opcode>\r
\t\t<Keywords>0x8000000000000001</Keywords>\r
\t\t<TimeCreated SystemTime="${instant}" />\r
\t\t<Correlation ActivityID="${activity}" />\r
\t\t<Execution ProcessID="${process}" ThreadID="${thread}" ProcessorID="1" KernelTime="30" UserTime="0" />\r
\t\t<Channel>Microsoft-Windows-WinINet/Analytic</Channel>\r
\t\t<Computer />\r
\t</System>\r
\t<EventData>\r
${values(event).map(([name, value]) => `\t\t<Data Name="${name}">${escaped(value)}</Data>\r\n`).join('')}\t</EventData>\r
\t<RenderingInfo Culture="de-DE">\r
\t\t<Level>Informationen </Level>\r
\t\t<Message>Das Handle wurde erstellt. </Message>\r
\t</RenderingInfo>\r
</Event>\r
`;
}

export function xmlTrace(events: readonly WrittenEvent[]): string {
  return `<Events>\r\n${events.map(xmlEvent).join('')}</Events>\r\n`;
}

export const CSV_HEADER = 'Event Name,       Type,   Event ID,    Version,    Channel,      Level,     Opcode,       Task,            Keyword,        PID,        TID, Processor Number,          Instance ID,   Parent Instance ID,                          Activity ID,                  Related Activity ID,           Clock-Time, Kernel(ms),   User(ms),  User Data\r\n';

/** `tracerpt -of CSV`: padded columns, then as many values as the event has, texts in quotes. */
export function csvEvent(event: WrittenEvent): string {
  const { provider, id, version = 0, time, process = 2480, thread = 3396, activity = NO_ACTIVITY } = event;
  const clock = (BigInt(BEGAN) * 10_000n + 116_444_736_000_000_000n + BigInt(Math.round(time * 10_000))).toString();
  const hex = (number: number): string => `0x${number.toString(16).toUpperCase().padStart(8, '0')}`;
  const user = values(event).map(([, value]) => (/^(0x[0-9a-f]+|\s*\d+)$/i.test(value) ? value.padStart(10) : `"${value.replaceAll('"', '""')}"`));
  const columns = [provider, '         0', String(id).padStart(11), String(version), '16', '4', '0', String(id), '0x8000000000000001', hex(process), hex(thread), '1', '', '', activity, '', clock, '30', '15'];
  return `${[...columns, ...user].join(', ')}\r\n`;
}

export function csvTrace(events: readonly WrittenEvent[]): string {
  return CSV_HEADER + events.map(csvEvent).join('');
}
