import type { WindowsProcess } from './system';

const MEM_COMMIT_RESERVE = 0x3000;
const PAGE_READWRITE = 0x04;
const PAGE_EXECUTE_READ = 0x20;

/**
 * A callback with up to five arguments that adds a sixth: the id of the thread it runs on.
 *
 * JavaScript runs on one thread, so a callback that Windows makes on a worker thread cannot ask for that thread's id
 * once it has reached JavaScript. These instructions ask before it does: they keep the arguments in the caller's
 * home space, call GetCurrentThreadId, and pass all six on. x64 calling convention; nothing else is touched.
 *
 * @param target a callback that takes the five arguments and the thread id (uint32_t)
 * @returns the address to register with Windows, or undefined on another processor
 */
export function withThreadId(process: WindowsProcess, target: bigint, arch: string): bigint | undefined {
  if (arch !== 'x64') return undefined;
  const kernel32 = process.loadLibrary('kernel32.dll');
  const threadId = kernel32 === undefined ? undefined : process.findExport(kernel32, 'GetCurrentThreadId');
  if (threadId === undefined) return undefined;
  const code = machineCode(threadId, target);
  const address = process.call('VirtualAlloc', 0n, code.length, MEM_COMMIT_RESERVE, PAGE_READWRITE);
  if (address === 0n) return undefined;
  process.write(address, code);
  const old = process.allocate(4);
  const executable = process.call('VirtualProtect', address, code.length, PAGE_EXECUTE_READ, old) !== 0n;
  process.release(old);
  process.call('FlushInstructionCache', process.call('GetCurrentProcess'), address, code.length);
  return executable ? address : undefined;
}

function machineCode(threadId: bigint, target: bigint): Uint8Array {
  return Uint8Array.from([
    0x48, 0x83, 0xec, 0x48, // sub rsp, 48h: shadow space, two stack arguments, alignment
    0x48, 0x89, 0x4c, 0x24, 0x50, // mov [rsp+50h], rcx
    0x48, 0x89, 0x54, 0x24, 0x58, // mov [rsp+58h], rdx
    0x4c, 0x89, 0x44, 0x24, 0x60, // mov [rsp+60h], r8
    0x4c, 0x89, 0x4c, 0x24, 0x68, // mov [rsp+68h], r9
    0x48, 0xb8, ...littleEndian(threadId), // mov rax, GetCurrentThreadId
    0xff, 0xd0, // call rax
    0x89, 0x44, 0x24, 0x28, // mov [rsp+28h], eax: the sixth argument
    0x48, 0x8b, 0x4c, 0x24, 0x50, // mov rcx, [rsp+50h]
    0x48, 0x8b, 0x54, 0x24, 0x58, // mov rdx, [rsp+58h]
    0x4c, 0x8b, 0x44, 0x24, 0x60, // mov r8, [rsp+60h]
    0x4c, 0x8b, 0x4c, 0x24, 0x68, // mov r9, [rsp+68h]
    0x8b, 0x44, 0x24, 0x70, // mov eax, [rsp+70h]: the fifth argument
    0x89, 0x44, 0x24, 0x20, // mov [rsp+20h], eax
    0x48, 0xb8, ...littleEndian(target), // mov rax, target
    0xff, 0xd0, // call rax
    0x48, 0x83, 0xc4, 0x48, // add rsp, 48h
    0xc3, // ret
  ]);
}

function littleEndian(value: bigint): number[] {
  return Array.from({ length: 8 }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn));
}
