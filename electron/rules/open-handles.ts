import type { LeakGroup, OpenHandle } from '../../preload/contract/finding';
import type { CallEvent, TraceEvent } from '../../preload/contract/event';
import type { HandleNode } from '../../preload/contract/handle';
import { seq, type Seq } from '../../preload/contract/ids';
import type { EventLog } from '../trace/event-log';
import type { Scene } from './scene';

/** Who made a handle: the call that its node names, or the call that its completion ends. */
export interface CreationSite {
  readonly origin: string;
  readonly api: string;
}

/** Open handles by who made them, the oldest first in each group, the largest group first. */
export function leakGroups(scene: Scene, log: EventLog, now: number): readonly LeakGroup[] {
  const groups = new Map<string, { readonly group: Omit<LeakGroup, 'handles'>; readonly handles: OpenHandle[] }>();
  for (const node of scene.liveNodes()) {
    if (node.state !== 'open' || node.kind === 'process') continue;
    const { origin, api } = creationSite(log, node.createdBy);
    const key = `${origin}\n${api}\n${node.kind}`;
    const known = groups.get(key) ?? { group: { origin, api, kind: node.kind }, handles: [] };
    groups.set(key, known);
    known.handles.push(openHandle(node, scene, now));
  }
  return [...groups.values()]
    .map(({ group, handles }) => ({ ...group, handles: handles.sort((a, b) => b.age - a.age) }))
    .sort((a, b) => b.handles.length - a.handles.length);
}

function openHandle(node: HandleNode, scene: Scene, now: number): OpenHandle {
  const used = scene.lastUse(node.id)?.time ?? node.createdAt;
  return { id: node.id, label: node.label, createdBy: node.createdBy, age: now - node.createdAt, idle: now - used, pending: node.pending.length };
}

/** How far before a HANDLE_CREATED the call is looked for that it was made in. */
const CALL_REACH = 50;

/** A trace that came from elsewhere has no origins: there the thread tells the places apart. */
function creationSite(log: EventLog, createdBy: Seq): CreationSite {
  const made = log.has(createdBy) ? log.at(createdBy) : undefined;
  if (made === undefined) return { origin: 'before the history that is kept', api: '' };
  if (made.kind === 'observed') return { origin: `thread ${made.thread}`, api: made.name };
  const call = made.kind === 'call' ? made : callOf(log, made);
  return { origin: call === undefined || call.origin === '' ? `thread ${made.thread}` : call.origin, api: call?.api ?? '' };
}

function callOf(log: EventLog, made: TraceEvent): CallEvent | undefined {
  if (made.kind === 'completion') {
    const call = log.has(made.completes) ? log.at(made.completes) : undefined;
    return call?.kind === 'call' ? call : undefined;
  }
  // HANDLE_CREATED comes inside the call that makes the handle, on the handle that becomes its parent.
  for (let place = made.seq - 1; place >= Math.max(log.first, made.seq - CALL_REACH); place -= 1) {
    const call = log.kindAt(seq(place)) === 'call' && log.handleAt(seq(place)) === made.handle ? log.at(seq(place)) : undefined;
    if (call?.kind === 'call') return call;
  }
  return undefined;
}
