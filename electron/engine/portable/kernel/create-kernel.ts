import type { Memory } from '../../../../preload/contract/win32/memory';
import type { OverlappedCompletion, ThreadId } from '../../engine';
import type { EngineThreads } from './engine-threads';
import { HandleTable } from './handle-table';
import { createKernelFunctions, type KernelFunctions } from './kernel-functions';
import { OverlappedIo } from './overlapped-io';

export interface Kernel {
  readonly functions: KernelFunctions;
  readonly handles: HandleTable;
  readonly io: OverlappedIo;
  /** Closes every handle, without reporting what that cancels. */
  dispose(): void;
}

export interface KernelDependencies {
  readonly memory: Memory;
  readonly threads: EngineThreads;
  readonly onCompletion: (event: OverlappedCompletion) => void;
}

/** The kernel objects of one engine, and the functions on them. */
export function createKernel({ memory, threads, onCompletion }: KernelDependencies): Kernel {
  const handles = new HandleTable();
  let disposed = false;
  let completionThread: ThreadId | undefined;
  const io = new OverlappedIo({
    memory,
    handles,
    completionThread: () => (completionThread ??= threads.acquire()),
    onCompletion: (event) => {
      if (!disposed) onCompletion(event);
    },
  });
  return {
    functions: createKernelFunctions({ memory, handles, io, threads }),
    handles,
    io,
    dispose: () => {
      disposed = true;
      handles.closeAll();
      if (completionThread !== undefined) threads.release(completionThread);
      completionThread = undefined;
    },
  };
}
