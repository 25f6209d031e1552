import type { CallEvent } from '../../../preload/contract/event';
import { isEnded } from '../../../preload/contract/handle';
import type { HandleId, Seq } from '../../../preload/contract/ids';
import { WIN32_ERRORS } from '../../../preload/contract/win32/constants/win32-errors';
import { errorWords, pageOf } from '../../trace/event-words';
import { BoundedMap } from '../bounded-map';
import type { Rule } from '../rule';
import { called, type Scene } from '../scene';

interface Owner {
  readonly handle: HandleId;
  readonly call: Seq;
}

export const urlNotAdded: Rule = {
  id: 'url-not-added',
  severity: 'warning',
  page: pageOf('HttpAddUrlToUrlGroup'),
  says: 'A URL could not be added: another group or process has it, its port is taken, or it is not reserved for this account.',
  fix: 'See who has it: netsh http show servicestate for 183, netsh http show urlacl for 5, the owner of the port for 32.',
  watch: (scene, report) => {
    const owners = new BoundedMap<string, Owner>();
    return {
      observed: (event) => {
        const url = event.name === 'AddUrl' ? event.fields['Url'] : undefined;
        const reason = reasonOf(event.error, undefined, scene);
        if (typeof url !== 'string' || reason === undefined) return;
        report({ handles: [event.handle], events: [event.seq], message: `${url} could not be added to ${scene.name(event.handle)} (event ${event.seq}): ${errorWords(event.error)}; ${reason}.` });
      },
      returned: (event, call) => {
        const url = call === undefined ? undefined : addedUrl(call);
        if (url === undefined || call === undefined) return;
        if (event.outcome === 'success') {
          if (call.handle !== undefined) owners.set(url.toLowerCase(), { handle: call.handle, call: call.seq });
          return;
        }
        const reason = reasonOf(event.error, owners.get(url.toLowerCase()), scene);
        if (reason === undefined) return;
        report({
          handles: [call.handle], events: [call.seq, event.seq], culprit: call,
          message: `${called(call)} could not add ${url} to ${scene.name(call.handle)}: ${errorWords(event.error)}; ${reason}.`,
        });
      },
    };
  },
};

function addedUrl(call: CallEvent): string | undefined {
  const url = call.api === 'HttpAddUrlToUrlGroup' ? call.args['pFullyQualifiedUrl'] : call.api === 'HttpAddUrl' ? call.args['FullyQualifiedUrl'] : undefined;
  return typeof url === 'string' ? url : undefined;
}

function reasonOf(error: number, owner: Owner | undefined, scene: Scene): string | undefined {
  const node = scene.node(owner?.handle);
  switch (error) {
    case WIN32_ERRORS.ERROR_ALREADY_EXISTS:
      return owner !== undefined && node !== undefined && !isEnded(node.state) ? `${scene.name(owner.handle)} added it before (event ${owner.call})` : 'another process or group has it';
    case WIN32_ERRORS.ERROR_SHARING_VIOLATION: return 'a socket of another program holds the port';
    case WIN32_ERRORS.ERROR_ACCESS_DENIED: return 'it is not reserved for this account';
    default: return undefined;
  }
}
