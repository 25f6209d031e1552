import { describeError } from '../../preload/contract/win32/constant-table';
import type { TraceEvent } from '../../preload/contract/event';
import { handleId, seq, type HandleId } from '../../preload/contract/ids';
import type { EventPage, EventQuery, EventRow, Tone } from '../../preload/contract/query';
import type { EventLog } from './event-log';
import { callWords, errorWords, eventTitle, outWords, outcomeTone, payloadWords, resultWords } from './event-words';
import type { HandleTree } from './handle-tree';

/** One event as a line of the list. */
export function eventRow(event: TraceEvent, tree: HandleTree): EventRow {
  const node = event.handle === undefined ? undefined : tree.get(event.handle);
  return {
    seq: event.seq, time: event.time, handle: event.handle, handleLabel: node?.label ?? '', kind: event.kind, title: eventTitle(event),
    thread: event.thread, ...words(event, tree),
  };
}

function words(event: TraceEvent, tree: HandleTree): { readonly detail: string; readonly result: string; readonly tone: Tone } {
  switch (event.kind) {
    case 'call': return { detail: callWords(event), result: '', tone: 'plain' };
    case 'return': return { detail: outWords(event.out), result: resultWords(event), tone: outcomeTone(event) };
    case 'callback': {
      if (event.payload.kind !== 'async-result') return { detail: payloadWords(event), result: '', tone: 'plain' };
      const { dwResult, dwError } = event.payload;
      const failed = dwResult === '0x0';
      return { detail: payloadWords(event), result: failed ? describeError(dwError).name ?? String(dwError) : 'success', tone: failed ? 'bad' : 'good' };
    }
    case 'completion':
      return { detail: `${event.bytes} bytes`, result: event.error === 0 ? 'NO_ERROR' : errorWords(event.error), tone: event.error === 0 ? 'good' : 'bad' };
    case 'connection': {
      const lost = event.lost.map((id) => tree.get(id)?.label ?? `#${id}`);
      return { detail: [event.remote, ...lost.map((label) => `lost with it: ${label}`)].join(' · '), result: '', tone: lost.length > 0 ? 'bad' : 'plain' };
    }
    case 'note': return { detail: event.text, result: '', tone: event.level === 'error' ? 'bad' : 'plain' };
    case 'engine-lost': return { detail: event.reason, result: '', tone: 'bad' };
  }
}

/** A page of the event list; `text` and `handle` narrow it, and `total` counts what is left. */
export function eventPage(log: EventLog, tree: HandleTree, query: EventQuery, revision: number): EventPage {
  const matches = matcher(tree, query);
  if (matches === undefined) {
    const from = log.first + query.offset;
    const end = Math.min(log.length, from + query.count);
    const rows: EventRow[] = [];
    for (let index = from; index < end; index += 1) rows.push(eventRow(log.at(seq(index)), tree));
    return { revision, total: log.length - log.first, offset: query.offset, rows };
  }
  const rows: EventRow[] = [];
  let total = 0;
  for (let index: number = log.first; index < log.length; index += 1) {
    const row = matches(index, log);
    if (row === undefined) continue;
    if (total >= query.offset && rows.length < query.count) rows.push(row);
    total += 1;
  }
  return { revision, total, offset: query.offset, rows };
}

function matcher(tree: HandleTree, query: EventQuery): ((index: number, log: EventLog) => EventRow | undefined) | undefined {
  const text = query.text.trim().toLowerCase();
  const handles = query.handle === undefined ? undefined : new Set<HandleId>(tree.subtree(query.handle));
  if (text === '' && handles === undefined) return undefined;
  return (index, log) => {
    const place = seq(index);
    const handle = log.handleAt(place);
    if (handles !== undefined && (handle === undefined || !handles.has(handleId(handle)))) return undefined;
    const row = eventRow(log.at(place), tree);
    if (text === '') return row;
    return `${row.title} ${row.handleLabel} ${row.detail} ${row.result}`.toLowerCase().includes(text) ? row : undefined;
  };
}
