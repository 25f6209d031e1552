import { constantValue } from '../../../../preload/contract/win32/constant-table';
import { signatureOf } from '../../../../preload/contract/win32/functions';
import type { Param, Pointee } from '../../../../preload/contract/win32/signature';
import { csharpStruct } from './csharp-struct';
import type { Plan, Planned, PlannedArgument, PlannedCall } from './plan';
import { byteList, csharpText } from './text-literals';

const RETURNS = { BOOL: 'bool', HINTERNET: 'IntPtr', HANDLE: 'IntPtr', ERROR: 'uint', DWORD: 'uint', CALLBACK: 'IntPtr' } as const;
const SIZES: Readonly<Record<Pointee, number>> = { DWORD: 4, ULONG: 4, BOOL: 4, HANDLE: 8, HTTP_ID: 8, ULONGLONG: 8, DWORD_PTR: 8, POINTER: 8, PWSTR: 8 };
/** Members of an HTTP_REQUEST that other calls want, by offset. */
const REQUEST_MEMBERS: Readonly<Record<string, number>> = { ConnectionId: 8, RequestId: 16 };

/** The calls as a C# program for 64-bit Windows, with the declarations of what it calls. */
export function csharpProgram(plan: Plan, head: readonly string[]): string {
  return new CSharpWriter(plan).write(head);
}

class CSharpWriter {
  /** Memory that holds a handle or an id. */
  private readonly outs = new Map<string, 'HANDLE' | 'HTTP_ID'>();
  private readonly constants = new Set<string>();

  constructor(private readonly plan: Plan) {}

  write(head: readonly string[]): string {
    const body: string[] = [];
    for (const { name, type, raw } of this.plan.needed) body.push(`${type === 'ULONGLONG' ? 'ulong' : 'IntPtr'} ${name} = ${type === 'ULONGLONG' ? '0' : 'IntPtr.Zero'};  // yours; in the recording it was ${raw}`);
    for (const call of this.plan.calls) body.push('', ...this.call(call));
    const called = new Map(this.plan.calls.map((call) => [call.exported, call]));
    const callbacks = this.plan.calls.some(({ waits, args }) => waits === 'callback' || args.some(({ param }) => param.kind === 'callback'));
    const overlapped = this.plan.calls.some(({ waits }) => waits !== undefined && waits !== 'callback');
    return [
      ...head.map((line) => `// ${line}`), 'using System;', 'using System.Runtime.InteropServices;', 'using System.Threading;', '',
      'static class RecordedCalls', '{',
      ...[...this.constants].map((name) => `    const uint ${name} = 0x${((constantValue(name) ?? 0) >>> 0).toString(16)};`), '',
      ...[...called.values()].flatMap(declared),
      ...(overlapped ? ['    [DllImport("kernel32.dll", SetLastError = true)]', '    static extern bool GetOverlappedResult(IntPtr hFile, IntPtr lpOverlapped, out uint transferred, bool wait);', ''] : []),
      ...(callbacks ? CALLBACK : []), ...MEMORY,
      '    static void Main()', '    {', ...body.map((line) => (line === '' ? '' : `        ${line}`)), '    }', '}', '',
    ].join('\n');
  }

  private call(call: PlannedCall): readonly string[] {
    const lines = call.args.flatMap((argument) => this.declaration(argument));
    const last = call.args.length - 1;
    lines.push(`${call.result === undefined ? '' : `IntPtr ${call.result} = `}${call.exported}(${call.args.length === 0 ? ');' : ''}`);
    call.args.forEach(({ name, param, planned }, place) => lines.push(`    ${name}: ${this.expression(planned, param)}${place === last ? ');' : ','}`));
    lines.push(`// Recorded: ${call.recorded}`);
    if (call.waits === 'callback') lines.push('Completed.WaitOne();  // REQUEST_COMPLETE');
    else if (call.waits !== undefined) lines.push(`GetOverlappedResult(${this.expression(call.waits.handle, QUEUE)}, ${call.waits.overlapped}, out _, true);`);
    return lines;
  }

  private declaration({ planned, param }: PlannedArgument): readonly string[] {
    switch (planned.as) {
      case 'bytes': return [`byte[] ${planned.name} = { ${byteList(planned.hex.padEnd(planned.bytes * 2, '2e'), '')} };`];
      case 'scalar': return param.kind === 'bytes' ? [`byte[] ${planned.name} = BitConverter.GetBytes(${planned.value}u);`] : [`IntPtr ${planned.name} = Memory(${planned.size});`, `Marshal.WriteInt${planned.size * 8}(${planned.name}, ${planned.value});`];
      case 'structs': return csharpStruct(planned.struct, planned.name, planned.items, (name) => this.variable(name, QUEUE));
      case 'out':
        if (planned.of === 'HANDLE' || planned.of === 'HTTP_ID') this.outs.set(planned.name, planned.of);
        return [`IntPtr ${planned.name} = Memory(${SIZES[planned.of]});`, ...(planned.measures === undefined ? [] : [`Marshal.WriteInt32(${planned.name}, ${planned.measures.inChars ? planned.measures.bytes / 2 : planned.measures.bytes});`])];
      case 'memory': return [`IntPtr ${planned.name} = Memory(${Math.max(1, planned.bytes)});`];
      case 'overlapped': return [`IntPtr ${planned.name} = Memory(32);  // OVERLAPPED`];
      case 'null': case 'number': case 'wide-number': case 'variable': case 'text': case 'hidden': case 'callback': case 'version': return [];
    }
  }

  private expression(planned: Planned, param: Param): string {
    switch (planned.as) {
      case 'null': return csharpType(param) === 'IntPtr' ? 'IntPtr.Zero' : 'null';
      case 'number': return this.number(planned.value, planned.words, param);
      case 'wide-number': return param.kind === 'id' ? planned.hex : `(UIntPtr)${planned.hex}`;
      case 'variable': return this.variable(planned.name, param);
      case 'text': return csharpText(planned.text);
      case 'hidden': return '"" /* kept out of the recording: yours */';
      case 'callback': return 'OnStatus';
      case 'version': return planned.value === 1 ? '1' : '2';
      case 'bytes': case 'scalar': case 'structs': case 'out': case 'memory': case 'overlapped': return planned.name;
    }
  }

  private number(value: number, words: string, param: Param): string {
    const names = words.match(/[A-Za-z_]\w{2,}/g) ?? [];
    const short = param.kind === 'int' && param.bits === 16;
    if (short || names.length === 0 || names.some((name) => constantValue(name) === undefined)) return param.kind === 'int' && param.signed === true ? String(value) : String(short ? value : value >>> 0);
    for (const name of names) this.constants.add(name);
    return param.kind === 'int' && param.signed === true ? `(int)(${words})` : words;
  }

  private variable(name: string, param: Param): string {
    const [memory = '', member] = name.split('.');
    const offset = member === undefined ? undefined : REQUEST_MEMBERS[member];
    if (offset !== undefined) return `(ulong)Marshal.ReadInt64(${memory}, ${offset})`;
    const out = this.outs.get(name);
    if (out === undefined) return name;
    return param.kind === 'id' ? `(ulong)Marshal.ReadInt64(${name})` : `Marshal.ReadIntPtr(${name})`;
  }
}

const QUEUE: Param = { kind: 'handle', of: 'HANDLE' };

function declared({ exported, api, dll, returns }: PlannedCall): readonly string[] {
  const params = Object.entries(signatureOf(api).params).map(([name, param]) => `${attribute(param)}${csharpType(param)} ${name}`);
  const wide = exported.endsWith('A') && exported !== api ? 'Ansi' : 'Unicode';
  return [`    [DllImport("${dll}.dll", CharSet = CharSet.${wide}, ExactSpelling = true, SetLastError = true)]`, `    static extern ${RETURNS[returns]} ${exported}(${params.join(', ')});`, ''];
}

function attribute(param: Param): string {
  if (param.kind !== 'string' || param.width === 'call') return '';
  return `[MarshalAs(UnmanagedType.LP${param.width === 'wide' ? 'W' : ''}Str)] `;
}

function csharpType(param: Param): string {
  switch (param.kind) {
    case 'id': return 'ulong';
    case 'int': return param.bits === 16 ? 'ushort' : param.signed === true ? 'int' : 'uint';
    case 'dword_ptr': return 'UIntPtr';
    case 'version': return 'uint';
    case 'callback': return 'StatusCallback';
    case 'string': return 'string';
    case 'bytes': return 'byte[]';
    case 'handle': case 'in-struct': case 'in-array': case 'in-property': case 'out': case 'out-buffer': case 'out-struct': case 'out-text': case 'overlapped': case 'reserved': return 'IntPtr';
  }
}

const CALLBACK = [
  '    delegate void StatusCallback(IntPtr hInternet, UIntPtr dwContext, uint dwInternetStatus, IntPtr lpvStatusInformation, uint dwStatusInformationLength);',
  '    static readonly AutoResetEvent Completed = new AutoResetEvent(false);',
  '    // Kept in a field: WinINet calls it long after the call that registered it.',
  '    static readonly StatusCallback OnStatus = (handle, context, status, information, length) =>', '    {',
  '        Console.WriteLine($"  status {status} of 0x{handle:x}, context {context}");',
  '        if (status == 100) Completed.Set();  // INTERNET_STATUS_REQUEST_COMPLETE', '    };', '',
];

const MEMORY = [
  '    /// <summary>Zeroed memory that stays: the API may write to it after a call has returned.</summary>',
  '    static IntPtr Memory(int size) => Bytes(new byte[size]);',
  '    static IntPtr Bytes(byte[] bytes)', '    {',
  '        IntPtr memory = Marshal.AllocHGlobal(bytes.Length);', '        Marshal.Copy(bytes, 0, memory, bytes.Length);', '        return memory;', '    }', '',
];
