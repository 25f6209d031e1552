import * as v from 'valibot';

const NUMBERS = v.record(v.string(), v.number());

/** The part of a NetLog's constants that names what its events say in numbers. */
export const NETLOG_CONSTANTS = v.object({
  logEventTypes: NUMBERS,
  logEventPhase: NUMBERS,
  logSourceType: NUMBERS,
  netError: v.optional(NUMBERS, {}),
  timeTickOffset: v.optional(v.union([v.string(), v.number()])),
  clientInfo: v.optional(v.looseObject({ name: v.optional(v.string()), version: v.optional(v.string()), os_type: v.optional(v.string()) })),
});

/** Names by number, as the very file defines them: the numbers change from one Chrome to the next. */
export class NetLogNames {
  readonly program: string;
  private readonly types: ReadonlyMap<number, string>;
  private readonly sources: ReadonlyMap<number, string>;
  private readonly errors: ReadonlyMap<number, string>;
  private readonly begin: number;
  private readonly end: number;

  constructor({ logEventTypes, logSourceType, logEventPhase, netError, clientInfo }: v.InferOutput<typeof NETLOG_CONSTANTS>) {
    this.types = inverted(logEventTypes);
    this.sources = inverted(logSourceType);
    this.errors = inverted(netError);
    this.begin = logEventPhase['PHASE_BEGIN'] ?? 1;
    this.end = logEventPhase['PHASE_END'] ?? 2;
    this.program = [clientInfo?.name, clientInfo?.version].filter((part) => part !== undefined && part !== '').join(' ') || 'Chrome';
  }

  type(number: number): string {
    return this.types.get(number) ?? `event type ${number}`;
  }

  source(number: number): string {
    return this.sources.get(number) ?? '';
  }

  error(number: number): string {
    const name = this.errors.get(number);
    return name === undefined ? `net error ${number}` : `${number} ${name}`;
  }

  edge(phase: number): 'begin' | 'end' | undefined {
    return phase === this.begin ? 'begin' : phase === this.end ? 'end' : undefined;
  }
}

function inverted(numbers: Readonly<Record<string, number>>): ReadonlyMap<number, string> {
  return new Map(Object.entries(numbers).map(([name, number]) => [number, name]));
}
