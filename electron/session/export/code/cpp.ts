import type { Pointee } from '../../../../preload/contract/win32/signature';
import { cppBytes, cppStruct } from './cpp-struct';
import { enumWords, isEnumeration } from './cpp-enum';
import type { Plan, Planned, PlannedArgument, PlannedCall } from './plan';
import { cppText } from './text-literals';

const POINTEES: Readonly<Record<Pointee, string>> = {
  DWORD: 'DWORD', ULONG: 'ULONG', BOOL: 'BOOL', HANDLE: 'HANDLE', HTTP_ID: 'HTTP_OPAQUE_ID', ULONGLONG: 'ULONGLONG', DWORD_PTR: 'DWORD_PTR', POINTER: 'PVOID', PWSTR: 'PWSTR',
};

/** The calls as a C++ program for Windows: one statement a call, each argument with its parameter's name. */
export function cppProgram(plan: Plan, head: readonly string[]): string {
  const dlls = new Set(plan.calls.map(({ dll }) => dll));
  const wininet = dlls.has('wininet');
  const lines = [...head.map((line) => `// ${line}`), `// Build: cl /EHsc calls.cpp${wininet ? ' wininet.lib' : ''}${dlls.has('httpapi') ? ' httpapi.lib' : ''}`];
  lines.push('#define _WIN32_WINNT 0x0A00', '#include <winsock2.h>', '#include <windows.h>');
  if (wininet) lines.push('#include <wininet.h>');
  // wininet.h has a macro of the name that http.h gives a structure.
  if (dlls.has('httpapi')) lines.push('#undef HTTP_VERSION', '#include <http.h>');
  lines.push('#include <cstdio>', '');
  if (plan.calls.some(({ waits, args }) => waits === 'callback' || args.some(({ planned }) => planned.as === 'callback'))) lines.push(...CALLBACK);
  lines.push('int main() {');
  for (const { name, type, raw } of plan.needed) {
    lines.push(`  ${type} ${name} = ${type === 'ULONGLONG' ? '0' : 'NULL'};  // yours; in the recording it was ${raw}`);
  }
  for (const call of plan.calls) lines.push('', ...callLines(call).map((line) => `  ${line}`));
  return [...lines, '  return 0;', '}', ''].join('\n');
}

const CALLBACK = [
  'static HANDLE completed = CreateEventW(NULL, FALSE, FALSE, NULL);', '',
  'static void CALLBACK OnStatus(HINTERNET handle, DWORD_PTR context, DWORD status, LPVOID, DWORD) {',
  '  std::printf("  status %lu of %p, context %p\\n", status, static_cast<void *>(handle), reinterpret_cast<void *>(context));',
  '  if (status == INTERNET_STATUS_REQUEST_COMPLETE) SetEvent(completed);', '}', '',
];

function callLines(call: PlannedCall): readonly string[] {
  const lines = call.args.flatMap((argument) => declaration(argument));
  const last = call.args.length - 1;
  const body = [`${call.result === undefined ? '' : `${call.returns} ${call.result} = `}${call.exported}(`];
  call.args.forEach((argument, place) => {
    const text = `    ${expression(argument.planned)}${place === last ? ');' : ','}`;
    body.push(`${text.padEnd(44)}  // ${argument.name}`);
  });
  if (call.args.length === 0) body.splice(0, 1, `${body[0] ?? ''});`);
  lines.push(...body, `// Recorded: ${call.recorded}`);
  if (call.waits === 'callback') lines.push('WaitForSingleObject(completed, INFINITE);  // REQUEST_COMPLETE');
  else if (call.waits !== undefined) {
    lines.push('{', '  DWORD transferred = 0;', `  GetOverlappedResult(${expression(call.waits.handle)}, &${call.waits.overlapped}, &transferred, TRUE);`, '}');
  }
  return lines;
}

function declaration({ planned }: PlannedArgument): readonly string[] {
  switch (planned.as) {
    case 'bytes': return [...(planned.hex.length < planned.bytes * 2 ? [`// The recording kept the first ${planned.hex.length / 2} of ${planned.bytes} bytes: give the rest.`] : []), ...cppBytes(planned.name, planned.hex.padEnd(planned.bytes * 2, '2e'))];
    case 'scalar': return [`${planned.size === 4 ? 'ULONG' : 'USHORT'} ${planned.name} = ${planned.value};`];
    case 'structs': return cppStruct(planned.struct, planned.name, planned.items, planned.list);
    case 'out': return [`${POINTEES[planned.of]} ${planned.name} = ${planned.measures === undefined ? initial(planned.of) : planned.measures.inChars ? String(planned.measures.bytes / 2) : String(planned.measures.bytes)};`];
    case 'memory':
      if (planned.struct === 'HTTP_REQUEST_V2') return [`alignas(16) static BYTE ${planned.name}Bytes[${planned.bytes}];`, `HTTP_REQUEST &${planned.name} = *reinterpret_cast<PHTTP_REQUEST>(${planned.name}Bytes);`];
      return [planned.text ? `static WCHAR ${planned.name}[${Math.max(1, planned.bytes / 2)}];` : `alignas(16) static BYTE ${planned.name}[${Math.max(1, planned.bytes)}];`];
    case 'overlapped': return [`OVERLAPPED ${planned.name} = {};`];
    case 'null': case 'number': case 'wide-number': case 'variable': case 'text': case 'hidden': case 'callback': case 'version': return [];
  }
}

function initial(of: Pointee): string {
  return of === 'HANDLE' || of === 'POINTER' || of === 'PWSTR' ? 'NULL' : '0';
}

function expression(planned: Planned): string {
  switch (planned.as) {
    case 'null': return 'NULL';
    case 'number': return isEnumeration(planned.group) ? enumWords(planned.value, planned.group) : planned.words;
    case 'wide-number': return planned.hex === '0x0' ? '0' : planned.hex;
    case 'variable': return planned.name;
    case 'text': return cppText(planned.text, planned.wide);
    case 'hidden': return `${planned.wide ? 'L' : ''}"" /* kept out of the recording: yours */`;
    case 'callback': return 'OnStatus';
    case 'version': return planned.value === 1 ? 'HTTPAPI_VERSION_1' : 'HTTPAPI_VERSION_2';
    case 'structs': return planned.list ? planned.name : `&${planned.name}`;
    case 'scalar': case 'out': case 'overlapped': return `&${planned.name}`;
    case 'memory': return planned.struct === 'HTTP_REQUEST_V2' ? `&${planned.name}` : planned.name;
    case 'bytes': return planned.name;
  }
}
