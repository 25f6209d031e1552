import type { CallEvent } from '../../../preload/contract/event';
import type { HandleId, Seq } from '../../../preload/contract/ids';
import { signatureOf } from '../../../preload/contract/win32/functions';
import { pageOf } from '../../trace/event-words';
import { BoundedMap } from '../bounded-map';
import type { Rule } from '../rule';
import { called } from '../scene';

interface Use {
  readonly call: Seq;
  readonly api: string;
  readonly handle: HandleId | undefined;
  readonly addresses: readonly string[];
}

export const memoryReusedWhilePending: Rule = {
  id: 'memory-reused-while-pending',
  severity: 'error',
  page: pageOf('HttpReceiveHttpRequest'),
  says: 'An OVERLAPPED or a buffer was given to a call while an earlier one that pends still owns it.',
  fix: 'Give each call under way an OVERLAPPED and a buffer of its own until it has completed.',
  watch: (scene, report) => {
    const owners = new BoundedMap<string, Use>();
    const pending = new BoundedMap<Seq, Use>();
    const release = (call: Seq | undefined): void => {
      const use = call === undefined ? undefined : pending.get(call);
      if (use === undefined) return;
      pending.delete(use.call);
      for (const address of use.addresses) if (owners.get(address)?.call === use.call) owners.delete(address);
    };
    return {
      call: (event) => {
        if (owners.size === 0) return;
        for (const [what, address] of memoryOf(event)) {
          const owner = owners.get(address);
          if (owner === undefined) continue;
          report({
            handles: [event.handle, owner.handle], events: [event.seq, owner.call], culprit: event,
            message: `${called(event)} was given the ${what} at ${address} that ${owner.api} (event ${owner.call}) on ${scene.name(owner.handle)} still owns.`,
          });
        }
      },
      returned: (event, call) => {
        if (event.outcome !== 'pending' || call === undefined || event.api === 'InternetCloseHandle') return;
        const use = { call: call.seq, api: call.api, handle: call.handle, addresses: memoryOf(call).map(([, address]) => address) };
        if (scene.node(call.handle)?.context !== undefined && !scene.node(call.handle)?.pending.some((one) => one.call === call.seq)) return;
        pending.set(call.seq, use);
        for (const address of use.addresses) owners.set(address, use);
      },
      callback: (event) => release(event.completes),
      completion: (event) => release(event.completes),
      state: (node) => {
        // Without callbacks nobody hears of the end of what pended; with its handle it is over.
        if (node.endedAt !== undefined && node.pending.length === 0) for (const use of pending.values()) if (use.handle === node.id) release(use.call);
      },
    };
  },
};

/** The OVERLAPPED and the OUT buffers of a call, by their addresses. */
function memoryOf(call: CallEvent): readonly (readonly [string, string])[] {
  const { dll, params } = signatureOf(call.api);
  // kernel32 only speaks about an OVERLAPPED; the others begin an operation on one.
  if (dll === 'kernel32') return [];
  return Object.entries(params).flatMap(([name, { kind }]): (readonly [string, string])[] => {
    const address = call.args[name];
    if ((kind !== 'overlapped' && kind !== 'out-buffer') || typeof address !== 'string' || address === '0x0') return [];
    return [[kind === 'overlapped' ? 'OVERLAPPED' : name, address]];
  });
}
