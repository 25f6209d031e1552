import type { EventFields, HandleBirth, ObservedEvent } from '../../../preload/contract/event';
import type { HandleKind } from '../../../preload/contract/handle';
import { handleId, type HandleId } from '../../../preload/contract/ids';
import type { Emit } from './trace-reader';

/** When and where something was observed. */
export interface Moment {
  /** Milliseconds since the start of the trace. */
  readonly time: number;
  readonly thread: number;
  readonly source: string;
  readonly name: string;
  readonly fields: EventFields;
}

export type Told = Partial<Pick<ObservedEvent, 'error' | 'failed' | 'phase' | 'became' | 'says'>>;

export interface NewHandle {
  readonly kind: HandleKind;
  readonly parent: HandleId | undefined;
  readonly raw: string;
  readonly label: string;
  readonly detail?: string;
  readonly asynchronous?: boolean;
  readonly connectionId?: string;
}

/** Gives out the ids of an import and says what was observed of them. */
export class ImportedHandles {
  private last = 0;
  private readonly processes = new Map<string, HandleId>();

  constructor(private readonly emit: Emit) {}

  /** A handle that came into being at this moment. */
  make(at: Moment, { kind, parent, raw, label, detail = '', asynchronous, connectionId }: NewHandle, told: Told = {}): HandleId {
    this.last += 1;
    const id = handleId(this.last);
    const created: HandleBirth = { id, kind, parent, raw: own(raw), label: own(label), detail: own(detail), context: undefined, hasCallback: false, asynchronous, connectionId };
    this.say(at, id, told, created);
    return id;
  }

  /** The node above the handles of a program, made when it is first asked for. */
  process(at: Moment, key: string, label: string, detail = ''): HandleId {
    const known = this.processes.get(key);
    if (known !== undefined) return known;
    const made = this.make({ ...at, name: label, fields: {} }, { kind: 'process', parent: undefined, raw: key, label, detail });
    this.processes.set(key, made);
    return made;
  }

  tell(at: Moment, handle: HandleId | undefined, told: Told = {}): void {
    this.say(at, handle, told, undefined);
  }

  private say({ time, thread, source, name, fields }: Moment, handle: HandleId | undefined, { error = 0, ...told }: Told, created: HandleBirth | undefined): void {
    this.emit({ kind: 'observed', source, name, fields, error, created, handle, thread, time, ...told });
  }
}

/** A text of its own: what was cut out of a piece of the file keeps all of that piece in memory, and the tree keeps labels for long. */
function own(text: string): string {
  return Buffer.from(text).toString();
}
