import { describe, expect, test } from 'vitest';
import { PortableEngine } from '../../../../electron/engine/portable/portable-engine';
import { Inspector } from '../../../../electron/inspector/inspector';
import { loadScenario } from '../../../../electron/scenario/load-scenario';
import { runScenario } from '../../../../electron/scenario/runner/scenario-run';
import { compareSessions, type SessionDiff } from '../../../../electron/session/diff/session-diff';
import { EVERY_EVENT } from '../../../../electron/session/export/export-source';
import { exportPieces } from '../../../../electron/session/export/record-formats';
import type { Trace } from '../../../../electron/trace/trace';
import { failures } from '../../scenario/run';
import { recorded, sourceOf } from './recorded';

function scenarioOf(trace: Trace): string {
  return [...exportPieces('scenario', sourceOf(trace), EVERY_EVENT)].join('');
}

/** Runs a recorded scenario: every result that was recorded is expected, and must come again. */
async function replayed(text: string): Promise<Trace> {
  const scenario = loadScenario(text);
  if (!scenario.ok) throw new Error(`${scenario.error.map(({ line, message }) => `${line}: ${message}`).join('\n')}\n${text}`);
  const engine = new PortableEngine();
  try {
    const inspector = new Inspector(engine);
    const result = await runScenario(scenario.value, inspector, { engine: 'portable' });
    expect(failures(result), text).toEqual([]);
    return inspector.trace;
  } finally {
    await engine.dispose();
  }
}

function compared(a: Trace, b: Trace): SessionDiff {
  const work = compareSessions({ trace: a, end: a.log.length, findings: [] }, { trace: b, end: b.log.length, findings: [] });
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

const ROUND_TRIPS = [
  'tour/1-close-a-slow-request-while-it-is-pending', 'tour/2-close-inside-a-callback', 'tour/3-close-the-parent-of-a-pending-request',
  'tour/4-a-null-context-gets-no-callback', 'tour/5-cancel-a-server-request-its-client-sees-it', 'rules/close-rule-1-ends-a-pending-read',
  'rules/close-rule-3-inside-connected-to-server', 'rules/close-rule-3-session-inside-a-request-callback', 'rules/cancel-rule-1-with-an-overlapped',
  'rules/cancel-rule-3-other-connections-stay',
];

describe('a recording as a scenario', () => {
  test.each(ROUND_TRIPS)('makes the calls of %s again, with their results and callbacks in order', async (name) => {
    const before = await recorded(`electron/scenario/gallery/${name}.yaml`);
    const diff = compared(before, await replayed(scenarioOf(before)));
    // How many bytes a message has is told in its callbacks, and its peer is made anew: what it did not need to say, it does not.
    const apart = diff.rows(0, diff.summary.rows).filter(({ state, values }) => state !== 'same' && !values.every(({ field }) => field === 'payload'));
    expect(apart).toEqual([]);
    expect(diff.summary.handles).toEqual([]);
  });

  test('has peers that answer what was answered', async () => {
    const before = await recorded(`
scenario: answered
title: Two answers of one path, read to their end
server:
  routes:
    /a: [{ status: 201, headers: { X-One: "1" }, body: first }, { status: 404, body: { hex: 00ff } }]
steps:
  - call: InternetOpen
    with: { lpszAgent: demo, dwAccessType: INTERNET_OPEN_TYPE_DIRECT }
    as: session
  - call: InternetConnect
    with: { hInternet: $session, lpszServerName: $server.host, nServerPort: $server.port, dwService: INTERNET_SERVICE_HTTP }
    as: connection
${[1, 2].map((place) => `
  - call: HttpOpenRequest
    with: { hConnect: $connection, lpszObjectName: /a }
    as: request${place}
  - call: HttpSendRequest
    with: { hRequest: $request${place}, lpszHeaders: "X-Price: $$5", lpOptional: "==1+1" }
  - call: HttpQueryInfo
    with: { hRequest: $request${place}, dwInfoLevel: HTTP_QUERY_RAW_HEADERS_CRLF }
  - readAll: { hFile: $request${place} }
`).join('')}`);
    const text = scenarioOf(before);
    // An answer that took its time is given later, too.
    expect(text).toMatch(/GET \/a:\n\s+- (delay: \d+\n\s+)?status: 201/);
    const after = await replayed(text);
    const bodies = (trace: Trace): readonly unknown[] => [...trace.log].flatMap((event) => (event.kind === 'return' && event.api === 'InternetReadFile' ? [event.out['lpBuffer']] : []));
    expect(bodies(after)).toEqual(bodies(before));
    const sent = (trace: Trace): readonly unknown[] => [...trace.log].flatMap((event) => (event.kind === 'call' && event.api === 'HttpSendRequest' ? [[event.args['lpszHeaders'], event.args['lpOptional']]] : []));
    expect(sent(after)).toEqual(sent(before));
  });

  test('names no port and no handle value of the recording', async () => {
    const before = await recorded('electron/scenario/gallery/tour/5-cancel-a-server-request-its-client-sees-it.yaml');
    const text = scenarioOf(before);
    for (const { raw } of before.tree.all()) expect(text).not.toContain(raw);
    expect(text).not.toMatch(/:\d{5}\b/);
  });

  test('leaves out what the runner closed by itself', async () => {
    const text = scenarioOf(await recorded('electron/scenario/gallery/tour/4-a-null-context-gets-no-callback.yaml'));
    expect(text).not.toContain('HttpTerminate');
    expect(text.split('\n').filter((line) => line.includes('call:')).length).toBeGreaterThan(4);
  });

  test('expects the failures that were recorded', async () => {
    const text = scenarioOf(await recorded('electron/scenario/gallery/tour/1-close-a-slow-request-while-it-is-pending.yaml'));
    expect(text).toContain('expect: { returns: false, lastError: ERROR_INVALID_HANDLE }');
  });
});
