/** What a new scenario begins with: it runs, and shows the form. */
export const NEW_SCENARIO = `scenario: my-scenario
title: What this shows
source: wininet.InternetCloseHandle, remarks
server:
  routes:
    /slow: { delay: 500, body: late }
steps:
  - call: InternetOpen
    with: { lpszAgent: hinspector, dwAccessType: INTERNET_OPEN_TYPE_DIRECT, dwFlags: [INTERNET_FLAG_ASYNC] }
    as: session
    expect: { returns: handle }
  - call: InternetSetStatusCallback
    with: { hInternet: $session }
  - call: InternetConnect
    with: { hInternet: $session, lpszServerName: $server.host, nServerPort: $server.port, dwService: INTERNET_SERVICE_HTTP, dwContext: 2 }
    as: connection
    expect: { returns: handle }
  - call: HttpOpenRequest
    with: { hConnect: $connection, lpszVerb: GET, lpszObjectName: /slow, dwContext: 3 }
    as: request
    expect: { returns: handle }
  - call: HttpSendRequest
    with: { hRequest: $request }
    expect: { returns: false, lastError: ERROR_IO_PENDING }
  - call: InternetCloseHandle
    with: { hInternet: $request }
    expect: { returns: true, lastError: ERROR_IO_PENDING }
  - expect:
      callbacks:
        handle: $request
        last: INTERNET_STATUS_HANDLE_CLOSING
        quiet: 200
`;
