import type { CallEvent } from '../../../preload/contract/event';
import type { HandleId, Seq } from '../../../preload/contract/ids';
import { errorWords, pageOf } from '../../trace/event-words';
import { BoundedMap } from '../bounded-map';
import type { Report, Rule } from '../rule';
import { called } from '../scene';

interface Child {
  readonly handle: HandleId;
  readonly api: string;
  outcome: string | undefined;
}

interface ParentClose {
  readonly call: CallEvent;
  readonly children: Map<Seq, Child>;
}

export const parentClosedWithPending: Rule = {
  id: 'parent-closed-with-pending',
  severity: 'note',
  page: pageOf('InternetCloseHandle'),
  says: 'A handle was closed while calls were pending on handles below it; the finding says what became of them.',
  fix: 'Close requests before their connection, and connections before their session, once each has completed.',
  watch: (scene, report) => {
    const asked = new Map<Seq, ParentClose>();
    const waiting = new BoundedMap<Seq, ParentClose>();
    const reportOf = ({ call, children }: ParentClose): Report => ({
      handles: [call.handle, ...new Set([...children.values()].map(({ handle }) => handle))], events: [call.seq, ...children.keys()], culprit: call,
      message: `${called(call)} closed ${scene.name(call.handle)} with ${children.size} pending below it: `
        + `${[...children.values()].map(({ handle, api, outcome }) => `${api} on ${scene.name(handle)} ${outcome ?? 'has not completed'}`).join('; ')}.`,
    });
    const settle = (close: ParentClose): void => {
      if ([...close.children.values()].some(({ outcome }) => outcome === undefined)) return;
      waiting.delete(close.call.seq);
      report(reportOf(close));
    };
    return {
      call: (event) => {
        if (event.api !== 'InternetCloseHandle' || event.handle === undefined) return;
        const children = new Map<Seq, Child>();
        for (const id of scene.tree.subtree(event.handle)) {
          const node = id === event.handle || scene.closedBy(id) !== undefined ? undefined : scene.node(id);
          for (const { call, api } of node?.pending ?? []) children.set(call, { handle: id, api, outcome: undefined });
        }
        if (children.size > 0) asked.set(event.seq, { call: event, children });
      },
      returned: (event) => {
        const close = asked.get(event.call);
        asked.delete(event.call);
        if (close === undefined || event.outcome === 'failure') return;
        for (const child of close.children.values()) {
          // Without callbacks the tree counts nothing as pending any more: nobody can ever know.
          if (scene.node(child.handle)?.pending.length === 0) child.outcome ??= 'ended without a callback that would tell how';
        }
        waiting.set(event.call, close);
        settle(close);
      },
      callback: (event) => {
        if (event.completes === undefined) return;
        for (const close of [...asked.values(), ...waiting.values()]) {
          const child = close.children.get(event.completes);
          if (child === undefined) continue;
          const { payload } = event;
          child.outcome = payload.kind === 'async-result' && payload.dwResult === '0x0' ? `completed with ${errorWords(payload.dwError)}` : 'completed with success';
          if (waiting.has(close.call.seq)) settle(close);
        }
      },
      end: (tell, { final }) => {
        if (final) for (const close of waiting.values()) tell(reportOf(close));
      },
    };
  },
};
