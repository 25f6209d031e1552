import type { CallEvent, EventFields } from '../../../preload/contract/event';
import type { HandleId, Seq } from '../../../preload/contract/ids';
import { pageOf } from '../../trace/event-words';
import { BoundedMap } from '../bounded-map';
import type { Rule } from '../rule';
import { called } from '../scene';

export const urlRemovedInFlight: Rule = {
  id: 'url-removed-in-flight',
  severity: 'warning',
  page: pageOf('HttpRemoveUrlFromUrlGroup'),
  says: 'A URL was removed while requests that came by it were not yet answered.',
  fix: 'Stop receiving, answer what is in flight, then remove the URL.',
  watch: (scene, report) => {
    const urls = new BoundedMap<HandleId, string>();
    const before = new Map<Seq, readonly HandleId[]>();
    const note = (out: EventFields, created: HandleId | undefined): void => {
      const url = urlOf(out);
      if (created !== undefined && url !== undefined) urls.set(created, url);
    };
    return {
      call: (event) => {
        const removed = removedUrl(event);
        if (removed === undefined) return;
        const inFlight = [...urls].filter(([, url]) => isBelow(url, removed)).map(([id]) => id);
        if (inFlight.length > 0) before.set(event.seq, inFlight);
      },
      returned: (event, call) => {
        note(event.out, event.created?.id);
        const inFlight = before.get(event.call);
        before.delete(event.call);
        if (inFlight === undefined || event.outcome !== 'success' || call === undefined) return;
        report({
          handles: [call.handle, ...inFlight], events: [call.seq], culprit: call,
          message: `${called(call)} removed ${removedUrl(call) ?? ''} from ${scene.name(call.handle)} while ${scene.names(inFlight)} ${inFlight.length === 1 ? 'was' : 'were'} not answered.`,
        });
      },
      completion: (event) => note(event.out, event.created?.id),
      state: (node) => { if (node.endedAt !== undefined) urls.delete(node.id); },
    };
  },
};

function removedUrl(event: CallEvent): string | undefined {
  const url = event.api === 'HttpRemoveUrlFromUrlGroup' ? event.args['pFullyQualifiedUrl'] : event.api === 'HttpRemoveUrl' ? event.args['FullyQualifiedUrl'] : undefined;
  return typeof url === 'string' && url !== '0x0' ? url : undefined;
}

function urlOf(out: EventFields): string | undefined {
  const request = out['RequestBuffer'];
  const cooked = typeof request === 'object' && 'CookedUrl' in request ? request['CookedUrl'] : undefined;
  const url = typeof cooked === 'object' && 'pFullUrl' in cooked ? cooked['pFullUrl'] : undefined;
  return typeof url === 'string' ? url : undefined;
}

/** Whether a URL came by a prefix: the same scheme and port, and a path that begins with it; the host may be a wildcard. */
function isBelow(url: string | undefined, prefix: string): boolean {
  const parts = url === undefined ? undefined : PARTS.exec(url);
  const wanted = PARTS.exec(prefix);
  if (parts?.groups === undefined || wanted?.groups === undefined) return false;
  const { scheme, host, port, path = '/' } = parts.groups;
  const any = wanted.groups['host'] === '+' || wanted.groups['host'] === '*';
  const samePlace = scheme?.toLowerCase() === wanted.groups['scheme']?.toLowerCase() && port === wanted.groups['port'];
  return samePlace && (any || host?.toLowerCase() === wanted.groups['host']?.toLowerCase()) && path.startsWith(wanted.groups['path'] ?? '/');
}

const PARTS = /^(?<scheme>https?):\/\/(?<host>\[[^\]]*\]|[^:/]*)(?::(?<port>\d+))?(?<path>\/.*)?$/i;
