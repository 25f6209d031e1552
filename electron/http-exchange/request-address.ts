import { isIP } from 'node:net';
import type { CallEvent } from '../../preload/contract/event';
import type { HandleNode } from '../../preload/contract/handle';
import { seq, type HandleId, type Seq } from '../../preload/contract/ids';
import { INTERNET_FLAG } from '../../preload/contract/win32/constants/wininet-flags';
import { numberOf, textOf } from '../trace/event-fields';
import type { Trace } from '../trace/trace';

export interface Address {
  readonly method: string;
  readonly url: string;
}

/** The call that made a handle; undefined where it is not known. */
export type OpeningOf = (handle: HandleId) => Seq | undefined;

/** What a send asked for; undefined for a handle that is no request. */
export function addressOf(trace: Trace, handle: HandleId | undefined, openingOf: OpeningOf, send: CallEvent): Address | undefined {
  if (send.api === 'InternetOpenUrl') return { method: 'GET', url: normal(textOf(send.args['lpszUrl']).trim()) };
  const node = handle === undefined ? undefined : trace.tree.get(handle);
  if (node?.kind !== 'request') return undefined;
  const opened = callAt(trace, openingOf(node.id));
  // Sent again after InternetOpenUrl had made it.
  if (opened?.api === 'InternetOpenUrl') return { method: 'GET', url: normal(textOf(opened.args['lpszUrl']).trim()) };
  const connected = callAt(trace, node.parent === undefined ? undefined : openingOf(node.parent));
  if (opened === undefined || textOf(connected?.args['lpszServerName']) === '') return fromLabels(trace, node);
  const secure = (numberOf(opened.args['dwFlags']) & INTERNET_FLAG.INTERNET_FLAG_SECURE) !== 0;
  const host = textOf(connected?.args['lpszServerName']);
  const port = numberOf(connected?.args['nServerPort']);
  const path = textOf(opened.args['lpszObjectName']);
  return {
    method: textOf(opened.args['lpszVerb']) || 'GET',
    url: normal(`${secure ? 'https' : 'http'}://${isIP(host) === 6 ? `[${host}]` : host}${port === 0 ? '' : `:${port}`}${path.startsWith('/') ? '' : '/'}${path}`),
  };
}

/** The calls that made it were dropped from a full history, or say nothing of it: its row in the tree still says what it is. */
function fromLabels(trace: Trace, { label, parent }: HandleNode): Address {
  const [method = 'GET', path = '/'] = label.split(' ', 2);
  const server = parent === undefined ? undefined : trace.tree.get(parent)?.label;
  return { method, url: normal(`http://${server ?? 'unknown'}${path}`) };
}

function callAt(trace: Trace, place: number | undefined): CallEvent | undefined {
  const event = place === undefined || !trace.log.has(place) ? undefined : trace.log.at(seq(place));
  return event?.kind === 'call' ? event : undefined;
}

/** As browsers write it: the usual port left out, what may not stand in a URL escaped. */
function normal(url: string): string {
  try {
    return new URL(url).href;
  } catch {
    return encoded(url);
  }
}

/** A lone surrogate, which a file may hold, has no encoding. */
function encoded(url: string): string {
  try {
    return encodeURI(url);
  } catch {
    return url;
  }
}

/** Where a redirect leads from an address. */
export function absolute(target: string, base: string): string {
  try {
    return new URL(target, base).href;
  } catch {
    return target;
  }
}
