import { pended, type Observations } from '../runner/observations';

/** A call that answered ERROR_IO_PENDING with an OVERLAPPED completes once; one that did not pend completes never. */
export function oneCompletionPerOverlapped({ calls, completions }: Observations): readonly string[] {
  const violations: string[] = [];
  const users = calls.filter((call) => call.overlapped !== 0n && call.outcome !== undefined);
  for (const call of users) {
    // The same OVERLAPPED may serve a later call: what comes after that is the later call's.
    const next = users.find((other) => other.overlapped === call.overlapped && other.began > call.began);
    const own = completions.filter(({ overlapped, moment }) =>
      overlapped === call.overlapped && moment > call.began && moment < (next?.began ?? Number.POSITIVE_INFINITY));
    const due = pended(call) ? 1 : 0;
    if (own.length > due) violations.push(`${call.name} with an OVERLAPPED at 0x${call.overlapped.toString(16)} completed ${own.length} times, not ${due}`);
  }
  return violations;
}
