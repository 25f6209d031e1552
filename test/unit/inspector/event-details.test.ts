import { afterEach, beforeEach, expect, test } from 'vitest';
import { detailsOf } from '../../../electron/inspector/details';
import { detailsText } from '../../../electron/inspector/details-text';
import { buffersIn } from '../../../electron/inspector/value-facts';
import type { TraceEvent } from '../../../preload/contract/event';
import type { Details, RelatedEvent } from '../../../preload/contract/query';
import { App } from './app';

let app: App;
beforeEach(() => { app = new App(); });
afterEach(() => app.dispose());

type EventDetails = Extract<Details, { readonly kind: 'event' }>;

function details(found: TraceEvent | undefined): EventDetails {
  if (found === undefined) throw new Error('no such event');
  const answer = detailsOf(app.trace, { kind: 'event', seq: found.seq }, () => new Uint8Array());
  if (!answer.ok || answer.value.kind !== 'event') throw new Error('no details');
  return answer.value;
}

function event(fits: (one: TraceEvent) => boolean): TraceEvent | undefined {
  return app.events().find((one) => fits(one));
}

const call = (api: string) => event((one) => one.kind === 'call' && one.api === api);
const callback = (status: number) => event((one) => one.kind === 'callback' && one.status === status);
const role = (related: readonly RelatedEvent[], wanted: RelatedEvent['role']): readonly string[] => related.flatMap((one) => (one.role === wanted ? [one.row.title] : []));

async function closedWhilePending(): Promise<void> {
  const handle = await app.client(await app.peer(() => {}), { method: 'POST', body: 'hello' });
  await app.until('it is out', () => app.callbacks(handle).includes('REQUEST_SENT'));
  await app.commands.run({ kind: 'close', handle });
  await app.until('it is closed', () => app.node(handle).state === 'closed');
}

test('flags are taken apart, each with its bits, and bits that are no flag are said', async () => {
  await closedWhilePending();
  const flags = details(call('HttpOpenRequest')).parameters.find(({ name }) => name === 'dwFlags');
  expect(flags?.value).toMatch(/^0x[0-9a-f]+$/);
  expect(flags?.parts?.map(({ name }) => name)).toContain('INTERNET_FLAG_DONT_CACHE');
  const sum = flags?.parts?.reduce((bits, { value }) => (bits | Number(value)) >>> 0, 0);
  expect(sum).toBe(Number(flags?.value));
});

test('the call behind a callback, its return, its completion and what came meanwhile are told, each by its role', async () => {
  await closedWhilePending();
  const sent = details(call('HttpSendRequest')).related;
  expect(role(sent, 'return')).toEqual(['HttpSendRequest']);
  expect(role(sent, 'completion')).toEqual(['REQUEST_COMPLETE']);
  expect(role(sent, 'sibling')).toEqual(expect.arrayContaining(['CONNECTING_TO_SERVER', 'REQUEST_SENT']));
  // A callback of the connection: the call that was under way.
  expect(role(details(callback(20)).related, 'cause')).toEqual(['HttpSendRequest']);
  expect(role(details(callback(100)).related, 'call')).toEqual(['HttpSendRequest']);
  // HANDLE_CLOSING: the close that made it.
  const closing = event((one) => one.kind === 'callback' && one.status === 70);
  expect(role(details(closing).related, 'cause')).toEqual(['InternetCloseHandle']);
});

test('the neighbours on the handle lead from the first event to the last and back', async () => {
  await closedWhilePending();
  const first = call('HttpSendRequest');
  const seen = [first?.seq];
  for (let at = first; at !== undefined;) {
    const next = details(at).related.find((one) => one.role === 'next' || (one.role !== 'previous' && one.row.handle === at?.handle && one.row.seq > (at?.seq ?? 0)));
    at = next === undefined ? undefined : app.events().find(({ seq }) => seq === next.row.seq);
    if (at !== undefined) seen.push(at.seq);
  }
  expect([...seen].sort((a, b) => (a ?? 0) - (b ?? 0))).toEqual(seen);
  expect(seen.length).toBeGreaterThan(3);
});

test('bytes are told by the parameter that holds them, and copied as a dump', async () => {
  await closedWhilePending();
  const shown = details(call('HttpSendRequest'));
  expect(shown.buffers).toEqual([{ name: 'lpOptional', hex: Buffer.from('hello').toString('hex'), length: 5 }]);
  expect(detailsText(shown)).toContain('0000  68 65 6c 6c 6f');
  expect(detailsText(details(call('HttpOpenRequest')))).toContain('INTERNET_FLAG_DONT_CACHE: 0x4000000');
});

test('a buffer inside a structure has its way there for a name', () => {
  expect(buffersIn({ HttpResponse: { pEntityChunks: [{ DataChunkType: 0, pBuffer: { bytes: 9000, hex: '6869' } }] } })).toEqual([{ name: 'HttpResponse.pEntityChunks[0].pBuffer', hex: '6869', length: 9000 }]);
});
