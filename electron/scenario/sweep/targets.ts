import { err, ok, type Result } from '../../../preload/contract/result';
import type { SweepAction, SweepTarget } from '../../../preload/contract/sweep';
import { everyStep } from '../language/parse-scenario';
import type { Scenario } from '../language/scenario';
import type { CallStep, StepHeader } from '../language/step';

/** A step that makes a handle, or receives a request, and binds it. */
export type Making = StepHeader & CallStep;

const MAKERS = /^(?:InternetOpen|InternetOpenUrl|InternetConnect|HttpOpenRequest|FtpOpenFile|FtpFindFirstFile|HttpCreate(?:ServerSession|UrlGroup|RequestQueue))[AW]?$/;

/** What of a scenario can be closed or cancelled, in the order of its steps; of steps that bind the same name the first. */
export function sweepTargets(scenario: Scenario): readonly SweepTarget[] {
  const targets = (['close', 'cancel'] as const).flatMap((action) => makings(scenario, action).map((step): SweepTarget => ({ action, name: step.as ?? '', api: step.function })));
  return targets.filter(({ action, name }, place) => targets.findIndex((one) => one.action === action && one.name === name) === place);
}

/**
 * The step that makes what is to be closed or cancelled.
 * @param name its binding; the last one that fits when left out
 */
export function targetStep(scenario: Scenario, action: SweepAction, name: string | undefined): Result<Making, string> {
  const candidates = makings(scenario, action);
  const found = name === undefined ? candidates.at(-1) : candidates.find(({ as }) => as === name);
  if (found !== undefined) return ok(found);
  const names = [...new Set(candidates.map(({ as }) => `$${as ?? ''}`))].join(', ');
  const what = action === 'cancel' ? 'receives a request' : 'makes a handle';
  return err(name === undefined ? `${scenario.name} has no step that ${what} and binds it.` : `${scenario.name} binds no $${name} that ${what}. It has ${names === '' ? 'none' : names}.`);
}

function makings(scenario: Scenario, action: SweepAction): readonly Making[] {
  return everyStep(scenario.steps).filter((step): step is Making & typeof step =>
    step.verb === 'call' && step.as !== undefined && (action === 'cancel' ? step.function === 'HttpReceiveHttpRequest' : MAKERS.test(step.function)));
}
