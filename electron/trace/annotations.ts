import { MOST_ANNOTATIONS, type Annotation, type Mute } from '../../preload/contract/annotation';

/** What people added to a recording: it goes with the trace, into its file and out of it, and changes no event. */
export class Annotations {
  private list: readonly Annotation[] = [];
  private readonly listeners = new Set<() => void>();

  /** In the order in which they were written. The same list as long as nothing is added or removed. */
  get all(): readonly Annotation[] {
    return this.list;
  }

  get mutes(): readonly Mute[] {
    return this.list.filter((annotation) => annotation.kind === 'mute');
  }

  get full(): boolean {
    return this.list.length >= MOST_ANNOTATIONS;
  }

  /** Takes the place of whatever has the same id; what is beyond the bound is left out. */
  add(...added: readonly Annotation[]): void {
    const byId = new Map([...this.list, ...added].map((annotation) => [annotation.id, annotation]));
    this.change([...byId.values()].slice(0, MOST_ANNOTATIONS));
  }

  /** Says whether there was one with this id. */
  remove(id: string): boolean {
    const left = this.list.filter((annotation) => annotation.id !== id);
    if (left.length === this.list.length) return false;
    this.change(left);
    return true;
  }

  /** Lets go what is about a recording that is over; what is about rules stays. */
  keepMutes(): void {
    const left = this.mutes.filter(({ handle }) => handle === undefined);
    if (left.length < this.list.length) this.change(left);
  }

  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private change(list: readonly Annotation[]): void {
    this.list = list;
    for (const listener of this.listeners) listener();
  }
}
