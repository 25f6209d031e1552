/** The words of the language, each with what it says: for completion and for the words under the pointer. */
type Words = Readonly<Record<string, string>>;

export const TOP_KEYS: Words = {
  scenario: 'its name, required', title: 'one line for people', source: 'the page that the fact comes from', notes: 'what else to know; “step-id: words” speaks of a step',
  ports: 'names, each bound to a free loopback port', server: 'a scripted HTTP server, bound as $server', ftp: 'a scripted FTP server, bound as $ftp',
  fresh: 'wants an engine in which nothing was called before', leave: 'do not close at the end what the steps left open', steps: 'what is done, required', differs: 'what engines are known to do otherwise',
};

export const VERBS: Words = {
  call: 'one API function', wait: 'until a callback, a completion, a value or a time', on: 'steps inside a callback, on its thread', expect: 'callbacks, values, findings, states of the tree',
  expectTrace: 'invariants over everything observed', mark: 'names this moment', readAll: 'InternetReadFile until it reads nothing', client: 'a peer of a server under test', server: 'the scripted HTTP server by hand',
  ftp: 'the scripted FTP server by hand',
};

export const STEP_KEYS: Words = { with: 'the parameters of the call', as: 'binds what it makes to a name', expect: 'what must come of it', id: 'names the step for notes and differs' };

export const CALL_EXPECT: Words = { returns: 'what the function gives; “handle” is anything but NULL', lastError: 'GetLastError behind it', out: 'OUT parameters by name', either: 'one of these expectations holds' };

export const EXPECT_BODY: Words = { callbacks: 'which callbacks came, and in what order', that: 'values and what they must be', findings: 'how many findings of a rule', tree: 'the state of a handle' };

export const CALLBACKS: Words = {
  handle: 'of this handle', context: 'with this context', via: 'by this recorder', since: 'since a mark or a call', ordered: 'in this order, others between', exactly: 'the whole sequence',
  counts: 'how often each status came', each: 'holds for every one with that status', forbidden: 'none of these', last: 'the last of them', thread: 'same or other', quiet: 'then nothing for so many ms', within: 'ms to wait for what must come',
};

export const CALLBACK_ITEM: Words = {
  status: 'the INTERNET_STATUS', value: 'the decoded payload', length: 'dwStatusInformationLength', context: 'its dwContext', dwResult: 'of INTERNET_ASYNC_RESULT', dwError: 'of INTERNET_ASYNC_RESULT',
  thread: 'same or other', via: 'the recorder', optional: 'it may be missing', repeats: 'it may come several times',
};

export const WAIT: Words = {
  callback: 'until such a callback', overlapped: 'until an OVERLAPPED completes', done: 'until a call has ended', value: 'until a value matches', ms: 'so many milliseconds', handle: 'of this handle', context: 'with this context',
  via: 'by this recorder', since: 'since a mark or a call', count: 'the n-th of them', within: 'ms, 2000 when left out',
};

export const ON: Words = { callback: 'inside which callback', handle: 'of this handle', context: 'with this context', via: 'by this recorder', since: 'since a mark or a call', times: 'how often at most, 1 when left out', do: 'the steps' };

export const MATCHERS: Words = {
  is: 'equals', not: 'matches not', any: 'one of these', min: 'at least', max: 'at most', above: 'more than', below: 'less than', starts: 'begins with', ends: 'ends with', contains: 'contains',
  has: 'has all of these flags', ignoring: 'flags that make no difference, beside is', only: 'these fields and no others', unchanged: 'memory that was not written',
};

export const SERVER: Words = { routes: 'answers by path', tls: 'self-signed' };

export const ANSWER: Words = { delay: 'ms before it', status: '200 when left out', reason: 'the reason phrase', headers: 'a map of them', body: 'the content', raw: 'bytes as they stand', then: 'keep, close or reset' };

export const CLIENT: Words = { connect: 'to a port of 127.0.0.1', send: 'bytes on a connection', receive: 'what came', expect: 'how the connection ends', close: 'fin or reset' };

export const PEER: Words = { send: 'bytes', close: 'fin or reset', receive: 'what came', expect: 'how the connection ends', accept: 'the next connection' };

export const READ_ALL: Words = { hFile: 'the request', size: 'bytes at a time' };

export const THAT: Words = { value: 'what is looked at', ...MATCHERS };
