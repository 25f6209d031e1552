/** The files of a scripted FTP server: names with slashes make the directories they need. */
export class FtpFiles {
  readonly #files = new Map<string, Uint8Array>();
  readonly #directories = new Set<string>(['/']);

  constructor(files: Iterable<readonly [name: string, content: Uint8Array]>) {
    for (const [name, content] of files) this.write(absolute('/', name), content);
  }

  read(path: string): Uint8Array | undefined {
    return this.#files.get(path);
  }

  write(path: string, content: Uint8Array): void {
    this.#files.set(path, content);
    for (let parent = parentOf(path); parent !== '/'; parent = parentOf(parent)) this.#directories.add(parent);
  }

  delete(path: string): boolean {
    return this.#files.delete(path);
  }

  rename(from: string, to: string): boolean {
    const content = this.#files.get(from);
    if (content === undefined) return false;
    this.#files.delete(from);
    this.write(to, content);
    return true;
  }

  isDirectory(path: string): boolean {
    return this.#directories.has(path);
  }

  /** False when something of that name is there already. */
  makeDirectory(path: string): boolean {
    if (this.#directories.has(path) || this.#files.has(path)) return false;
    this.#directories.add(path);
    return true;
  }

  removeDirectory(path: string): boolean {
    return path !== '/' && this.#directories.delete(path);
  }

  /** What lies directly in a directory and fits the pattern of its last part, by name. */
  list(path: string): readonly { readonly name: string; readonly size: number | undefined }[] {
    const [directory, pattern] = this.isDirectory(path) ? [path, '*'] : [parentOf(path), nameOf(path)];
    const inside = (one: string): boolean => one !== '/' && parentOf(one) === directory && fits(nameOf(one), pattern);
    const directories = [...this.#directories].filter(inside).map((one) => ({ name: nameOf(one), size: undefined }));
    const files = [...this.#files].filter(([one]) => inside(one)).map(([one, content]) => ({ name: nameOf(one), size: content.length }));
    return [...directories, ...files].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}

/** A path from the root, without dots. */
export function absolute(directory: string, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${directory}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/';
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function fits(name: string, pattern: string): boolean {
  const expression = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.');
  return new RegExp(`^${expression}$`, 'i').test(name);
}
