import { BlockMemory } from '../block-memory';

/**
 * Memory with 64-bit addresses of its own, so that structures with pointers, buffers that are too small and reads of
 * freed memory behave here as they do in a Windows process: by the documented layout, or with a fault.
 */
export class PortableMemory extends BlockMemory {
  constructor() {
    super(0x0000_0200_0000_0000n);
  }
}
