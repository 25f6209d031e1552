import { FUNCTION_NAMES, signatureOf, type FunctionName } from '../../../preload/contract/win32/functions';
import type { Dll, Width } from '../../../preload/contract/win32/signature';
import type { Availability } from '../engine';
import { parameterType, returnType } from './call-frame';
import { availabilityOf, ExportFinder, type ExportProbe } from './export-probe';
import type { CFunction } from './load-koffi';
import type { Library, WindowsProcess } from './system';

/** Which file stands for a DLL; the tests put their own in the place of one. */
export type DllFiles = Readonly<Record<Dll, string>>;

export const SYSTEM_DLLS: DllFiles = { wininet: 'wininet.dll', httpapi: 'httpapi.dll', kernel32: 'kernel32.dll' };

interface Bound {
  readonly probe: ExportProbe;
  readonly call: CFunction | undefined;
}

/** Every function of the catalogue by export name, bound once, from the signature that the contract gives it. */
export class BoundFunctions {
  readonly wineVersion: string | undefined;
  private readonly bound = new Map<string, Bound>();

  constructor(private readonly process: WindowsProcess, files: DllFiles) {
    const finder = new ExportFinder(process);
    this.wineVersion = finder.wineVersion();
    const libraries = new Map<string, Library | undefined>();
    for (const name of FUNCTION_NAMES) {
      const signature = signatureOf(name);
      const file = files[signature.dll];
      if (!libraries.has(file)) libraries.set(file, process.loadLibrary(file));
      for (const exported of signature.widths ? [`${name}A`, `${name}W`] : [name]) {
        this.bound.set(exported, this.bindOne(finder.find(libraries.get(file), file, exported), name));
      }
    }
  }

  availability(name: FunctionName): Availability {
    return availabilityOf(this.find(name, 'W').probe);
  }

  /** @throws Error when it cannot be called: `availability` says so beforehand */
  function(name: FunctionName, width: Width): CFunction {
    const { call, probe } = this.find(name, width);
    if (call === undefined) throw new Error(`${name} is not available: ${'reason' in probe ? probe.reason : 'it was not bound'}`);
    return call;
  }

  private find(name: FunctionName, width: Width): Bound {
    const bound = this.bound.get(signatureOf(name).widths ? `${name}${width}` : name);
    if (bound === undefined) throw new Error(`${name} is not in the catalogue`);
    return bound;
  }

  private bindOne(probe: ExportProbe, name: FunctionName): Bound {
    if (!('address' in probe)) return { probe, call: undefined };
    const signature = signatureOf(name);
    return { probe, call: this.process.bind(probe.address, returnType(signature), Object.values(signature.params).map(parameterType)) };
  }
}
