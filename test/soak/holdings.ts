import { readdirSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { NativeEngine } from '../../electron/engine/native/native-engine';
import type { PortableEngine } from '../../electron/engine/portable/portable-engine';

/** What the process and the engine hold at a moment at which everything that was opened is closed. */
export interface Holdings {
  /** Milliseconds since the load began. */
  readonly at: number;
  /** Heap and memory outside it that something still refers to, in bytes. */
  readonly memory: number;
  /** File descriptors, or on Windows kernel handles. */
  readonly handles: number;
  /** Of Node: connected and listening. The DLLs' own are among the kernel handles. */
  readonly sockets: number;
  /** What the engine's own tables still hold, all of them together. */
  readonly tables: Readonly<Record<string, number>>;
  /** What the HINTERNETs and pending operations are that the native engine still holds, in words. */
  readonly left: readonly string[];
}

/** The same with what the record was at that moment. */
export interface Sample extends Holdings {
  /** Kept in the history. */
  readonly events: number;
  /** Whether the history has come to its bound: what is held no longer grows with it. */
  readonly full: boolean;
}

setFlagsFromString('--expose-gc');
// V8's own collector, of a context made after the flag: the flag of Node's command line does not reach a program under Wine.
const collect = runInNewContext('gc') as () => void;

/** What is given back may be in the hands of a timer or an answer that is under way for so long, in milliseconds. */
const GIVEN_BACK_WITHIN = 20_000;

/** Whether nothing holds an object any more, once what was under way with it has ended. */
export async function collected(object: WeakRef<object>): Promise<boolean> {
  const deadline = performance.now() + GIVEN_BACK_WITHIN;
  while (performance.now() < deadline) {
    // A reference that was just looked at is kept until the turn is over.
    await new Promise((resolve) => { setTimeout(resolve, 50); });
    collect();
    if (object.deref() === undefined) return true;
  }
  return false;
}

/** What tables hold, all of them together. */
export function inTables(tables: Holdings['tables']): number {
  return Object.values(tables).reduce((sum, count) => sum + count, 0);
}

export async function holdings(engine: PortableEngine | NativeEngine, at: number): Promise<Holdings> {
  // Twice, with a turn between: memory outside the heap is given back by what the first collection found.
  collect();
  await new Promise((resolve) => { setTimeout(resolve, 100); });
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return {
    at, memory: heapUsed + external, handles: engine instanceof NativeEngine ? engine.processHandles : fileDescriptors(),
    sockets: process.getActiveResourcesInfo().filter((name) => name.startsWith('TCP')).length, tables: engine.tables,
    left: engine instanceof NativeEngine ? engine.left : [],
  };
}

/** On Windows the portable engine's sockets are told by Node alone. */
function fileDescriptors(): number {
  return process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0;
}
