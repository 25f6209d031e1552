/** Words of either language that no variable may be. */
const TAKEN: ReadonlySet<string> = new Set(['main', 'completed', 'transferred', 'event', 'char', 'int', 'long', 'object', 'string', 'this', 'in', 'out', 'ref', 'new', 'delete']);

/** Names of variables, each once, and which of them holds a handle or id of the recording now. */
export class Variables {
  private readonly used = new Set<string>(TAKEN);
  private readonly held = new Map<string, string>();

  fresh(base: string): string {
    const name = base.replace(/^./, (first) => first.toLowerCase());
    let unique = name;
    for (let count = 2; this.used.has(unique); count += 1) unique = `${name}${count}`;
    this.used.add(unique);
    return unique;
  }

  /** Raw values are given out again: the last that got one holds it. */
  hold(raw: string, variable: string): void {
    this.held.set(raw, variable);
  }

  holderOf(raw: string): string | undefined {
    return this.held.get(raw);
  }
}
