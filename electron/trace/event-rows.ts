import { ruleOfOrigin } from '../../preload/contract/answer-rule';
import { milliseconds } from '../../preload/contract/number-words';
import { describeError } from '../../preload/contract/win32/constant-table';
import type { TraceEvent } from '../../preload/contract/event';
import type { EventRow, Tone } from '../../preload/contract/query';
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

/** What a row says, but for the label of its handle: the text that a search looks into. */
export function rowWords(event: TraceEvent, tree: HandleTree): string {
  const { detail, result } = words(event, tree);
  return `${eventTitle(event)} ${detail} ${result}`;
}

function words(event: TraceEvent, tree: HandleTree): { readonly detail: string; readonly result: string; readonly tone: Tone } {
  switch (event.kind) {
    case 'call': {
      const rule = ruleOfOrigin(event.origin);
      return { detail: [callWords(event), ...(rule === undefined ? [] : [`by ${rule}`])].filter((part) => part !== '').join(' · '), result: '', tone: 'plain' };
    }
    case 'return': return { detail: outWords(event.out), result: resultWords(event), tone: outcomeTone(event) };
    case 'callback': {
      if (event.payload.kind !== 'async-result') return { detail: payloadWords(event), result: '', tone: 'plain' };
      const { dwResult, dwError } = event.payload;
      const failed = dwResult === '0x0';
      return { detail: payloadWords(event), result: failed ? describeError(dwError).name ?? String(dwError) : 'success', tone: failed ? 'bad' : 'good' };
    }
    case 'callback-return': return { detail: `it held thread ${event.thread} for ${milliseconds(event.duration)}`, result: '', tone: 'plain' };
    case 'completion':
      return { detail: `${event.bytes} bytes`, result: event.error === 0 ? 'NO_ERROR' : errorWords(event.error), tone: event.error === 0 ? 'good' : 'bad' };
    case 'connection': {
      const lost = event.lost.map((id) => tree.get(id)?.label ?? `#${id}`);
      return { detail: [event.remote, ...lost.map((label) => `lost with it: ${label}`)].join(' · '), result: '', tone: lost.length > 0 ? 'bad' : 'plain' };
    }
    case 'note': return { detail: event.text, result: '', tone: event.level === 'error' ? 'bad' : 'plain' };
    case 'engine-lost': return { detail: event.reason, result: '', tone: 'bad' };
    case 'observed':
      return { detail: outWords(event.fields), result: event.error === 0 ? '' : errorWords(event.error), tone: event.error !== 0 || event.failed === true ? 'bad' : 'plain' };
  }
}
