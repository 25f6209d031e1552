import { describe, expect, it } from 'vitest';
import { failures, openRequest, OPEN_SERVER, run } from './run';

const SLOW = `
scenario: x
server:
  routes:
    /slow: { delay: 700, body: late }
    /ok: { headers: { X-A: b }, body: hello }
steps:${openRequest('/slow')}`;

const OK = SLOW.replace(openRequest('/slow'), openRequest('/ok'));

const SERVER = `
scenario: x
ports: [port]
steps:${OPEN_SERVER}`;

describe('a run of a client', () => {
  it('holds the example of the language', async () => {
    const result = await run(`${SLOW}
  - call: HttpSendRequest
    with: { hRequest: $request }
    expect: { returns: false, lastError: ERROR_IO_PENDING }
  - wait: { callback: INTERNET_STATUS_REQUEST_SENT, handle: $request, within: 2000 }
    as: sent
    expect: { value: { above: 20 }, length: 4, thread: other }
  - call: InternetCloseHandle
    with: { hInternet: $request }
    expect: { returns: true, lastError: ERROR_IO_PENDING }
  - expect:
      callbacks:
        handle: $request
        ordered:
          - { status: INTERNET_STATUS_REQUEST_COMPLETE, dwResult: 0, dwError: ERROR_INTERNET_OPERATION_CANCELLED, context: 3, via: default }
          - INTERNET_STATUS_HANDLE_CLOSING
        last: INTERNET_STATUS_HANDLE_CLOSING
        quiet: 100
      that: [{ value: $sent.context, is: 3 }, { value: $server.requests, is: 1 }]
      tree: { $request: closed, $connection: open }
      findings: { no-use-after-close: 0 }
  - expectTrace: [closing-is-last, one-complete-per-pending, complete-before-closing, no-use-after-close]
`);
    expect(failures(result)).toEqual([]);
    expect(result.passed).toBe(true);
  });

  it('matches the whole sequence, counts, each, forbidden, threads and payloads', async () => {
    const result = await run(`${OK}
  - mark: before
  - call: HttpSendRequest
    with: { hRequest: $request }
    as: send
  - wait: { done: $send }
    expect: { result: 0, dwResult: 1 }
  - expect:
      callbacks:
        handle: $request
        since: before
        exactly:
          - { status: INTERNET_STATUS_RESOLVING_NAME, value: $server.host, length: { above: 0 } }
          - { status: INTERNET_STATUS_NAME_RESOLVED, value: 127.0.0.1, length: len(value) + 1 }
          - { status: INTERNET_STATUS_CONNECTING_TO_SERVER, length: '=len(value) + 1', repeats: true }
          - INTERNET_STATUS_CONNECTED_TO_SERVER
          - INTERNET_STATUS_SENDING_REQUEST
          - { status: INTERNET_STATUS_COOKIE_SENT, optional: true }
          - { status: INTERNET_STATUS_REQUEST_SENT, value: '=len($server.request.text)' }
          - INTERNET_STATUS_RECEIVING_RESPONSE
          - { status: INTERNET_STATUS_RESPONSE_RECEIVED, value: { above: 0 } }
          - { status: INTERNET_STATUS_REQUEST_COMPLETE, value: { dwResult: 1, dwError: 0 } }
        counts: { INTERNET_STATUS_REQUEST_COMPLETE: 1, INTERNET_STATUS_CONNECTING_TO_SERVER: { min: 1 } }
        each: [{ status: INTERNET_STATUS_REQUEST_COMPLETE, length: 16 }]
        forbidden: [INTERNET_STATUS_REDIRECT, { status: INTERNET_STATUS_REQUEST_COMPLETE, dwResult: 0 }]
        thread: other
  - call: HttpQueryInfo
    with: { hRequest: $request, dwInfoLevel: [HTTP_QUERY_STATUS_CODE, HTTP_QUERY_FLAG_NUMBER] }
    as: status
    expect: { returns: true, out: { lpBuffer: 200, lpdwBufferLength: 4 } }
  - call: HttpQueryInfoA
    with: { hRequest: $request, dwInfoLevel: HTTP_QUERY_RAW_HEADERS_CRLF, lpdwBufferLength: 10 }
    expect: { returns: false, lastError: ERROR_INSUFFICIENT_BUFFER, out: { lpBuffer: { unchanged: true }, lpdwBufferLength: { above: 10 } } }
  - readAll: { hFile: $request, size: 3 }
    as: body
    expect: { text: hello, bytes: 5 }
  - expect: { that: [{ value: $status.lpBuffer, is: 200 }, { value: $body.text, starts: hel, ends: lo }, { value: $request, not: $connection }] }
`);
    expect(failures(result)).toEqual([]);
  });

  it('says what was expected and what was observed, with the names of the constants', async () => {
    const result = await run(`${OK}
  - call: HttpSendRequest
    with: { hRequest: $request }
    as: send
    expect: { returns: true, lastError: ERROR_INVALID_HANDLE }
  - wait: { done: $send }
  - expect: { callbacks: { handle: $request, ordered: [INTERNET_STATUS_REDIRECT], within: 50 }, tree: { $request: closed } }
`);
    expect(result.passed).toBe(false);
    expect(failures(result)).toEqual([
      '5: returns: expected TRUE, observed FALSE',
      '5: lastError: expected ERROR_INVALID_HANDLE (6), observed 997 (ERROR_IO_PENDING)',
      expect.stringMatching(/^7: callbacks\.ordered\.0: expected REDIRECT in its place \(REDIRECT\), observed RESOLVING_NAME "127\.0\.0\.1"/),
      '7: tree.$request: expected "closed", observed "open"',
    ]);
  });

  it('acts inside callbacks, and knows recorders by their names', async () => {
    const result = await run(`${SLOW}
  - call: InternetSetStatusCallback
    with: { hInternet: $request, lpfnInternetCallback: second }
    expect: { returns: default }
  - on:
      callback: INTERNET_STATUS_REQUEST_SENT
      handle: $request
      do:
        - call: InternetCloseHandle
          with: { hInternet: $request }
          expect: { returns: true, lastError: ERROR_IO_PENDING }
        - mark: inside
  - call: HttpSendRequest
    with: { hRequest: $request }
    expect: { returns: false, lastError: ERROR_IO_PENDING }
  - expect:
      callbacks: { via: second, last: INTERNET_STATUS_HANDLE_CLOSING }
  - expect:
      callbacks: { since: inside, handle: $request, forbidden: [INTERNET_STATUS_RESPONSE_RECEIVED] }
`);
    expect(failures(result)).toEqual([]);
    expect(result.steps.map(({ step }) => step.path)).toContain('6.1');
  });

  it('fails when what an `on` expects never came to be looked at', async () => {
    const result = await run(`${OK}
  - on:
      callback: INTERNET_STATUS_REDIRECT
      do: [{ call: InternetCloseHandle, with: { hInternet: $request }, expect: { returns: true } }]
`);
    expect(failures(result)).toEqual([expect.stringContaining('its steps never ran')]);
  });

  it('closes what is open at the end, children before parents, unless told to leave it', async () => {
    const closing = await run(OK);
    expect(closing.passed).toBe(true);
    const left = await run(`leave: true${OK}`);
    expect(left.passed).toBe(true);
  });

  it('takes either of two expectations, and explains when neither holds', async () => {
    const either = (error: string): Promise<readonly string[]> => run(`
scenario: x
steps:
  - call: InternetCloseHandle
    with: { hInternet: 0 }
    expect: { either: [{ returns: true }, { returns: false, lastError: ${error} }] }
`).then(failures);
    expect(await either('ERROR_INVALID_HANDLE')).toEqual([]);
    expect(await either('ERROR_IO_PENDING')).toEqual([expect.stringContaining('returns TRUE, or returns FALSE, last error ERROR_IO_PENDING (997)')]);
  });

  it('fails a step that names what is not bound yet, and goes on', async () => {
    const result = await run(`
scenario: x
steps:
  - call: InternetCloseHandle
    with: { hInternet: $later }
  - call: InternetOpen
    as: later
    expect: { returns: handle }
`);
    expect(failures(result)).toEqual([expect.stringContaining('$later is not bound yet')]);
    expect(result.steps[1]?.state).toBe('passed');
  });

  it('stops when asked, and closes what it opened', async () => {
    const controller = new AbortController();
    const result = await run(`${SLOW}\n  - wait: { ms: 600000 }\n  - wait: { ms: 600000 }\n`, {
      signal: controller.signal,
      onStep: ({ step }) => { if (step.path === '4') controller.abort(); },
    });
    expect(result.stopped).toBe(true);
    expect(result.passed).toBe(false);
    expect(result.steps.length).toBe(4);
  });
});

describe('a run of a server', () => {
  it('receives, answers and cancels with structures, OVERLAPPED and clients', async () => {
    const result = await run(`${SERVER}
  - call: HttpReceiveHttpRequest
    with: { RequestQueueHandle: $queue, overlapped: true }
    as: receive
    expect: { returns: ERROR_IO_PENDING }
  - call: GetOverlappedResult
    with: { hFile: $queue, lpOverlapped: $receive, bWait: false }
    expect: { returns: false, lastError: ERROR_IO_INCOMPLETE }
  - client: { connect: { port: $port } }
    as: c
  - client: { send: { on: $c, text: "POST /a?b HTTP/1.1\\r\\nHost: localhost:$port\\r\\nContent-Length: 3\\r\\nX-Own: 1\\r\\n\\r\\nabc" } }
    as: sent
    expect: { bytes: { above: 60 } }
  - wait: { overlapped: $receive }
    expect: { result: NO_ERROR, bytes: { above: '=sizeof(HTTP_REQUEST_V1)' } }
  - call: WaitForSingleObject
    with: { hHandle: $receive, dwMilliseconds: 0 }
    expect: { returns: 0 }
  - expect:
      that:
        - { value: $receive.Verb, is: HttpVerbPOST }
        - { value: $receive.RawUrl, is: /a?b }
        - { value: $receive.UrlContext, is: 7 }
        - { value: $receive.Headers.KnownHeaders, only: { Host: 'localhost:$port', Content-Length: 3 } }
        - { value: $receive.Headers.pUnknownHeaders, is: [{ pName: X-Own, pRawValue: 1 }] }
        - { value: $receive.Address.pRemoteAddress, is: '127.0.0.1:$c.port' }
        - { value: $receive.Flags, has: [HTTP_REQUEST_FLAG_MORE_ENTITY_BODY_EXISTS] }
  - call: HttpReceiveRequestEntityBody
    with: { RequestQueueHandle: $queue, RequestId: $receive.RequestId, EntityBufferLength: 20 }
    expect: { returns: NO_ERROR, out: { EntityBuffer: abc, BytesReturned: 3 } }
  - call: HttpSendHttpResponse
    with:
      RequestQueueHandle: $queue
      RequestId: $receive.RequestId
      HttpResponse:
        StatusCode: 418
        Reason: Teapot
        Headers: { KnownHeaders: { Retry-After: 120 }, pUnknownHeaders: [{ pName: X-B, pRawValue: c }] }
        EntityChunks: [pong, { hex: 2121 }]
    expect: { returns: NO_ERROR }
  - client: { receive: { on: $c, until: response } }
    expect: { status: 418, reason: Teapot, headers: { retry-after: 120, X-B: c, Content-Length: 6 }, body: 'pong!!' }
  - client: { expect: { on: $c, closed: false, for: 50 } }
  - expect: { tree: { $queue: open, $receive: completed } }
  - expectTrace: one-completion-per-overlapped
`);
    expect(failures(result)).toEqual([]);
  });

  it('lets a synchronous call wait for what the peers do', async () => {
    const result = await run(`${SERVER}
  - client: { connect: { port: $port } }
    as: c
  - client: { send: { on: $c, text: "GET / HTTP/1.1\\r\\nHost: localhost:$port\\r\\n\\r\\n" } }
  - call: HttpReceiveHttpRequest
    with: { RequestQueueHandle: $queue, RequestBufferLength: '=sizeof(HTTP_REQUEST_V2)' }
    as: small
    expect: { returns: ERROR_MORE_DATA, out: { RequestId: { not: 0 }, BytesReturned: { above: 864 }, RequestBuffer: { Version: { MajorVersion: 0 } } } }
  - call: HttpReceiveHttpRequest
    with: { RequestQueueHandle: $queue, RequestId: $small.RequestId, RequestBufferLength: $small.BytesReturned }
    as: whole
    expect: { returns: NO_ERROR, out: { pRawUrl: / } }
  - expect: { that: [{ value: $whole, is: $small }] }
`);
    expect(failures(result)).toEqual([]);
  });

  it('terminates what it initialized, so that the engine is as before', async () => {
    const result = await run(`${SERVER}
  - expect: { findings: { initialize-balance: 1 } }
`);
    expect(failures(result)).toEqual([]);
  });

  it('posts to a completion port', async () => {
    const result = await run(`${SERVER}
  - call: CreateIoCompletionPort
    with: { FileHandle: $queue, CompletionKey: 9 }
    as: completions
    expect: { returns: handle }
  - call: HttpReceiveHttpRequest
    with: { RequestQueueHandle: $queue, overlapped: true }
    as: receive
    expect: { returns: ERROR_IO_PENDING }
  - call: CancelIoEx
    with: { hFile: $queue, lpOverlapped: $receive }
    expect: { returns: true }
  - call: GetQueuedCompletionStatus
    with: { CompletionPort: $completions, dwMilliseconds: 1000 }
    expect: { returns: false, lastError: ERROR_OPERATION_ABORTED, out: { lpCompletionKey: 9, lpOverlapped: $receive } }
  - wait: { overlapped: $receive }
    expect: { result: ERROR_OPERATION_ABORTED }
`);
    expect(failures(result)).toEqual([]);
  });
});

describe('known differences', () => {
  const file = (observed: string, expected: string): string => `
scenario: x
steps:
  - call: InternetCloseHandle
    with: { hInternet: 0 }
    id: close
    expect: ${expected}
  - mark: after
differs:
  portable:
    close: { observed: ${observed}, why: because }
  wine:
    close: { observed: { returns: true } }
`;
  const TRUE = '{ returns: true }';
  const FALSE = '{ returns: false, lastError: ERROR_INVALID_HANDLE }';

  it('hold the step to what was observed, and report it', async () => {
    const result = await run(file(FALSE, TRUE));
    expect(result.passed).toBe(true);
    expect(result.steps[0]).toMatchObject({ state: 'known-difference', why: 'because' });
  });

  it('fail the run when they disappear', async () => {
    const result = await run(file(TRUE, FALSE));
    expect(failures(result)).toEqual([expect.stringContaining('has disappeared')]);
  });

  it('fail the run when they disappear from a record that fits what is documented, too', async () => {
    const result = await run(file('{ returns: false }', FALSE));
    expect(failures(result)).toEqual([expect.stringContaining('has disappeared')]);
  });

  it('fail the run when they change', async () => {
    const result = await run(file(TRUE, '{ lastError: ERROR_IO_PENDING }'));
    expect(failures(result)).toEqual(['1: returns: expected TRUE, observed FALSE']);
  });

  it('stand in place of what a peer step expects of the end of a connection', async () => {
    const closing = (expected: string, observed: string): string => `
scenario: x
server: {}
steps:
  - client: { connect: { port: $server.port } }
    as: c
  - server: { close: fin }
  - client: { expect: { on: $c, closed: ${expected} } }
    id: end
differs:
  portable: { end: { observed: { closed: ${observed} }, why: because } }
`;
    const held = await run(closing('reset', 'fin'));
    expect(failures(held)).toEqual([]);
    expect(held.steps.at(-1)).toMatchObject({ state: 'known-difference' });
    expect(failures(await run(closing('reset', 'false')))).toEqual([expect.stringContaining('expect.closed')]);
    expect(failures(await run(closing('fin', 'fin')))).toEqual([expect.stringContaining('has disappeared')]);
  });

  it('may vary', async () => {
    const result = await run(file('varies', TRUE));
    expect(result.steps.map(({ state }) => state)).toEqual(['known-difference', 'passed']);
  });

  it('say so when a stub is no stub any more', async () => {
    const result = await run(file('unavailable', TRUE));
    expect(failures(result)).toEqual([expect.stringContaining('expected the function to be unavailable')]);
  });
});
