import { signatureOf } from '../../../preload/contract/win32/functions';
import type { Observations } from '../runner/observations';

/** The moments at which calls began that were given this handle value. Windows and Wine use values again. */
export function reissues({ calls }: Observations, raw: bigint): readonly number[] {
  return calls
    .filter((call) => signatureOf(call.name).returns === 'HINTERNET' && call.outcome !== undefined && BigInt(call.outcome.returns) === raw)
    .map((call) => call.began);
}
