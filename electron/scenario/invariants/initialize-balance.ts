import type { Observations } from '../runner/observations';

/** Each HttpInitialize that succeeded has one HttpTerminate with the same flags, and none comes without (http.HttpTerminate, remarks). */
export function initializeBalance({ calls }: Observations): readonly string[] {
  const balance = new Map<number, number>();
  const violations: string[] = [];
  for (const call of calls) {
    if (call.outcome === undefined || Number(call.outcome.returns) !== 0) continue;
    const step = call.name === 'HttpInitialize' ? 1 : call.name === 'HttpTerminate' ? -1 : 0;
    if (step === 0) continue;
    const flags = Number(call.args['Flags'] ?? 0);
    const now = (balance.get(flags) ?? 0) + step;
    if (now < 0) violations.push(`HttpTerminate with flags ${flags} without a HttpInitialize before it`);
    balance.set(flags, Math.max(0, now));
  }
  for (const [flags, open] of balance) {
    if (open > 0) violations.push(`${open} HttpInitialize with flags ${flags} without a HttpTerminate`);
  }
  return violations;
}
