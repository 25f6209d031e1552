import { writeFileSync } from 'node:fs';
import { completeArgs, type FunctionArgs, type FunctionName } from '../../../preload/contract/win32/functions';
import { isPromiseLike } from '../../../preload/contract/result';
import type { EngineListener, Outcome } from '../../../electron/engine/engine';
import type { NativeEngine } from '../../../electron/engine/native/native-engine';

/** What a program hands to its test: plain values, 64-bit numbers as hexadecimal text. */
export function report(file: string, value: unknown): void {
  writeFileSync(file, JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? `0x${item.toString(16)}` : item)));
}

/** Calls a function whose left-out parameters are 0 or NULL, and waits where it blocks. */
export async function call<N extends FunctionName>(engine: NativeEngine, name: N, args: Partial<FunctionArgs<N>>): Promise<Outcome> {
  return engine.functions[name](completeArgs(name, args), { width: 'W', thread: undefined });
}

/** The same for a call that answers at once, so that what is pending stays pending. */
export function callNow<N extends FunctionName>(engine: NativeEngine, name: N, args: Partial<FunctionArgs<N>>): Outcome {
  const outcome = engine.functions[name](completeArgs(name, args), { width: 'W', thread: undefined });
  if (isPromiseLike(outcome)) throw new Error(`${name} blocks`);
  return outcome;
}

/** A listener of which only some members matter. */
export function listener(parts: Partial<EngineListener>): EngineListener {
  return { callback: () => undefined, completion: () => undefined, connection: () => undefined, lost: () => undefined, ...parts };
}

/** Runs a program's body and leaves at once, so that nothing that is still open holds it. */
export function program(body: () => Promise<void>): void {
  body().then(() => process.exit(0), (fault: unknown) => {
    console.error(fault instanceof Error ? fault.stack : fault);
    process.exit(70);
  });
}
