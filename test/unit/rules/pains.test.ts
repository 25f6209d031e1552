import { afterEach, describe, expect, it } from 'vitest';
import { PortableEngine } from '../../../electron/engine/portable/portable-engine';
import { detailsOf } from '../../../electron/inspector/details';
import { Inspector } from '../../../electron/inspector/inspector';
import { loadScenario } from '../../../electron/scenario/load-scenario';
import { runScenario } from '../../../electron/scenario/runner/scenario-run';
import type { Finding } from '../../../preload/contract/finding';
import type { HandleKind, HandleNode } from '../../../preload/contract/handle';
import type { Details } from '../../../preload/contract/query';
import { failures, OPEN_SERVER, openRequest } from '../scenario/run';

let engine: PortableEngine | undefined;

afterEach(async () => {
  await engine?.dispose();
  engine = undefined;
});

/** Runs a scenario on a real engine; what it says must hold, and what the inspector shows of it is the test's. */
async function play(name: string, rest: string): Promise<Inspector> {
  const scenario = loadScenario(`scenario: ${name}\ntitle: ${name}\n${rest}`);
  if (!scenario.ok) throw new Error(scenario.error.map(({ line, column, message }) => `${line}:${column}: ${message}`).join('\n'));
  engine = new PortableEngine();
  const inspector = new Inspector(engine);
  expect(failures(await runScenario(scenario.value, inspector, { engine: 'portable' }))).toEqual([]);
  return inspector;
}

function found({ referee }: Inspector, rule: string): readonly Finding[] {
  return referee.all(true).filter((finding) => finding.rule === rule);
}

function nodeOf({ trace }: Inspector, kind: HandleKind): HandleNode {
  const node = [...trace.tree.all()].find((one) => one.kind === kind);
  if (node === undefined) throw new Error(`no ${kind}`);
  return node;
}

function handleDetails(inspector: Inspector, kind: HandleKind): Extract<Details, { kind: 'handle' }> {
  const details = detailsOf(inspector.trace, { kind: 'handle', handle: nodeOf(inspector, kind).id }, () => new Uint8Array());
  if (!details.ok || details.value.kind !== 'handle') throw new Error('no details');
  return details.value;
}

const SLOW = 'server: { routes: { /slow: { delay: 3000, body: late }, /ok: { body: hello } } }\n';
const RECEIVED = `
  - client: { connect: { port: $port } }
    as: c
  - client: { send: { on: $c, text: "GET / HTTP/1.1\\r\\nHost: localhost:$port\\r\\n\\r\\n" } }
  - call: HttpReceiveHttpRequest
    with: { RequestQueueHandle: $queue }
    as: received
    expect: { returns: NO_ERROR }
`;
const ANSWER = '{ RequestQueueHandle: $queue, RequestId: $received.RequestId, HttpResponse: { StatusCode: 200, pReason: OK } }';
const SEND_SLOW = `
  - call: HttpSendRequest
    with: { hRequest: $request }
    as: send
    expect: { lastError: ERROR_IO_PENDING }
  - wait: { callback: INTERNET_STATUS_REQUEST_SENT, handle: $request }
`;

describe('the pains that people report', () => {
  it('1: HINTERNETs leak, and nothing on the machine lists them', async () => {
    const inspector = await play('leaks', `${SLOW}leave: true\nsteps:${openRequest('/ok')}`);
    expect(found(inspector, 'handle-leaked').map(({ handle }) => inspector.trace.tree.get(handle ?? nodeOf(inspector, 'session').id)?.kind)).toEqual(['session', 'connection', 'request']);
    const groups = inspector.referee.leaks();
    expect(groups.map(({ api, origin }) => [api, origin])).toContainEqual(['HttpOpenRequest', 'leaks, step 4']);
    expect(groups.flatMap(({ handles }) => handles).every(({ age, idle }) => age >= idle && idle >= 0)).toBe(true);
  });

  it('2: handles are not closed on the error path', async () => {
    const inspector = await play('error-path', `ports: [port]\nleave: true\nsteps:
  - call: InternetOpen
    with: { lpszAgent: demo, dwAccessType: INTERNET_OPEN_TYPE_DIRECT }
    as: session
  - call: InternetConnect
    with: { hInternet: $session, lpszServerName: 127.0.0.1, nServerPort: $port, dwService: INTERNET_SERVICE_HTTP }
    as: connection
  - call: HttpOpenRequest
    with: { hConnect: $connection, lpszObjectName: / }
    as: request
  - call: HttpSendRequest
    with: { hRequest: $request }
`);
    const [leak] = found(inspector, 'leaked-on-error');
    expect(leak?.handle).toBe(nodeOf(inspector, 'request').id);
    expect(leak?.message).toMatch(/HttpSendRequest .* failed with 12029 ERROR_INTERNET_CANNOT_CONNECT/);
  });

  it('3: what the payloads of callbacks are: text and raw bytes side by side', async () => {
    const inspector = await play('payload', `${SLOW}steps:${openRequest('/ok')}
  - call: HttpSendRequest
    with: { hRequest: $request }
    as: send
  - wait: { done: $send }
`);
    const connecting = [...inspector.trace.log].find((event) => event.kind === 'callback' && event.status === 20);
    if (connecting === undefined) throw new Error('no CONNECTING_TO_SERVER');
    const details = detailsOf(inspector.trace, { kind: 'event', seq: connecting.seq }, () => new Uint8Array());
    if (!details.ok || details.value.kind !== 'event') throw new Error('no details');
    expect(details.value.facts.find(({ name }) => name === 'Payload')?.value).toContain('127.0.0.1');
    // One byte a character, although the callback was set with the wide function.
    expect(Buffer.from(details.value.buffers[0]?.hex ?? '', 'hex').toString('latin1')).toContain('127.0.0.1');
  });

  it('4: a close that takes long: what was pending, and how long until the handle was gone', async () => {
    const inspector = await play('slow-close', `${SLOW}steps:${openRequest('/slow')}${SEND_SLOW}
  - call: InternetCloseHandle
    with: { hInternet: $request }
    as: close
  - wait: { callback: INTERNET_STATUS_HANDLE_CLOSING, handle: $request }
`);
    const { explained, stillOpen } = handleDetails(inspector, 'request');
    expect(explained.map(({ title }) => title)).toEqual([
      expect.stringMatching(/^InternetCloseHandle on thread \d+ \(slow-close, step 7\)$/), 'HttpSendRequest was pending',
      expect.stringMatching(/^REQUEST_COMPLETE on thread \d+$/), expect.stringMatching(/^HANDLE_CLOSING on thread \d+$/), 'The handle is gone',
    ]);
    expect(stillOpen).toEqual([]);
  });

  it('5: waiting for a HANDLE_CLOSING that cannot come', async () => {
    const inspector = await play('no-context', `${SLOW}steps:${openRequest('/ok').replace('dwContext: 3', 'dwContext: 0')}
  - call: InternetCloseHandle
    with: { hInternet: $request }
`);
    expect(found(inspector, 'no-closing-will-come')[0]).toMatchObject({ handle: nodeOf(inspector, 'request').id, message: expect.stringMatching(/its context is NULL/) });
    expect(handleDetails(inspector, 'request').explained.map(({ title }) => title)).toContain('no HANDLE_CLOSING');
  });

  it('6: a callback after the last one, for a context that is freed', async () => {
    const inspector = await play('late', `${SLOW}steps:${openRequest('/ok')}
  - call: InternetCloseHandle
    with: { hInternet: $request }
  - wait: { callback: INTERNET_STATUS_HANDLE_CLOSING, handle: $request }
`);
    expect(found(inspector, 'closing-is-last')).toEqual([]);
    expect(handleDetails(inspector, 'request').explained.some(({ documented }) => documented.includes('may be freed now'))).toBe(true);
    // No engine here makes the mistake: the trace of one that does.
    const closing = [...inspector.trace.log].find((event) => event.kind === 'callback' && event.status === 70 && event.handle === nodeOf(inspector, 'request').id);
    if (closing?.kind !== 'callback') throw new Error('no HANDLE_CLOSING');
    inspector.trace.append({ ...closing, status: 31, payload: { kind: 'none' }, time: inspector.trace.now() });
    expect(found(inspector, 'closing-is-last')).toMatchObject([{ severity: 'error', handle: nodeOf(inspector, 'request').id }]);
  });

  it('7: a call that blocks inside a callback', async () => {
    const sync = openRequest('/ok').replace('dwFlags: [INTERNET_FLAG_ASYNC]', 'dwFlags: 0');
    const inspector = await play('blocked', `${SLOW}steps:${sync}
  - call: HttpOpenRequest
    with: { hConnect: $connection, lpszObjectName: /ok, dwContext: 4 }
    as: other
  - on:
      callback: INTERNET_STATUS_RESPONSE_RECEIVED
      handle: $request
      times: 1
      do:
        - call: HttpSendRequest
          with: { hRequest: $other }
  - call: HttpSendRequest
    with: { hRequest: $request }
    expect: { returns: true }
`);
    const [blocking] = found(inspector, 'blocking-call-in-callback');
    expect(blocking?.message).toMatch(/HttpSendRequest .* inside RESPONSE_RECEIVED .* on thread \d+/);
  });

  it('8: the handle is invalid: who closed it, and when', async () => {
    const inspector = await play('used', `${SLOW}steps:${openRequest('/ok')}
  - call: InternetCloseHandle
    with: { hInternet: $request }
  - call: HttpSendRequest
    with: { hRequest: $request }
`);
    expect(found(inspector, 'no-use-after-close')).toMatchObject([{ severity: 'error', message: expect.stringMatching(/InternetCloseHandle .* had closed [\d.]+ ms before on thread \d+, by used, step 5/) }]);
  });

  it('9: the client left before the wait for it was registered', async () => {
    const inspector = await play('too-late', `ports: [port]\nsteps:${OPEN_SERVER}${RECEIVED}
  - client: { close: { on: $c } }
  - wait: { ms: 100 }
  - call: HttpWaitForDisconnect
    with: { RequestQueueHandle: $queue, ConnectionId: $received.ConnectionId, overlapped: true }
`);
    expect(found(inspector, 'disconnect-wait-too-late')).toMatchObject([{ severity: 'warning' }]);
  });

  it('10: a disconnect after a good answer is no reason to cancel', async () => {
    const inspector = await play('cancelled-late', `ports: [port]\nsteps:${OPEN_SERVER}${RECEIVED}
  - call: HttpWaitForDisconnect
    with: { RequestQueueHandle: $queue, ConnectionId: $received.ConnectionId, overlapped: true }
    as: gone
  - call: HttpSendHttpResponse
    with: ${ANSWER}
    expect: { returns: NO_ERROR }
  - client: { receive: { on: $c, until: response } }
  - client: { close: { on: $c } }
  - wait: { overlapped: $gone }
  - call: HttpCancelHttpRequest
    with: { RequestQueueHandle: $queue, RequestId: $received.RequestId }
`);
    expect(found(inspector, 'cancel-of-finished')).toMatchObject([{ message: expect.stringMatching(/the last part of the answer to .* was sent/) }]);
  });

  it('11: 1229, and why', async () => {
    const inspector = await play('dead', `ports: [port]\nsteps:${OPEN_SERVER}${RECEIVED}
  - client: { close: { on: $c, how: reset } }
  - wait: { ms: 100 }
  - call: HttpSendHttpResponse
    with: ${ANSWER}
`);
    expect(found(inspector, 'request-id-dead')).toMatchObject([{ message: expect.stringMatching(/1229 ERROR_CONNECTION_INVALID: the connection of .* was gone/) }]);
  });

  it('12: 995, and who aborted', async () => {
    const inspector = await play('aborted', `ports: [port]\nsteps:${OPEN_SERVER}
  - call: HttpReceiveHttpRequest
    with: { RequestQueueHandle: $queue, overlapped: true }
    as: receive
    expect: { returns: ERROR_IO_PENDING }
  - call: CancelIoEx
    with: { hFile: $queue, lpOverlapped: $receive }
  - wait: { overlapped: $receive }
`);
    expect(found(inspector, 'aborted-by')).toMatchObject([{ message: expect.stringMatching(/995 ERROR_OPERATION_ABORTED .*: CancelIoEx \(event \d+\) on thread \d+ by aborted, step 8 did it/) }]);
  });

  it('13: a queue closed under a pending receive, and under a request', async () => {
    const inspector = await play('stopped', `ports: [port]\nsteps:${OPEN_SERVER}${RECEIVED}
  - call: HttpReceiveHttpRequest
    with: { RequestQueueHandle: $queue, overlapped: true }
    as: receive
    expect: { returns: ERROR_IO_PENDING }
  - call: HttpCloseRequestQueue
    with: { RequestQueueHandle: $queue }
`);
    const [closed] = found(inspector, 'queue-closed-with-requests');
    expect(closed).toMatchObject({ severity: 'warning', handles: [nodeOf(inspector, 'request-queue').id, nodeOf(inspector, 'server-request').id] });
    expect(closed?.message).toMatch(/1 pending on it .* not shut down before/);
  });

  it('14: a queue closed twice', async () => {
    const close = '\n  - call: HttpCloseRequestQueue\n    with: { RequestQueueHandle: $queue }';
    const inspector = await play('twice', `ports: [port]\nsteps:${OPEN_SERVER}${close}${close}\n`);
    expect(found(inspector, 'closed-twice')).toMatchObject([{ severity: 'error', handle: nodeOf(inspector, 'request-queue').id }]);
  });

  it('15: who has the URL', async () => {
    const inspector = await play('taken', `ports: [port]\nsteps:${OPEN_SERVER}
  - call: HttpCreateUrlGroup
    with: { ServerSessionId: $session }
    as: another
  - call: HttpAddUrlToUrlGroup
    with: { UrlGroupId: $another, pFullyQualifiedUrl: 'http://localhost:$port/' }
`);
    expect(found(inspector, 'url-not-added')).toMatchObject([{ message: expect.stringMatching(/183 ERROR_ALREADY_EXISTS; URL group #\d+ .* added it before \(event \d+\)/) }]);
  });

  it('16: what a cancel does depends on the protocol, so it says which it was', async () => {
    const inspector = await play('protocol', `ports: [port]\nsteps:${OPEN_SERVER}${RECEIVED}
  - call: HttpCancelHttpRequest
    with: { RequestQueueHandle: $queue, RequestId: $received.RequestId }
    expect: { returns: NO_ERROR }
`);
    expect(handleDetails(inspector, 'server-request').explained[0]?.documented).toContain('This request came by HTTP/1.1.');
  });

  it('and why a handle is still open: what is pending and what is below it', async () => {
    const inspector = await play('open', `${SLOW}leave: true\nsteps:${openRequest('/slow')}${SEND_SLOW}`);
    const why = handleDetails(inspector, 'request').stillOpen.map(({ title }) => title);
    expect(why).toEqual(['Nobody has asked for its end', 'HttpSendRequest is pending', expect.stringMatching(/^Last used: /)]);
    expect(handleDetails(inspector, 'connection').stillOpen.map(({ title }) => title)).toContain('GET /slow is open below it');
  });
});
