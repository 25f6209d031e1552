import { describe, expect, it } from 'vitest';
import { loadScenario } from '../../../electron/scenario/load-scenario';
import type { Problem } from '../../../electron/scenario/language/problem';
import type { Scenario } from '../../../electron/scenario/language/scenario';

function problemsOf(text: string): readonly Problem[] {
  const loaded = loadScenario(text);
  if (loaded.ok) throw new Error('This should be no scenario.');
  return loaded.error;
}

function scenarioOf(text: string): Scenario {
  const loaded = loadScenario(text);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  return loaded.value;
}

const OPEN = `
scenario: x
steps:
  - call: InternetOpen
    with: { lpszAgent: demo }
    as: session
`;

describe('a scenario file', () => {
  it('may be JSON', () => {
    const scenario = scenarioOf('{"scenario": "j", "steps": [{"call": "HttpTerminate", "with": {"Flags": 1}}]}');
    expect(scenario.name).toBe('j');
    expect(scenario.steps[0]?.verb).toBe('call');
  });

  it('keeps 64-bit numbers whole', () => {
    const [step] = scenarioOf('scenario: x\nsteps: [{ call: HttpCloseUrlGroup, with: { UrlGroupId: 0xFA00000060000123 } }]').steps;
    expect(step?.verb === 'call' && step.with[0]?.value).toMatchObject({ kind: 'integer', value: 0xfa00000060000123n });
  });

  it('reads hex digits as they are written', () => {
    const [step] = scenarioOf('scenario: x\nserver: {}\nsteps: [{ server: { send: { hex: 00 } } }]').steps;
    const bytes = step?.verb === 'server' && step.action.kind === 'send' ? step.action.bytes : undefined;
    expect(bytes).toMatchObject({ kind: 'hex', bytes: new Uint8Array([0]) });
  });

  it('takes a pointer parameter with its p left off', () => {
    scenarioOf(`${OPEN}  - call: HttpAddUrlToUrlGroup\n    with: { FullyQualifiedUrl: 'http://localhost:1/' }\n`);
  });

  it('takes the connection of a server step beside the step, too', () => {
    const [, step] = scenarioOf('scenario: x\nserver: {}\nsteps: [{ server: { accept: one } }, { server: { send: ok }, on: $one }]').steps;
    expect(step?.verb === 'server' && step.on).toMatchObject({ kind: 'reference' });
  });

  it('takes as, expect and id beside every verb that gives something', () => {
    const scenario = scenarioOf(`
scenario: x
ports: [port]
server: {}
steps:
  - client: { connect: { port: $port } }
    as: c
    id: one
  - client: { receive: { on: $c, until: response, within: 100 } }
    as: r
    expect: { status: 200, body: { contains: x } }
  - server: { accept: second }
  - server: { send: x, on: $second }
  - server: { receive: 5 }
    expect: { text: hello }
  - wait: { ms: 1 }
    id: two
`);
    expect(scenario.steps.map(({ verb }) => verb)).toEqual(['client', 'client', 'server', 'server', 'server', 'wait']);
    expect(scenario.steps[3]).toMatchObject({ on: { kind: 'reference' } });
  });
});

describe('a file that is no scenario', () => {
  it.each([
    ['not YAML', 'scenario: [x', 1, 13, 'Not YAML'],
    ['a list', '- a\n- b', 1, 1, 'A scenario is a map'],
    ['nothing', '', 1, 1, 'A scenario is a map'],
    ['no steps', 'scenario: x', 1, 1, 'needs `steps`'],
    ['no name', 'steps: []', 1, 1, 'needs `scenario`'],
    ['an unknown key', 'scenario: x\nstep: []\nsteps: []', 2, 1, 'has no key "step". Did you mean "steps"?'],
    ['a key twice', 'scenario: x\nsteps: []\nsteps: []', 3, 1, 'Not YAML'],
    ['a step without a verb', 'scenario: x\nsteps:\n  - cal: InternetOpen', 3, 5, 'Did you mean "call"?'],
    ['an unknown function', 'scenario: x\nsteps:\n  - call: InternetOpn', 3, 11, 'Did you mean "InternetOpen"?'],
    ['an unknown parameter', 'scenario: x\nsteps:\n  - call: InternetOpen\n    with: { lpszAgnt: x }', 4, 13, 'Did you mean "lpszAgent"?'],
    ['an unknown constant', 'scenario: x\nsteps:\n  - call: InternetOpen\n    with: { dwFlags: [INTERNET_FLAG_ASINC] }', 4, 23, 'INTERNET_FLAG_ASYNC'],
    ['an unknown error', `${OPEN}    expect: { lastError: ERROR_IO_PENDIN }`, 7, 26, 'ERROR_IO_PENDING'],
    ['an unbound reference', `${OPEN}  - call: InternetCloseHandle\n    with: { hInternet: $sesion }`, 8, 24, 'Did you mean "session"?'],
    ['a reference inside a text', `${OPEN}  - call: InternetOpen\n    with: { lpszAgent: "a $b" }`, 8, 24, 'Nothing binds $b'],
    ['an unbound since', `${OPEN}  - expect: { callbacks: { since: later, counts: {} } }`, 7, 5, 'Nothing binds $later'],
    ['a single dollar', `${OPEN}  - call: InternetOpen\n    with: { lpszAgent: "5 $ a day" }`, 8, 24, 'written `$$`'],
    ['a sum of nonsense', `${OPEN}  - call: InternetOpen\n    with: { dwFlags: '=1 * 2' }`, 8, 22, 'no part of a sum'],
    ['an unknown structure', `${OPEN}  - call: InternetOpen\n    with: { dwFlags: '=sizeof(HTTP_REQUES_V1)' }`, 8, 22, 'HTTP_REQUEST_V1'],
    ['an unknown OUT parameter', `${OPEN}    expect: { out: { lpBuffer: x } }`, 7, 22, 'no OUT parameter "lpBuffer"'],
    ['a matcher word beside a field', `${OPEN}    expect: { returns: { is: 1, less: 2 } }`, 7, 33, '"less" stands beside the matcher word'],
    ['ignoring without is', `${OPEN}    expect: { returns: { ignoring: [1] } }`, 7, 26, 'stands beside `is`'],
    ['an empty callbacks', `${OPEN}  - expect: { callbacks: { handle: $session } }`, 7, 26, 'expects nothing'],
    ['two waits in one', `${OPEN}  - wait: { ms: 1, done: $session }`, 7, 11, 'waits for one of'],
    ['a negative time', `${OPEN}  - wait: { ms: -1 }`, 7, 17, 'whole number of at least 0'],
    ['an unknown invariant', `${OPEN}  - expectTrace: closing-is-las`, 7, 18, 'Did you mean "closing-is-last"?'],
    ['a server step without a server', `${OPEN}  - server: { close: fin }`, 7, 5, 'needs `server` at the top'],
    ['an unknown status', `${OPEN}  - wait: { callback: INTERNET_STATUS_CLOSED }`, 7, 23, 'no constant that is known'],
    ['a route that is no path', 'scenario: x\nserver: { routes: { slow: {} } }\nsteps: []', 2, 21, 'A route is a path'],
    ['raw beside body', 'scenario: x\nserver: { routes: { /a: { raw: x, body: y } } }\nsteps: []', 2, 25, 'either `raw`'],
    ['an id twice', 'scenario: x\nsteps:\n  - { wait: { ms: 1 }, id: a }\n  - { wait: { ms: 1 }, id: a }', 4, 5, 'names two steps'],
    ['a difference of no step', 'scenario: x\nsteps: [{ wait: { ms: 1 }, id: a }]\ndiffers: { wine: { b: { observed: varies } } }', 3, 20, 'No step has the id "b"'],
    ['a difference on no engine', 'scenario: x\nsteps: []\ndiffers: { wien: {} }', 3, 12, 'Did you mean "wine"?'],
    ['a map where a number is due', `${OPEN}  - { call: InternetCloseHandle, with: { hInternet: { a: 1 } } }`, 7, 53, 'A number is due here'],
    ['a handle without its dollar', `${OPEN}  - { call: InternetCloseHandle, with: { hInternet: session } }`, 7, 53, 'no constant that is known'],
    ['a matcher word that is none', `${OPEN}    expect: { returns: { nott: 0 } }`, 7, 26, 'Did you mean "not"?'],
    ['a matcher word that is none, where anything may be', `${OPEN}  - expect: { that: [{ value: $session, contain: x }] }`, 7, 41, 'Did you mean "contains"?'],
    ['an unknown constant behind a word', `${OPEN}    expect: { lastError: { not: ERROR_SUCCES } }`, 7, 33, 'Did you mean "ERROR_SUCCESS"?'],
    ['an unknown field of a structure', 'scenario: x\nsteps: [{ call: HttpSendHttpResponse, with: { HttpResponse: { StatusCod: 200 } } }]', 2, 63, 'Did you mean "StatusCode"?'],
    ['an unknown field of a chunk', 'scenario: x\nsteps: [{ call: HttpSendResponseEntityBody, with: { EntityChunks: [{ FromMemory: { pBufer: a } }] } }]', 2, 84, 'Did you mean "pBuffer"?'],
    ['an unknown field that is expected', `${OPEN}  - { call: HttpReceiveHttpRequest, expect: { out: { RequestBuffer: { Headers: { Unknown: 1 } } } } }`, 7, 82, 'HTTP_REQUEST_HEADERS has no field'],
    ['a part that a step does not give', `${OPEN}  - { wait: { done: $session }, expect: { resut: 0 } }`, 7, 43, 'Did you mean "result"?'],
    ['an unknown state of a handle', `${OPEN}  - expect: { tree: { $session: close } }`, 7, 33, 'Did you mean "closed"?'],
    ['a thread that is neither', `${OPEN}  - wait: { callback: { status: 10, thread: mine } }`, 7, 45, 'none of same, other'],
    ['an unknown constant in a difference', `${OPEN}    id: a\ndiffers: { wine: { a: { observed: { lastError: ERROR_X } } } }`, 8, 48, 'no constant that is known'],
    ['a status that is no number', 'scenario: x\nserver: { routes: { /a: { status: okay } } }\nsteps: []', 2, 35, 'no constant that is known'],
    ['a reference in a route that nothing binds', 'scenario: x\nports: [port]\nserver: { routes: { /a: { body: $prot } } }\nsteps: []', 3, 33, 'Did you mean "port"?'],
    ['a connection without its dollar', `${OPEN}  - client: { close: { on: session } }`, 7, 28, 'Did you mean "$session"?'],
    ['a wait for a number', `${OPEN}  - wait: { done: 7 }`, 7, 19, 'what a call bound'],
    ['callbacks of a handle without its dollar', `${OPEN}  - wait: { callback: 10, handle: session }`, 7, 35, 'no constant that is known'],
    ['a port that is a map', `${OPEN}  - client: { connect: { port: { a: 1 } } }`, 7, 32, 'A number is due here'],
    ['odd hex digits', 'scenario: x\nserver: {}\nsteps: [{ server: { send: { hex: abc } } }]', 3, 34, 'pairs of hexadecimal digits'],
  ])('%s is told with line and column', (_, text, line, column, message) => {
    const problems = problemsOf(text);
    expect(problems.some((one) => one.message.includes(message)), JSON.stringify(problems)).toBe(true);
    expect(problems.find((one) => one.message.includes(message))).toMatchObject({ line, column });
  });

  it('reports every problem at once, in the order of the file', () => {
    const problems = problemsOf('scenario: x\nfoo: 1\nsteps:\n  - call: 5\n  - wait: {}\n');
    expect(problems.map(({ line }) => line)).toEqual([2, 4, 5]);
  });

  it('survives hostile nesting and aliases', () => {
    expect(problemsOf('['.repeat(200_000)).length).toBeGreaterThan(0);
    const bomb = ['a0: &a0 [x,x,x,x,x,x,x,x,x,x]', ...Array.from({ length: 8 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`).join(',')}]`)].join('\n');
    expect(problemsOf(bomb).some(({ message }) => message.includes('more than'))).toBe(true);
  });
});
