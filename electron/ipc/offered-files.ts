import path from 'node:path';

/**
 * The files that the window may open by name: those that it was told of, and those that a person dropped on it. Any other
 * goes through the system's dialog. A page that runs another's code can so neither read the disk nor make Windows log in
 * to a share that it names.
 */
export class OfferedFiles {
  private readonly offered = new Set<string>();

  offer(file: string): void {
    this.offered.add(path.resolve(file));
  }

  has(file: string): boolean {
    return this.offered.has(path.resolve(file));
  }
}
