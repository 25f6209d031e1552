import { signatureOf } from '../../../preload/contract/win32/functions';
import type { ObservedCall, Observations } from '../runner/observations';

/** The functions that end a handle or an id, by the parameter that names it. */
const CLOSERS: Readonly<Record<string, string>> = {
  InternetCloseHandle: 'hInternet',
  HttpCloseServerSession: 'ServerSessionId',
  HttpCloseUrlGroup: 'UrlGroupId',
  HttpCloseRequestQueue: 'RequestQueueHandle',
  CloseHandle: 'hObject',
};

/** No call is made with a handle that was closed, until its value is given out again (wininet.InternetCloseHandle, remarks). */
export function noUseAfterClose({ calls }: Observations): readonly string[] {
  const closed = new Set<string>();
  const violations: string[] = [];
  for (const call of calls) {
    for (const key of handlesIn(call)) {
      if (closed.has(key) && call.byStep) violations.push(`${call.name} was called with ${key.replace(' ', ' 0x')}, which was closed before`);
    }
    if (call.outcome === undefined) continue;
    const made = madeBy(call);
    if (made !== undefined) closed.delete(made);
    const closer = CLOSERS[call.name];
    if (closer === undefined || !succeeded(call)) continue;
    const raw = call.args[closer];
    if (typeof raw === 'bigint') closed.add(`${spaceOf(call, closer)} ${raw.toString(16)}`);
  }
  return violations;
}

/** Values of different kinds overlap: an id and a handle may be the same number. */
function spaceOf(call: ObservedCall, parameter: string): string {
  const param = signatureOf(call.name).params[parameter];
  return param?.kind === 'handle' || param?.kind === 'id' ? param.of : '';
}

function handlesIn(call: ObservedCall): readonly string[] {
  return Object.keys(signatureOf(call.name).params).flatMap((name) => {
    const space = spaceOf(call, name);
    const raw = call.args[name];
    return space === '' || typeof raw !== 'bigint' || raw === 0n ? [] : [`${space} ${raw.toString(16)}`];
  });
}

function madeBy(call: ObservedCall): string | undefined {
  const { returns } = signatureOf(call.name);
  if ((returns !== 'HINTERNET' && returns !== 'HANDLE') || call.outcome === undefined) return undefined;
  return `${returns} ${BigInt(call.outcome.returns).toString(16)}`;
}

function succeeded(call: ObservedCall): boolean {
  const value = Number(call.outcome?.returns ?? 0);
  return signatureOf(call.name).returns === 'ERROR' ? value === 0 : value !== 0;
}
