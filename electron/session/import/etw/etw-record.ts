/** One event of an ETW trace as tracerpt wrote it, in XML or CSV. */
export interface EtwRecord {
  readonly provider: EtwProvider;
  readonly id: number;
  /** Its name in the manifest, with the opcode where several events share the task. */
  readonly name: string;
  readonly process: number;
  readonly thread: number;
  /** Milliseconds since the first event of the file. */
  readonly time: number;
  /** ActivityID, lower case; empty where there is none. */
  readonly activity: string;
  /** Values by their names in the manifest, as text without the blanks that tracerpt pads them with. */
  readonly fields: Readonly<Record<string, string>>;
}

export const ETW_PROVIDERS = ['Microsoft-Windows-WinINet', 'Microsoft-Windows-WebIO', 'Microsoft-Windows-HttpService'] as const;
export type EtwProvider = (typeof ETW_PROVIDERS)[number];

const GUIDS: Readonly<Record<string, EtwProvider>> = {
  '{43d1a55c-76d6-4f7e-995c-64c711e5cafe}': 'Microsoft-Windows-WinINet',
  '{50b3e73c-9370-461d-bb9f-26f32d68887d}': 'Microsoft-Windows-WebIO',
  '{dd5ef90a-6398-47a4-ad34-4dcecdef795f}': 'Microsoft-Windows-HttpService',
};

/** The provider that a name or a GUID means; undefined for one that tells nothing of handles. */
export function etwProvider(nameOrGuid: string): EtwProvider | undefined {
  return ETW_PROVIDERS.find((name) => name === nameOrGuid) ?? GUIDS[nameOrGuid.toLowerCase()];
}

/** An ActivityID as records have it: an all-zero one is none. */
export function knownActivity(text: string): string {
  return /[1-9a-f]/i.test(text) ? text.toLowerCase() : '';
}

/** A pointer or an id in hex without padding; undefined for none and for what is no number. */
export function hexField({ fields }: EtwRecord, name: string): string | undefined {
  const text = fields[name];
  if (text === undefined || !/^(0x[0-9a-f]{1,16}|\d{1,20})$/i.test(text)) return undefined;
  const value = BigInt(text);
  return value === 0n ? undefined : `0x${value.toString(16)}`;
}

/** A count, port or code; 0 where there is none. Decimal or hex, as the manifest has it. */
export function numberField({ fields }: EtwRecord, name: string): number {
  const text = fields[name];
  if (text === undefined) return 0;
  const value = /^0x/i.test(text) ? Number.parseInt(text, 16) : Number(text);
  return Number.isFinite(value) ? value : 0;
}

export function textField({ fields }: EtwRecord, name: string): string {
  return fields[name] ?? '';
}

/** Of a value that may be a whole head or body, what the record keeps, in characters. */
const LONGEST_VALUE = 16_384;

/** The fields as the trace keeps them: lengths that only lay out the event are left out. */
export function keptFields({ fields }: EtwRecord): Readonly<Record<string, string>> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value === '' || /^_?\w+Length$/.test(name)) continue;
    kept[name] = value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE)}… (${value.length} characters)` : value;
  }
  return kept;
}
