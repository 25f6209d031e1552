import { describe, expect, test } from 'vitest';
import { COMMAND_CATALOG } from '../../../preload/contract/command-catalog';
import { belongsToText } from '../../../preload/contract/command-keys';
import { handleId } from '../../../preload/contract/ids';
import type { EngineStatus } from '../../../preload/contract/update';
import { cancelConsequences, closeConsequences } from '../../../renderer/model/consequences';
import { enablement, type Situation } from '../../../renderer/model/enablement';
import { Forest } from '../../../renderer/model/forest';
import { keyLabel, matchesKeys, type Press } from '../../../renderer/model/keys';
import { timelineKey } from '../../../renderer/model/timeline-keys';
import { node, pending } from './nodes';

const ENGINE: EngineStatus = { kind: 'portable', description: 'Portable engine', unavailable: {}, lost: undefined, service: false };
const CALM: Situation = {
  engine: ENGINE, selected: undefined, chosen: false, event: false, scenarioRuns: false, scenarioHeld: false, scenarioShown: false, anything: true, file: undefined, opening: false, others: undefined, noUpdates: undefined, undoable: undefined, notes: 0,
  tour: undefined, finding: undefined, remark: undefined, muted: 0, group: 0, filter: '', range: false, past: false, exchange: false, sweepRuns: false, left: false, renewable: false,
};
const reason = (...of: Parameters<typeof enablement>): string => {
  const answer = enablement(...of);
  return answer.on ? '' : answer.reason;
};

describe('a command', () => {
  test('that acts on a handle is off without one, and says to select it', () => {
    for (const id of ['close-handle', 'cancel-request', 'respond', 'fit-handle'] as const) expect(reason(id, CALM)).toMatch(/select/i);
  });

  test('Check for updates is off in a copy that has no feed, with the reason', () => {
    expect(reason('check-updates', { ...CALM, noUpdates: 'This package is not signed.' })).toBe('This package is not signed.');
    expect(enablement('check-updates', CALM).on).toBe(true);
  });

  test('Close takes every kind but the server request', () => {
    for (const kind of ['session', 'connection', 'request', 'server-session', 'url-group', 'request-queue'] as const) {
      expect(enablement('close-handle', { ...CALM, selected: node(1, { kind }) }).on).toBe(true);
    }
    expect(reason('close-handle', { ...CALM, selected: node(1, { kind: 'server-request' }) })).toMatch(/respond to it or cancel it/i);
  });

  test('Close is off for what has ended or is closing already', () => {
    expect(reason('close-handle', { ...CALM, selected: node(1, { state: 'closed' }) })).toContain('closed already');
    expect(reason('close-handle', { ...CALM, selected: node(1, { state: 'closing' }) })).toContain('closing already');
  });

  test('Cancel takes a live server request only', () => {
    expect(enablement('cancel-request', { ...CALM, selected: node(1, { kind: 'server-request' }) }).on).toBe(true);
    expect(reason('cancel-request', { ...CALM, selected: node(1) })).toContain('takes a server request, and GET /1 is none. Close it instead.');
    expect(reason('cancel-request', { ...CALM, selected: node(1, { kind: 'server-request', state: 'completed' }) })).toContain('1229');
  });

  test('is off with the reason of the function that cannot be called', () => {
    const engine = { ...ENGINE, unavailable: { HttpCancelHttpRequest: 'it is a stub in this httpapi.dll.', InternetOpen: 'no DLL.' } };
    expect(reason('cancel-request', { ...CALM, engine, selected: node(1, { kind: 'server-request' }) })).toBe('HttpCancelHttpRequest is not available: it is a stub in this httpapi.dll.');
    expect(reason('new-client', { ...CALM, engine })).toContain('InternetOpen');
    expect(enablement('new-server', { ...CALM, engine }).on).toBe(true);
  });

  test('that needs the engine is off when it is gone; one of the view stays on', () => {
    const lost = { ...CALM, engine: { ...ENGINE, lost: 'exit code 3.' }, selected: node(1) };
    for (const id of ['new-client', 'new-server', 'close-handle', 'tour'] as const) expect(reason(id, lost)).toContain('exit code 3');
    for (const id of ['fit', 'theme', 'focus-filter', 'help'] as const) expect(enablement(id, lost).on).toBe(true);
  });

  test('of the catalogue always has an answer, with a reason when it is off', () => {
    for (const { id } of COMMAND_CATALOG) {
      for (const situation of [CALM, { ...CALM, engine: undefined, anything: false }]) {
        const answer = enablement(id, situation);
        if (!answer.on) expect(answer.reason).toMatch(/\w.*\.$/);
      }
    }
  });
});

describe('keys', () => {
  const press = (key: string, change: Partial<Press> = {}): Press => ({ key, code: '', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...change });

  test('match with exactly their modifiers', () => {
    expect(matchesKeys(press('n', { ctrlKey: true }), 'CmdOrCtrl+N')).toBe(true);
    expect(matchesKeys(press('N', { ctrlKey: true, shiftKey: true }), 'CmdOrCtrl+N')).toBe(false);
    expect(matchesKeys(press('N', { ctrlKey: true, shiftKey: true }), 'CmdOrCtrl+Shift+N')).toBe(true);
    expect(matchesKeys(press('n'), 'CmdOrCtrl+N')).toBe(false);
    expect(matchesKeys(press('n', { ctrlKey: true, altKey: true }), 'CmdOrCtrl+N')).toBe(false);
  });

  test('match on a keyboard of another script by their place, and not by place where a Latin letter is meant', () => {
    expect(matchesKeys(press('а', { code: 'KeyF' }), 'F')).toBe(true);
    expect(matchesKeys(press('u', { code: 'KeyF' }), 'F')).toBe(false);
  });

  test('match the question mark however it is typed', () => {
    expect(matchesKeys(press('?', { code: 'Slash', shiftKey: true }), 'Shift+/')).toBe(true);
    expect(matchesKeys(press('?', { code: 'Minus', shiftKey: true }), 'Shift+/')).toBe(true);
  });

  test('of one command are those of no other', () => {
    const keys = COMMAND_CATALOG.flatMap((entry) => entry.keys ?? []);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('that write something are left to text fields', () => {
    expect(['F', 'Delete', 'End', 'Shift+/'].map(belongsToText)).toEqual([true, true, true, true]);
    expect(['CmdOrCtrl+N', 'F1'].map(belongsToText)).toEqual([false, false]);
  });

  test('are written as on a keyboard', () => expect(['CmdOrCtrl+.', 'Delete', 'Shift+/'].map(keyLabel)).toEqual(['Ctrl+.', 'Del', '?']));

  test('of the timeline count by their place', () => {
    expect(timelineKey(press('z', { code: 'KeyW' }))).toMatchObject({ kind: 'zoom' });
    expect(timelineKey(press('q', { code: 'KeyA' }))).toMatchObject({ kind: 'pan' });
    expect(timelineKey(press('w', { code: 'KeyW', ctrlKey: true }))).toBeUndefined();
  });

  test('of the timeline zoom in and out, go to and fro in time, from row to row, to the start and to live time', () => {
    const [zoomIn, zoomOut, back, on] = ['KeyW', 'KeyS', 'KeyA', 'KeyD'].map((code) => timelineKey(press('', { code })));
    if (zoomIn?.kind !== 'zoom' || zoomOut?.kind !== 'zoom' || back?.kind !== 'pan' || on?.kind !== 'pan') throw new Error('WASD mean something else');
    expect(zoomIn.factor * zoomOut.factor).toBeCloseTo(1);
    expect([zoomIn.factor < 1, back.part < 0, on.part]).toEqual([true, true, -back.part]);
    expect(['+', '-', 'ArrowLeft', 'ArrowRight'].map((key) => timelineKey(press(key)))).toEqual([zoomIn, zoomOut, back, on]);
    expect(timelineKey(press('ArrowRight', { shiftKey: true }))).toEqual({ kind: 'pan', part: on.part * 5 });
    expect(['ArrowUp', 'ArrowDown', 'Home', 'End'].map((key) => timelineKey(press(key)))).toEqual([{ kind: 'row', by: -1 }, { kind: 'row', by: 1 }, { kind: 'start' }, { kind: 'follow' }]);
  });
});

describe('consequences', () => {
  const forest = new Forest();
  forest.apply([
    node(1, { kind: 'session', label: 'Session' }), node(2, { kind: 'connection', label: 'host:80', under: 1 }), node(3, { under: 2, pending: pending('HttpSendRequest') }),
    node(4, { under: 2, state: 'closed' }), node(5, { label: 'silent', context: '0x0' }),
    node(6, { kind: 'server-request', label: 'GET /a', connectionId: '0xfd1' }), node(7, { kind: 'server-request', label: 'GET /b', connectionId: '0xfd1' }),
    node(8, { kind: 'server-request', label: 'GET /c', connectionId: '0xfd2' }), node(9, { kind: 'server-request', label: 'GET /d', connectionId: '0xfd1', state: 'completed' }),
  ]);

  test('of a close name what is live below it and what is pending there', () => {
    const found = closeConsequences(forest, handleId(1));
    expect(found?.others.map(({ id }) => id)).toEqual([2, 3]);
    expect(found?.pending).toEqual([{ label: 'GET /3', api: 'HttpSendRequest' }]);
    expect(found?.promises.join(' ')).toContain('997');
  });

  test('of an idle close promise no 997', () => expect(closeConsequences(forest, handleId(5))?.promises.join(' ')).not.toContain('997'));

  test('with a NULL context promise no HANDLE_CLOSING', () => {
    expect(closeConsequences(forest, handleId(5))?.promises.join(' ')).toContain('no HANDLE_CLOSING');
    expect(closeConsequences(forest, handleId(3))?.promises.join(' ')).toContain('HANDLE_CLOSING comes as the last callback');
  });

  test('of a cancel name the live requests on the same connection, and no others', () => {
    const found = cancelConsequences(forest, handleId(6));
    expect(found?.others.map(({ id }) => id)).toEqual([7]);
    expect(found?.connectionId).toBe('0xfd1');
  });

  test('of a server request have no close', () => expect(closeConsequences(forest, handleId(6))).toBeUndefined());
});

test('windows, panes, columns and the telling of time can be had at any moment, whatever else cannot', () => {
  const nothing: Situation = { ...CALM, engine: undefined, anything: false, noUpdates: 'Updates are off here.' };
  for (const id of ['new-window', 'close-window', 'larger', 'smaller', 'actual-size', 'toggle-tree', 'toggle-side', 'toggle-bottom', 'columns', 'reset-layout', 'time-mode'] as const) expect([id, enablement(id, nothing)]).toEqual([id, { on: true }]);
  expect(enablement('time-zero', nothing)).toMatchObject({ on: false, reason: expect.stringContaining('event') });
  expect(enablement('time-zero', { ...nothing, event: true })).toEqual({ on: true });
});
