import { err, ok, type MaybePromise, type Result } from '../../../preload/contract/result';
import type { Sweep, SweepAction, SweepCell, SweepRow } from '../../../preload/contract/sweep';
import type { Engine } from '../../engine/engine';
import type { Inspector } from '../../inspector/inspector';
import type { EngineName, Scenario } from '../language/scenario';
import { runScenario } from '../runner/scenario-run';
import { judge } from './judgement';
import { Probe, type Moment } from './probe';
import { targetStep, type Making } from './targets';

/** An engine to sweep on. Each moment has a fresh one, so that none sees what another left behind. */
export interface SweepEngine {
  /** By which name `differs` speaks of it. */
  readonly name: EngineName;
  readonly create: () => MaybePromise<Result<Engine, string>>;
}

export interface SweepOptions {
  readonly engines: readonly SweepEngine[];
  readonly action: SweepAction;
  /** The `as` of the step that makes the handle or receives the request; the last one that does when left out. */
  readonly name: string | undefined;
  /** Milliseconds after which no further run is begun. */
  readonly budget: number;
  readonly signal?: AbortSignal;
  /** Hears of each row as it is known: one that is yet to be run is `not run`. `done` of `of` runs have ended. */
  readonly progress?: (sweep: Sweep, done: number, of: number) => void;
  /** Saves the trace of a cell, by its number; gives its file. */
  readonly saveTrace?: (inspector: Inspector, number: number) => Promise<Result<string, string>>;
}

/** A moment on an engine, and what came of closing there. */
interface Place {
  readonly engine: SweepEngine;
  readonly moment: Moment;
  cell: SweepRow['cell'];
}

/**
 * Runs a scenario once on each engine to learn its moments there, then once for each of them, with the chosen handle
 * closed, or the request cancelled, at that moment. Nothing after it is run, so that what is seen comes of the close alone.
 */
export async function sweep(scenario: Scenario, options: SweepOptions): Promise<Result<Sweep, string>> {
  const target = targetStep(scenario, options.action, options.name);
  if (!target.ok) return target;
  const began = performance.now();
  const places: Place[] = [];
  for (const engine of options.engines) {
    const first = await runOnce(scenario, target.value, undefined, engine, options);
    if (!first.ok) return first;
    places.push(...first.value.moments.map((moment): Place => ({ engine, moment, cell: { kind: 'not run' } })));
  }
  if (places.length === 0) return err(`${scenario.name}: $${target.value.as ?? ''} never came to be, or was closed at once: there is no moment to close it at.`);
  const inOrder = byMoment(places);
  const matrix = (): Sweep => ({
    scenario: scenario.name, engines: options.engines.map(({ name }) => name), action: options.action, target: target.value.as ?? '',
    rows: inOrder.map(({ engine, moment, cell }) => ({ moment: moment.title, engine: engine.name, cell })),
  });
  const stopped = (): boolean => options.signal?.aborted === true;
  options.progress?.(matrix(), 0, inOrder.length);
  for (const [number, place] of inOrder.entries()) {
    if (stopped() || performance.now() - began > options.budget) break;
    const run = await runOnce(scenario, target.value, { key: place.moment.key, number }, place.engine, options);
    if (!run.ok) return run;
    // What was cut short by the person says nothing of its moment.
    if (stopped() && run.value.cell === undefined) break;
    place.cell = run.value.cell ?? { kind: 'not reached' };
    options.progress?.(matrix(), number + 1, inOrder.length);
  }
  return ok(matrix());
}

/** The same moment on several engines stands together, in the order in which moments come. */
function byMoment(places: readonly Place[]): readonly Place[] {
  const groups = new Map<string, Place[]>();
  for (const place of places) groups.set(place.moment.key, [...(groups.get(place.moment.key) ?? []), place]);
  return [...groups.values()].flat();
}

interface Run {
  readonly moments: readonly Moment[];
  readonly cell: SweepCell | undefined;
}

async function runOnce(
  scenario: Scenario, step: Making, wanted: { readonly key: string; readonly number: number } | undefined, { name, create }: SweepEngine, options: SweepOptions,
): Promise<Result<Run, string>> {
  const engine = await create();
  if (!engine.ok) return engine;
  const stop = new AbortController();
  const forward = (): void => stop.abort();
  options.signal?.addEventListener('abort', forward, { once: true });
  const probe = new Probe(engine.value, options.action, `${scenario.name}, step ${step.path}`, wanted?.key, () => stop.abort());
  let cell: SweepCell | undefined;
  try {
    await runScenario(scenario, probe, {
      engine: name, signal: stop.signal,
      beforeEnd: async () => { if (probe.act !== undefined) cell = await judge(probe, probe.act); },
    });
    if (cell !== undefined && wanted !== undefined && options.saveTrace !== undefined) {
      const saved = await options.saveTrace(probe, wanted.number);
      if (!saved.ok) return saved;
      cell = { ...cell, trace: saved.value };
    }
    return ok({ moments: probe.moments, cell });
  } finally {
    options.signal?.removeEventListener('abort', forward);
    await engine.value.dispose();
  }
}
