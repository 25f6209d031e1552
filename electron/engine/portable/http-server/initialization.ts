const SERVER = 1;
const CONFIG = 2;

/** How often HttpInitialize was called and not yet matched by HttpTerminate, for each of its flags. */
export class Initialization {
  private readonly counts = new Map([[SERVER, 0], [CONFIG, 0]]);

  /** Whether server functions may be called: without it they give ERROR_DLL_INIT_FAILED where their page says so. */
  get servers(): boolean {
    return (this.counts.get(SERVER) ?? 0) > 0;
  }

  /** Whether any function may be called, those of the configuration store among them. */
  get any(): boolean {
    return [...this.counts.values()].some((count) => count > 0);
  }

  /** False for flags that are none. */
  begin(flags: number): boolean {
    return this.change(flags, 1);
  }

  /** One call may end both; the page gives no error for one call too many. */
  end(flags: number): boolean {
    return this.change(flags, -1);
  }

  private change(flags: number, by: number): boolean {
    if ((flags & ~(SERVER | CONFIG)) !== 0) return false;
    for (const [flag, count] of this.counts) if ((flags & flag) !== 0) this.counts.set(flag, Math.max(0, count + by));
    return true;
  }
}
