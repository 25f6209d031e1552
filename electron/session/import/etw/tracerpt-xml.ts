import { SaxesParser } from 'saxes';
import type { Tally } from '../trace-reader';
import { etwProvider, knownActivity, type EtwRecord } from './etw-record';
import { isoTime } from './etw-time';
import { etwEvent } from './manifest';

/** Characters that may come without a tag: more is no trace, but an attack on memory. */
const LONGEST_RUN = 32 * 1024 * 1024;
const DEEPEST = 64;
/** Of one value, what is kept, in characters; an event of ETW is at most 64 KiB. */
const LONGEST_VALUE = 256 * 1024;
const MOST_FIELDS = 256;

/** What an <Event> has said so far. */
class OpenEvent {
  provider = '';
  guid = '';
  id = '';
  version = '';
  time = '';
  process = '';
  thread = '';
  activity = '';
  readonly fields: Record<string, string> = {};
  count = 0;
}

/** Takes tracerpt's XML apart as it comes. An element that is damaged costs itself; a document that is none is refused. */
export class TracerptXml {
  /** Elements <Event>, whoever they are of. */
  events = 0;
  private readonly parser = new SaxesParser({ xmlns: false });
  private event: OpenEvent | undefined;
  startedAt: number | undefined;
  private text = '';
  private wanted = false;
  private dataName = '';
  private depth = 0;
  private lastTag = 0;
  private written = 0;
  private refusal: string | undefined;

  constructor(private readonly deliver: (record: EtwRecord) => void, private readonly tally: Tally) {
    this.parser.on('opentag', ({ name, attributes }) => this.open(name, attributes));
    this.parser.on('closetag', ({ name }) => this.close(name));
    const take = (text: string): void => { if (this.wanted && this.text.length < LONGEST_VALUE) this.text += text; };
    this.parser.on('text', take);
    this.parser.on('cdata', take);
    // The parser goes on after what is not well-formed: control characters in a header must not cost the rest.
    this.parser.on('error', (error) => { if (this.refusal === undefined) tally.damaged(error.message.replace(/^(\d+):(\d+): /, 'line $1, column $2: ')); });
  }

  write(text: string): string | undefined {
    this.written += text.length;
    this.parser.write(text);
    if (this.written - this.lastTag > LONGEST_RUN) this.refusal ??= `line ${this.parser.line}: no tag in ${LONGEST_RUN / 1024 / 1024} million characters; this is no output of tracerpt.`;
    return this.refusal;
  }

  end(): void {
    this.tally.truncated = this.depth > 0;
    // What it says of a document that stops is that it stops.
    this.parser.off('error');
    this.parser.on('error', () => undefined);
    this.parser.close();
  }

  private open(name: string, attributes: Readonly<Record<string, string>>): void {
    this.lastTag = this.written;
    this.depth += 1;
    if (this.depth > DEEPEST) this.refusal ??= `line ${this.parser.line}: elements lie more than ${DEEPEST} deep; this is no output of tracerpt.`;
    this.text = '';
    this.wanted = false;
    if (name === 'Event') {
      this.events += 1;
      this.event = new OpenEvent();
      return;
    }
    const { event } = this;
    if (event === undefined) return;
    switch (name) {
      case 'Provider': event.provider ||= attributes['Name'] ?? ''; event.guid ||= attributes['Guid'] ?? ''; break;
      case 'TimeCreated': event.time = attributes['SystemTime'] ?? ''; break;
      case 'Correlation': event.activity = attributes['ActivityID'] ?? ''; break;
      case 'Execution': event.process = attributes['ProcessID'] ?? ''; event.thread = attributes['ThreadID'] ?? ''; break;
      case 'EventID': case 'Version': this.wanted = true; break;
      case 'Data': this.wanted = true; this.dataName = attributes['Name'] ?? ''; break;
      default: break;
    }
  }

  private close(name: string): void {
    this.lastTag = this.written;
    this.depth -= 1;
    const { event } = this;
    if (event === undefined) return;
    switch (name) {
      case 'EventID': event.id = this.text.trim(); break;
      // RenderingInfo has words where System has numbers: the first of a name counts.
      case 'Version': event.version ||= this.text.trim(); break;
      case 'Data':
        if (event.count < MOST_FIELDS) event.fields[this.dataName] = this.text.trim();
        event.count += 1;
        break;
      case 'Event':
        this.event = undefined;
        this.finish(event);
        break;
      default: break;
    }
    this.wanted = false;
  }

  private finish(event: OpenEvent): void {
    if (this.refusal !== undefined) return;
    const provider = etwProvider(event.guid) ?? etwProvider(event.provider);
    const info = provider === undefined ? undefined : etwEvent(provider, Number(event.id), Number(event.version));
    if (provider === undefined || info === undefined) {
      this.tally.skipped += 1;
      return;
    }
    const time = isoTime(event.time);
    if (time === undefined) {
      this.tally.damaged(`line ${this.parser.line}: an event has the time “${event.time.slice(0, 40)}”`);
      return;
    }
    this.startedAt ??= time;
    this.deliver({
      provider, id: Number(event.id), name: info.name, process: Number(event.process) || 0, thread: Number(event.thread) || 0, time: Math.max(0, time - this.startedAt),
      activity: knownActivity(event.activity), fields: event.fields,
    });
  }
}
