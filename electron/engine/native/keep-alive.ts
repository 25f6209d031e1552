/** Longer than any timer may run; it is only there to be there. */
const NEVER = 0x7fffffff;

/** Keeps Node's event loop running while something is owed: koffi's callbacks alone do not. */
export class KeepAlive {
  private held = 0;
  private timer: NodeJS.Timeout | undefined;

  hold(): void {
    this.held += 1;
    this.timer ??= setInterval(() => undefined, NEVER);
  }

  release(): void {
    this.held -= 1;
    if (this.held > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }
}
