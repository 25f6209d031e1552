import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../build/setup/run.mjs';
import { ensureMingw } from '../../build/setup/wine.mjs';
import { codeOf } from '../../electron/session/export/code/code';
import { recorded, sourceOf } from '../unit/session/export/recorded';

/** What the headers of a compiler for Windows say of the C++ that recorded calls become. */
const COMPILER = 'x86_64-w64-mingw32-g++';
/** Between them: sessions, options, callbacks, overlapped receives, bodies, responses with headers, properties. */
const RECORDINGS = [
  'tour/1-close-a-slow-request-while-it-is-pending', 'tour/5-cancel-a-server-request-its-client-sees-it', 'rules/close-rule-1-ends-a-pending-query-data-available',
  'rules/close-rule-4-context-given-later-counts', 'rules/cancel-rule-3-after-the-response-began', 'rules/cancel-rule-3-body-half-read',
  'rules/cancel-rule-1-overlapped-signals-its-event', 'rules/cancel-rule-3-completes-wait-for-disconnect',
];

let folder = '';

beforeAll(async () => {
  if (process.platform === 'win32') return;
  await ensureMingw();
  folder = mkdtempSync(path.join(tmpdir(), 'hinspector-code-'));
}, 300_000);

afterAll(() => {
  if (folder !== '') rmSync(folder, { recursive: true, force: true });
});

async function compiled(text: string): Promise<string> {
  const file = path.join(folder, 'calls.cpp');
  writeFileSync(file, text);
  return (await run(COMPILER, ['-std=c++17', '-Wall', '-Wno-unused-variable', '-fsyntax-only', file])).output;
}

describe.skipIf(process.platform === 'win32')('recorded calls as C++', () => {
  test.each(RECORDINGS)('of %s compile against the headers of mingw-w64', async (name) => {
    const made = codeOf(sourceOf(await recorded(`electron/scenario/gallery/${name}.yaml`)), { language: 'cpp', scope: { kind: 'all' } });
    if (!made.ok) throw new Error(JSON.stringify(made.error));
    expect(await compiled(made.value), made.value).toBe('');
  }, 60_000);

  test('that pass a wrong type would be noticed', async () => {
    expect(await compiled('#include <windows.h>\n#include <wininet.h>\nint main() { InternetCloseHandle(L"no handle"); }\n')).toContain('InternetCloseHandle');
  });
});
