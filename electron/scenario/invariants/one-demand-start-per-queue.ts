import { pended, type Observations } from '../runner/observations';

/** Only one HttpWaitForDemandStart can be registered for a request queue at a time (http.HttpWaitForDemandStart, remarks). */
export function oneDemandStartPerQueue(observations: Observations): readonly string[] {
  const waiting = new Map<bigint, number>();
  const violations: string[] = [];
  for (const call of observations.calls) {
    const name: string = call.name;
    if (name !== 'HttpWaitForDemandStart' || call.outcome === undefined || !pended(call)) continue;
    const until = waiting.get(call.subject);
    if (until !== undefined && until > call.began) violations.push(`a second HttpWaitForDemandStart pends on the queue 0x${call.subject.toString(16)}`);
    waiting.set(call.subject, observations.completionOf(call)?.moment ?? Number.POSITIVE_INFINITY);
  }
  return violations;
}
