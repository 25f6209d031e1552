import { err, ok, type Result } from '../../preload/contract/result';
import type { Engine } from './engine';
import { PortableEngine } from './portable/portable-engine';

export const ENGINE_NAMES = ['portable', 'native'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];

/** Makes an engine by its name, or says why it cannot be had here. */
export function createEngine(name: EngineName): Result<Engine, string> {
  switch (name) {
    case 'portable': return ok(new PortableEngine());
    case 'native': return err('The native engine (koffi on wininet.dll and httpapi.dll) is not part of this version: see docs/limits.md. Use --engine portable.');
  }
}
