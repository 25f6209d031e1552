import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ExportSource } from '../../../../electron/session/export/export-source';
import { PortableEngine } from '../../../../electron/engine/portable/portable-engine';
import { Inspector } from '../../../../electron/inspector/inspector';
import { loadScenario } from '../../../../electron/scenario/load-scenario';
import { runScenario } from '../../../../electron/scenario/runner/scenario-run';
import type { Trace } from '../../../../electron/trace/trace';

const ROOT = path.resolve(import.meta.dirname, '..', '..', '..', '..');

/** 2026-01-02T03:04:05.000Z: when the recordings of these tests began. */
export const STARTED_AT = Date.UTC(2026, 0, 2, 3, 4, 5);

/** The trace of a scenario on the portable engine: its text, or its path from the project's root. */
export async function recorded(scenario: string): Promise<Trace> {
  const text = scenario.includes('\n') ? scenario : readFileSync(path.join(ROOT, scenario), 'utf8');
  const loaded = loadScenario(text);
  if (!loaded.ok) throw new Error(loaded.error.map(({ line, message }) => `${line}: ${message}`).join('\n'));
  const engine = new PortableEngine();
  try {
    const inspector = new Inspector(engine);
    await runScenario(loaded.value, inspector, { engine: 'portable' });
    return inspector.trace;
  } finally {
    await engine.dispose();
  }
}

export function sourceOf(trace: Trace): ExportSource {
  return { trace, end: trace.log.length, startedAt: STARTED_AT, application: '0.0.0' };
}
