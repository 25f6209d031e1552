import { ImportedHandles } from '../imported-handles';
import { Tally, type Emit, type ReadCounts, type TraceReader } from '../trace-reader';
import { ETW_PROVIDERS, type EtwProvider, type EtwRecord } from './etw-record';
import { HttpServiceFold } from './http-service-fold';
import { TracerptCsv } from './tracerpt-csv';
import { TracerptXml } from './tracerpt-xml';
import { WebIoFold } from './webio-fold';
import { WinInetFold } from './wininet-fold';

/** ETW of other programs, as `tracerpt -of XML` or `tracerpt -of CSV` wrote it. */
export class EtwReader implements TraceReader {
  private readonly tally = new Tally();
  private readonly source: TracerptXml | TracerptCsv;
  private readonly folds: Readonly<Record<EtwProvider, { observe(record: EtwRecord): void }>>;
  private told = 0;

  constructor(format: 'xml' | 'csv', emit: Emit) {
    const handles = new ImportedHandles(emit);
    this.folds = {
      'Microsoft-Windows-WinINet': new WinInetFold(handles), 'Microsoft-Windows-WebIO': new WebIoFold(handles), 'Microsoft-Windows-HttpService': new HttpServiceFold(handles, emit),
    };
    const deliver = (record: EtwRecord): void => {
      this.told += 1;
      this.folds[record.provider].observe(record);
    };
    this.source = format === 'xml' ? new TracerptXml(deliver, this.tally) : new TracerptCsv(deliver, this.tally);
  }

  write(text: string): string | undefined {
    return this.source.write(text);
  }

  end(): string | undefined {
    this.source.end();
    if (this.told > 0) return undefined;
    const events = this.source.events;
    if (events === 0) return 'there is no event in it.';
    return `of its ${events} events none tells of a handle: it needs the provider ${ETW_PROVIDERS.join(', ')}. Record it again with one of them.`;
  }

  get startedAt(): number | undefined {
    return this.source.startedAt;
  }

  get counts(): ReadCounts {
    return this.tally.counts;
  }
}
