import type { EngineListener } from '../../../electron/engine/engine';
import { PortableEngine } from '../../../electron/engine/portable/portable-engine';

/** The real engine, whose voice can be borrowed: no peer brings as many callbacks a second as a test may want. */
export class VoicedEngine extends PortableEngine {
  voice: EngineListener | undefined;

  override listen(listener: EngineListener): void {
    this.voice = listener;
    super.listen(listener);
  }
}
