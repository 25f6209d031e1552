import { asUint64, type CValue } from './load-koffi';
import type { WindowsProcess } from './system';
import { withThreadId } from './thread-thunk';

/** Up to five integer arguments as they came, and the thread that the callback was made on. */
export type ThreadCallback = (args: readonly CValue[], thread: number) => void;

const PARAMS = ['uint64_t', 'uint64_t', 'uint32_t', 'uint64_t', 'uint32_t'] as const;

/** The thread of a callback on a processor for which there is no thunk: not known. */
export const UNKNOWN_THREAD = 0;

/**
 * Makes a function pointer that stays valid for the life of the process: a callback that Windows still makes after its
 * function was unregistered would end the process. It never lets an exception reach native code.
 */
export function registerWithThread(process: WindowsProcess, run: ThreadCallback): bigint {
  const { koffi } = process;
  const guarded = (args: readonly CValue[], thread: number): void => {
    try {
      run(args, thread);
    } catch (error) {
      // Thrown where Node reports it, and not through frames of Windows.
      setImmediate(() => {
        throw error;
      });
    }
    process.kernel.SetLastError(0);
  };
  const six = koffi.pointer(koffi.proto('void', [...PARAMS, 'uint32_t']));
  const target = asUint64(koffi.register((...args: readonly CValue[]) => guarded(args.slice(0, 5), Number(args[5] ?? 0)), six));
  const address = withThreadId(process, target, globalThis.process.arch);
  if (address !== undefined) return address;
  const five = koffi.pointer(koffi.proto('void', [...PARAMS]));
  return asUint64(koffi.register((...args: readonly CValue[]) => guarded(args, UNKNOWN_THREAD), five));
}
