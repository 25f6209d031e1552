import { err, ok, type Result } from '../../preload/contract/result';
import type { Engine } from './engine';
import { NativeEngine } from './native/native-engine';
import { PortableEngine } from './portable/portable-engine';

export const ENGINE_NAMES = ['portable', 'native'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];

/** Makes an engine by its name, or says why it cannot be had here. */
export function createEngine(name: EngineName): Result<Engine, string> {
  switch (name) {
    case 'portable': return ok(new PortableEngine());
    case 'native': return createNative();
  }
}

/** The native engine by its own type, for whoever hosts it. */
export function createNative(): Result<NativeEngine, string> {
  if (process.platform !== 'win32') {
    return err(`The native engine calls wininet.dll and httpapi.dll, which ${process.platform} does not have. Use --engine portable, or on Linux --engine wine.`);
  }
  try {
    return ok(new NativeEngine());
  } catch (error) {
    // koffi throws when its binary or a DLL cannot be loaded.
    return err(`The native engine could not be started: ${error instanceof Error ? error.message : String(error)}`);
  }
}
