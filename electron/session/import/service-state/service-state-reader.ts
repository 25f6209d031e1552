import type { EventFields } from '../../../../preload/contract/event';
import type { HandleId } from '../../../../preload/contract/ids';
import { ImportedHandles } from '../imported-handles';
import { Tally, type Emit, type ReadCounts, type TraceReader } from '../trace-reader';
import { blocksOf, type StateBlock } from './state-blocks';
import { MOST_LINES, StateLines } from './state-lines';

const LONGEST_LINE = 64 * 1024;

/** What `netsh http show servicestate` prints, in either layout, any language and with old or new fields. */
export class ServiceStateReader implements TraceReader {
  private readonly tally = new Tally();
  private readonly handles: ImportedHandles;
  private readonly lines = new StateLines();
  private rest = '';

  constructor(emit: Emit) {
    this.handles = new ImportedHandles(emit);
  }

  write(text: string): string | undefined {
    const lines = `${this.rest}${text}`.split(/\r\n|\n/);
    this.rest = lines.pop() ?? '';
    for (const line of lines) this.lines.add(line);
    if (this.rest.length > LONGEST_LINE) return `line ${this.lines.lines + 1} has more than ${LONGEST_LINE} characters.`;
    return this.lines.lines > MOST_LINES ? `it has more than ${MOST_LINES} lines.` : undefined;
  }

  end(): string | undefined {
    if (this.rest !== '') this.lines.add(this.rest);
    const blocks = blocksOf(this.lines.roots);
    if (blocks.length === 0) return 'there is no session, URL group or queue in it. Take it with `netsh http show servicestate view=session verbose=yes`, as an administrator.';
    const root = this.handles.process(moment('snapshot', {}), 'http.sys', 'HTTP service', 'as netsh saw it at one moment');
    const seen = new Map<string, HandleId>();
    for (const block of blocks) this.add(block, root, root, seen);
    return undefined;
  }

  readonly startedAt = undefined;

  get counts(): ReadCounts {
    return this.tally.counts;
  }

  private add(block: StateBlock, around: HandleId, root: HandleId, seen: Map<string, HandleId>): void {
    switch (block.kind) {
      case 'server-session': {
        const session = this.make(block, root, seen);
        for (const inner of block.inside) this.add(inner, session, root, seen);
        return;
      }
      case 'url-group': {
        // In the view of queues a group has its session below it; by the API it is the other way round.
        const [session] = block.inside.filter(({ kind }) => kind === 'server-session').map((inner) => this.make(inner, root, seen));
        this.make(block, session ?? around, seen);
        return;
      }
      case 'request-queue':
        this.make(block, root, seen);
        for (const inner of block.inside) this.add(inner, root, root, seen);
    }
  }

  private make(block: StateBlock, parent: HandleId, seen: Map<string, HandleId>): HandleId {
    const { kind, head, urls, processes } = block;
    const key = `${kind} ${head.value}`;
    const known = kind === 'request-queue' ? undefined : seen.get(key);
    if (known !== undefined) return known;
    const programs = processes.map(({ id, image }) => (image === '' ? `pid ${id}` : `${image.slice(image.lastIndexOf('\\') + 1)} (${id})`)).join(', ');
    const handle = this.handles.make(moment(head.key, fieldsOf(block)), {
      kind, parent, raw: kind === 'request-queue' ? head.value : `0x${head.value}`, label: labelOf(block), detail: [programs, ...urls].filter((part) => part !== '').join(' '),
    });
    seen.set(key, handle);
    return handle;
  }
}

function moment(name: string, fields: EventFields) {
  return { time: 0, thread: 0, source: 'netsh', name, fields };
}

function labelOf({ kind, head, urls }: StateBlock): string {
  switch (kind) {
    case 'server-session': return `Session ${head.value}`;
    case 'url-group': return urls[0] ?? `URL group ${head.value}`;
    case 'request-queue': return head.value;
  }
}

const MOST_VALUES = 100;

/** What netsh says of it, in its own words; a name that comes twice keeps its first value. */
function fieldsOf({ values, urls, processes }: StateBlock): EventFields {
  const fields: Record<string, string | readonly string[]> = {};
  for (const [name, value] of values.slice(0, MOST_VALUES)) fields[name === '' ? 'note' : name] ??= value;
  if (urls.length > 0) fields['URLs'] = urls;
  if (processes.length > 0) fields['processes'] = processes.map(({ id, image }) => (image === '' ? String(id) : `${id} ${image}`));
  return fields;
}
