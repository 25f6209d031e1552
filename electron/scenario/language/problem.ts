/** A place in a scenario file. Both count from 1, as editors show them. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Why a file is not a scenario: where, what is wrong and what is allowed there. */
export interface Problem extends Position {
  readonly message: string;
}

/** Gathers every problem of a file, so that one look at the report mends them all. */
export class Problems {
  readonly #found: Problem[] = [];

  add(at: Position, message: string): void {
    this.#found.push({ line: at.line, column: at.column, message });
  }

  get count(): number {
    return this.#found.length;
  }

  /** In the order of the file. */
  list(): readonly Problem[] {
    return [...this.#found].sort((a, b) => a.line - b.line || a.column - b.column);
  }
}
