import { reaches, type Finding, type Severity } from '../../../preload/contract/finding';
import { isEnded } from '../../../preload/contract/handle';
import { seq, type HandleId } from '../../../preload/contract/ids';
import { err, isPromiseLike, ok, type Result } from '../../../preload/contract/result';
import { INTERNET_STATUS } from '../../../preload/contract/win32/constants/status';
import { WIN32_ERRORS } from '../../../preload/contract/win32/constants/win32-errors';
import type { Engine } from '../../engine/engine';
import type { Inspector } from '../../inspector/inspector';
import { errorWords, resultWords } from '../../trace/event-words';
import { isOwedClosing } from '../../trace/handle-tree';
import { everyStep } from '../language/parse-scenario';
import type { EngineName, Scenario } from '../language/scenario';
import type { CallStep, StepHeader } from '../language/step';
import { runScenario } from '../runner/scenario-run';
import { pause } from '../signal';
import type { SweepAction } from './closing-call';
import { Probe, type Act } from './probe';

/** How long a close may take to be over before the sweep goes on, in milliseconds. */
const LONGEST_CLOSE = 1500;
const POLL = 5;

export interface SweepOptions {
  readonly engine: EngineName;
  readonly createEngine: () => Result<Engine, string>;
  readonly action: SweepAction;
  /** The `as` of the step that makes the handle or receives the request; the last one that does when left out. */
  readonly name: string | undefined;
  /** Milliseconds after which no further run is begun. */
  readonly budget: number;
  readonly signal?: AbortSignal;
  /** Hears of each run as it ends. */
  readonly progress?: (done: number, of: number) => void;
  /** Saves the trace of a cell, by the moment's place in the list; gives its file. */
  readonly saveTrace?: (inspector: Inspector, place: number) => Promise<Result<string, string>>;
}

/** What came of closing at one moment. */
export interface Cell {
  /** "TRUE · 997 ERROR_IO_PENDING" */
  readonly returned: string;
  readonly lastError: number;
  /** What was pending ended with; empty when nothing was. */
  readonly completions: readonly string[];
  /** Whether HANDLE_CLOSING came, was owed and did not come, or was never owed. For a cancel: whether the connection closed. */
  readonly closing: 'came' | 'missing' | 'not owed';
  /** Milliseconds from the call until the handle was gone; undefined when it was not within the time. */
  readonly gone: number | undefined;
  readonly findings: readonly { readonly rule: string; readonly severity: Severity; readonly message: string }[];
  readonly trace: string | undefined;
}

export interface SweepRow {
  readonly moment: string;
  readonly cell: Cell | { readonly kind: 'not reached' | 'not run' };
}

export interface Sweep {
  readonly scenario: string;
  readonly engine: EngineName;
  readonly action: SweepAction;
  readonly target: string;
  readonly rows: readonly SweepRow[];
}

/**
 * Runs a scenario once to learn its moments, then once for each of them, with the chosen handle closed, or the request
 * cancelled, at that moment. Nothing after it is run, so that what is seen comes of the close alone.
 */
export async function sweep(scenario: Scenario, options: SweepOptions): Promise<Result<Sweep, string>> {
  const target = targetStep(scenario, options);
  if (!target.ok) return target;
  const began = performance.now();
  const first = await runOnce(scenario, target.value, undefined, options);
  if (!first.ok) return first;
  const { moments } = first.value;
  if (moments.length === 0) return err(`${scenario.name}: $${target.value.as ?? ''} never came to be, or was closed at once: there is no moment to close it at.`);
  const rows: SweepRow[] = [];
  for (const [place, { key, title }] of moments.entries()) {
    if (options.signal?.aborted === true || performance.now() - began > options.budget) {
      rows.push({ moment: title, cell: { kind: 'not run' } });
      continue;
    }
    const run = await runOnce(scenario, target.value, { key, place }, options);
    if (!run.ok) return run;
    rows.push({ moment: title, cell: run.value.cell ?? { kind: 'not reached' } });
    options.progress?.(place + 1, moments.length);
  }
  return ok({ scenario: scenario.name, engine: options.engine, action: options.action, target: target.value.as ?? '', rows });
}

type Making = StepHeader & CallStep;

function targetStep(scenario: Scenario, { action, name }: SweepOptions): Result<Making, string> {
  const candidates = everyStep(scenario.steps).filter((step): step is Making & typeof step =>
    step.verb === 'call' && step.as !== undefined && (action === 'cancel' ? step.function === 'HttpReceiveHttpRequest' : MAKERS.test(step.function)));
  const found = name === undefined ? candidates.at(-1) : candidates.find(({ as }) => as === name);
  if (found !== undefined) return ok(found);
  const names = [...new Set(candidates.map(({ as }) => `$${as ?? ''}`))].join(', ');
  const what = action === 'cancel' ? 'receives a request' : 'makes a handle';
  return err(name === undefined ? `${scenario.name} has no step that ${what} and binds it.` : `${scenario.name} binds no $${name} that ${what}. It has ${names === '' ? 'none' : names}.`);
}

const MAKERS = /^(?:InternetOpen|InternetOpenUrl|InternetConnect|HttpOpenRequest|FtpOpenFile|FtpFindFirstFile|HttpCreate(?:ServerSession|UrlGroup|RequestQueue))[AW]?$/;

interface Run {
  readonly moments: Probe['moments'];
  readonly cell: Cell | undefined;
}

async function runOnce(
  scenario: Scenario, step: Making, wanted: { readonly key: string; readonly place: number } | undefined, options: SweepOptions,
): Promise<Result<Run, string>> {
  const engine = options.createEngine();
  if (!engine.ok) return engine;
  const stop = new AbortController();
  const forward = (): void => stop.abort();
  options.signal?.addEventListener('abort', forward, { once: true });
  const probe = new Probe(engine.value, options.action, `${scenario.name}, step ${step.path}`, wanted?.key, () => stop.abort());
  let cell: Cell | undefined;
  try {
    await runScenario(scenario, probe, {
      engine: options.engine, signal: stop.signal,
      beforeEnd: async () => { if (probe.act !== undefined) cell = await judge(probe, probe.act); },
    });
    if (cell !== undefined && wanted !== undefined && options.saveTrace !== undefined) {
      const saved = await options.saveTrace(probe, wanted.place);
      if (!saved.ok) return saved;
      cell = { ...cell, trace: saved.value };
    }
    return ok({ moments: probe.moments, cell });
  } finally {
    options.signal?.removeEventListener('abort', forward);
    await engine.value.dispose();
  }
}

/** Waits until the handle is gone, and reads from the trace what became of it. */
async function judge(probe: Probe, { target, record, from }: Act): Promise<Cell> {
  const limit = performance.now() + LONGEST_CLOSE;
  while (!isOver(probe, target) && performance.now() < limit) await pause(POLL);
  const { returned } = isPromiseLike(record) ? await record : record;
  const node = probe.trace.tree.get(target);
  const asked = probe.trace.log.timeAt(seq(from));
  const gone = node?.endedAt;
  return {
    returned: resultWords(returned), lastError: returned.error, completions: completionsSince(probe, target, from), closing: closingOf(probe, target, from),
    gone: gone === undefined ? undefined : gone - asked, trace: undefined,
    findings: findingsSince(probe, from).map(({ rule, severity, message }) => ({ rule, severity, message })),
  };
}

function isOver(probe: Probe, target: HandleId): boolean {
  return probe.trace.tree.subtree(target).every((id) => {
    const node = probe.trace.tree.get(id);
    return node === undefined || (isEnded(node.state) && node.pending.length === 0);
  });
}

/** What operations on the handle and below it ended with, once it was closed. */
function completionsSince(probe: Probe, target: HandleId, from: number): readonly string[] {
  const within = new Set(probe.trace.tree.subtree(target));
  const words: string[] = [];
  for (let place = from; place < probe.trace.log.length; place += 1) {
    const event = probe.trace.log.at(seq(place));
    if (event.handle === undefined || !within.has(event.handle)) continue;
    if (event.kind === 'completion') words.push(`${event.api} ${event.error === 0 ? 'NO_ERROR' : errorWords(event.error)}`);
    if (event.kind === 'callback' && event.payload.kind === 'async-result') {
      words.push(event.payload.dwResult === '0x0' ? errorWords(event.payload.dwError) : 'success');
    }
  }
  return words;
}

function closingOf(probe: Probe, target: HandleId, from: number): Cell['closing'] {
  const node = probe.trace.tree.get(target);
  if (node === undefined || (node.context !== undefined && !isOwedClosing(node))) return 'not owed';
  for (let place = from; place < probe.trace.log.length; place += 1) {
    const event = probe.trace.log.at(seq(place));
    if (event.kind === 'connection' && event.connectionId === node.connectionId) return 'came';
    if (event.kind === 'callback' && event.status === INTERNET_STATUS.INTERNET_STATUS_HANDLE_CLOSING && event.payload.kind === 'handle' && event.payload.handle === target) return 'came';
  }
  return node.context === undefined && node.kind !== 'server-request' ? 'not owed' : 'missing';
}

/** What the rules say of the close: the rest of the scenario was cut off, so what it leaves open does not count. */
function findingsSince(probe: Probe, from: number): readonly Finding[] {
  return probe.referee.all(false, probe.trace.now()).filter(({ provoked, events }) => !provoked && events.some((event) => event >= from));
}

/** Whether a cell shows what should not be. A cancel that came too late for its request is the race that the sweep looks for. */
export function isBad({ findings, closing, lastError }: Cell): boolean {
  return findings.some(({ severity }) => reaches(severity, 'warning')) || (closing === 'missing' && lastError !== WIN32_ERRORS.ERROR_CONNECTION_INVALID);
}
