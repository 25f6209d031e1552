import type { FindingsAnswer } from '../../preload/contract/finding';
import { badgesOf, toldInTime } from '../model/findings';
import { askFindings } from './questions';
import { useApp, type AppState } from './state';

/** The referee is asked no oftener, in milliseconds: its answer holds all that it has found. */
const BETWEEN = 500;

let due: ReturnType<typeof setTimeout> | undefined;
let askedAt = Number.NEGATIVE_INFINITY;
let asking = false;
let again = false;

/** Asks the referee whenever main told something new. The answer ends it. */
export function keepFindings(): () => void {
  // Not the revision alone: what is owed for too long becomes a finding while nothing happens, and main tells the time.
  const told = (state: AppState, before: AppState): void => { if (state.recorder !== before.recorder) refreshFindings(); };
  const stop = useApp.subscribe(told);
  return () => {
    stop();
    clearTimeout(due);
    due = undefined;
  };
}

/** Asks soon: at once when the last question is long enough ago. */
export function refreshFindings(): void {
  if (asking) {
    again = true;
    return;
  }
  due ??= setTimeout(() => void ask(), Math.max(0, askedAt + BETWEEN - performance.now()));
}

async function ask(): Promise<void> {
  due = undefined;
  asking = true;
  again = false;
  askedAt = performance.now();
  const { epoch } = useApp.getState().shown;
  const result = await askFindings();
  asking = false;
  // An answer about a recording that is not shown any more.
  if (epoch !== useApp.getState().shown.epoch) refreshFindings();
  else if (result.ok) take(result.value);
  else useApp.setState({ findingsProblem: result.error });
  if (again) refreshFindings();
}

function take(findings: FindingsAnswer): void {
  useApp.setState({ findings, badges: badgesOf(findings.findings), toldFindings: toldInTime(findings.findings), findingsProblem: undefined });
}
