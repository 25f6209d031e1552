import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** Where the rules of the table hold. */
const houseRooms = ['preload', 'electron', 'renderer'];

const project = fileURLToPath(new URL('../../../', import.meta.url));

interface Wrong {
  readonly says: string;
  readonly file: string;
  readonly source: string;
  readonly rule: string;
  readonly message: RegExp;
}

/** One deliberately wrong file for each rule of the table in build/lint/rooms.mjs and DESIGN.md. */
const wrong: readonly Wrong[] = [
  imports('the contract imports no package', 'preload/contract/wrong.ts', 'valibot', 'preload/contract'),
  imports('the contract imports no Node built-in', 'preload/contract/node.ts', 'node:fs', 'preload/contract'),
  imports('schemas import valibot only', 'preload/contract/schemas/wrong.ts', 'zod', 'preload/contract/schemas'),
  imports('the contract does not look into electron/', 'preload/contract/up.ts', '../../electron/trace/event-log'),
  imports('the preload imports no Node built-in', 'preload/wrong.ts', 'node:fs', 'preload'),
  imports('the preload does not import electron/', 'preload/wrong-room.ts', '../electron/inspector/inspector'),
  imports('only the native engine imports koffi', 'electron/engine/portable/ffi.ts', 'koffi'),
  imports('the portable engine does not import native', 'electron/engine/portable/wrong.ts', '../native/wininet'),
  imports('the native engine does not import portable', 'electron/engine/native/wrong.ts', '../portable/engine'),
  imports('the native engine does not import electron', 'electron/engine/native/shell.ts', 'electron'),
  imports('the engine interface imports no engine', 'electron/engine/wrong.ts', './native/wininet'),
  imports('the engine host imports no koffi', 'electron/engine/host/wrong.ts', 'koffi'),
  imports('trace never imports electron', 'electron/trace/shell.ts', 'electron'),
  imports('trace never imports koffi', 'electron/trace/ffi.ts', 'koffi'),
  imports('trace does not import rules', 'electron/trace/wrong.ts', '../rules/rule'),
  imports('rules do not import the inspector', 'electron/rules/wrong.ts', '../inspector/inspector'),
  imports('rules never import electron', 'electron/rules/shell.ts', 'electron'),
  imports('the inspector never imports electron', 'electron/inspector/shell.ts', 'electron/main'),
  imports('the inspector knows no engine but the interface', 'electron/inspector/a.ts', '../engine/portable/engine'),
  imports('the inspector does not import scenarios', 'electron/inspector/wrong.ts', '../scenario/runner'),
  imports('sessions do not import the shell', 'electron/session/wrong.ts', '../shell/window'),
  imports('sessions import no engine', 'electron/session/engine.ts', '../engine/engine'),
  imports('scenarios do not import ipc', 'electron/scenario/wrong.ts', '../ipc/bind'),
  imports('scenarios know no engine but the interface', 'electron/scenario/a.ts', '../engine/portable/engine'),
  imports('ipc imports no koffi', 'electron/ipc/wrong.ts', 'koffi'),
  imports('the shell does not look into the renderer', 'electron/shell/wrong.ts', '../../renderer/store/store'),
  imports('the command line has no window', 'electron/cli.ts', './shell/window'),
  imports('the command line does not import electron', 'electron/cli.ts', 'electron'),
  imports('main imports no renderer', 'electron/main.ts', '../renderer/model/scale'),
  imports('the bridge imports no store', 'renderer/bridge/wrong.ts', '../store/store'),
  imports('the model imports no React', 'renderer/model/wrong.ts', 'react'),
  imports('the model imports no store', 'renderer/model/wrong-room.ts', '../store/store'),
  imports('the store imports no view', 'renderer/store/wrong.ts', '../timeline/timeline'),
  imports('ui knows no store', 'renderer/ui/wrong.tsx', '../store/store'),
  imports('views do not import each other', 'renderer/tree/wrong.tsx', '../timeline/timeline'),
  imports('views do not import the bridge', 'renderer/events/wrong.tsx', '../bridge/bridge'),
  imports('views do not import electron/', 'renderer/details/wrong.tsx', '../../electron/trace/event-log'),
  imports('views import no Node built-in', 'renderer/compose/wrong.tsx', 'node:path'),
  imports('a folder outside the table is refused', 'electron/elsewhere/wrong.ts', '../trace/event-log'),
  {
    says: 'a type import counts too',
    file: 'electron/trace/typed.ts',
    source: "import type { App } from 'electron';\nexport type Held = App;\n",
    rule: 'house(room-imports)',
    message: /electron\/trace may not import 'electron'/,
  },
  {
    says: 'so does import() and an import type',
    file: 'electron/trace/lazy.ts',
    source: "export const late = import('electron');\nexport type T = import('koffi').IKoffiLib;\n",
    rule: 'house(room-imports)',
    message: /may not import '(electron|koffi)'/,
  },
  {
    says: 'and passing on what a forbidden room exports',
    file: 'renderer/model/pass.ts',
    source: "export { x } from '../store/store';\nexport const y = 1;\n",
    rule: 'house(room-imports)',
    message: /renderer\/model may not import renderer\/store/,
  },
  {
    says: 'only the bridge touches window.inspector',
    file: 'renderer/store/touches.ts',
    source: 'export const run = () => window.inspector.run();\n',
    rule: 'house(bridge-only)',
    message: /renderer\/bridge/,
  },
  {
    says: 'nor does taking it apart get round that',
    file: 'renderer/tree/takes.ts',
    source: 'export const { inspector } = globalThis;\n',
    rule: 'house(bridge-only)',
    message: /renderer\/bridge/,
  },
  {
    says: 'a cast needs a reason',
    file: 'electron/trace/cast.ts',
    source: 'export const five = 5;\n\nexport const text = five as unknown;\n',
    rule: 'house(cast-comment)',
    message: /needs a comment/,
  },
  {
    says: 'no barrels',
    file: 'electron/trace/index.ts',
    source: "export * from './event-log';\n",
    rule: 'house(no-barrels)',
    message: /import from where it is made/,
  },
  {
    says: 'no any',
    file: 'electron/trace/any.ts',
    source: 'export const hole: any = 1;\n',
    rule: 'typescript(no-explicit-any)',
    message: /any/,
  },
  {
    says: 'no non-null assertion',
    file: 'electron/trace/bang.ts',
    source: 'export const first = (list: readonly string[]) => list[0]!;\n',
    rule: 'typescript(no-non-null-assertion)',
    message: /non-null/i,
  },
  {
    says: 'no file over 400 lines',
    file: 'electron/trace/long.ts',
    source: Array.from({ length: 401 }, (_, line) => `export const line${line} = ${line};`).join('\n'),
    rule: 'eslint(max-lines)',
    message: /too many lines/,
  },
];

/** What the same rooms may write. */
const right: Readonly<Record<string, string>> = {
  'preload/contract/event.ts': "export const kinds = ['call'] as const;\n",
  'preload/contract/schemas/event.ts': "import { string } from 'valibot';\nimport { kinds } from '../event';\nexport const schema = [kinds, string()];\n",
  'preload/preload.ts': "import { contextBridge } from 'electron';\nimport { kinds } from './contract/event';\ncontextBridge.exposeInMainWorld('inspector', { kinds });\n",
  'electron/engine/native/wininet.ts': "import koffi from 'koffi';\nimport type { Engine } from '../engine';\nexport const load = (engine: Engine) => [koffi, engine];\n",
  'electron/engine/portable/net.ts': "import { connect } from 'node:net';\nimport { HTTPParser } from 'http-parser-js';\nexport const parts = [connect, HTTPParser];\n",
  'electron/inspector/inspector.ts': "import type { Engine } from '../engine/engine';\nimport { log } from '../trace/event-log';\nimport { rule } from '../rules/rule';\nexport const join = (engine: Engine) => [engine, log, rule];\n",
  'electron/cli.ts': "import { portable } from './engine/portable/engine';\nimport { runner } from './scenario/runner';\nexport const parts = [portable, runner];\n",
  'electron/main.ts': "import { app } from 'electron';\nimport { open } from './shell/window';\nexport const parts = [app, open];\n",
  'renderer/bridge/bridge.ts': 'export const api = () => window.inspector;\n',
  'renderer/tree/tree.tsx': "import { useStore } from '../store/store';\nimport { kinds } from '../../preload/contract/event';\nimport './tree.module.css';\nexport const Tree = () => [useStore(), kinds];\n",
  'electron/trace/cast.ts': '// Five is unknown to nobody.\nexport const text = 5 as unknown;\n',
};

function imports(says: string, file: string, specifier: string, room = ''): Wrong {
  const message = file.includes('/elsewhere/') ? /is in no room/ : new RegExp(`${room}.* may not import `);
  return { says, file, source: `import { x } from '${specifier}';\nexport const y = x;\n`, rule: 'house(room-imports)', message };
}

interface Diagnostic {
  readonly code: string;
  readonly message: string;
  readonly filename: string;
}

/** Lints files in a copy of nothing but the rules. */
function lint(files: readonly (readonly [string, string])[]): { exit: number; diagnostics: readonly Diagnostic[] } {
  const folder = mkdtempSync(join(tmpdir(), 'hinspector-lint-'));
  folders.push(folder);
  cpSync(join(project, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
  cpSync(join(project, 'build', 'lint'), join(folder, 'build', 'lint'), { recursive: true });
  symlinkSync(join(project, 'node_modules'), join(folder, 'node_modules'), 'junction');
  for (const [file, source] of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), source);
  }
  const oxlint = join(project, 'node_modules', 'oxlint', 'bin', 'oxlint');
  let exit = 0;
  let text: string;
  try {
    text = execFileSync(process.execPath, [oxlint, '--format=json', ...houseRooms], { cwd: folder, encoding: 'utf8' });
  } catch (error) {
    // execFileSync adds these two to the error of a program that ran and failed.
    const failure = error as { status: number; stdout: string };
    exit = failure.status;
    text = failure.stdout;
  }
  // The shape of oxlint's JSON report.
  return { exit, diagnostics: (JSON.parse(text) as { diagnostics: readonly Diagnostic[] }).diagnostics };
}

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

describe('a wrong file fails the lint', () => {
  const reported = new Map<Wrong, readonly Diagnostic[]>();

  beforeAll(() => {
    // Two wrongs may share a file's name, as the command line's two do: each name once a run.
    const rounds = new Map<number, Wrong[]>();
    for (const one of wrong) {
      const round = wrong.slice(0, wrong.indexOf(one)).filter(({ file }) => file === one.file).length;
      rounds.set(round, [...(rounds.get(round) ?? []), one]);
    }
    for (const round of rounds.values()) {
      const { exit, diagnostics } = lint(round.map(({ file, source }) => [file, source] as const));
      expect(exit).toBe(1);
      for (const one of round) reported.set(one, diagnostics.filter(({ filename }) => filename === one.file));
    }
  });

  test.each(wrong)('$says', (one) => {
    const found = reported.get(one) ?? [];
    const named = found.filter(({ code }) => code === one.rule);
    expect(named.map(({ message }) => message), JSON.stringify(found)).toEqual(
      expect.arrayContaining([expect.stringMatching(one.message)]),
    );
  });
});

test('right files pass', () => {
  const { exit, diagnostics } = lint(Object.entries(right));
  expect(diagnostics).toEqual([]);
  expect(exit).toBe(0);
});
