/** Entries kept of what a rule remembers; a trace that runs for days must not fill the memory. */
const MOST_ENTRIES = 10_000;

/** A map that forgets its oldest entry when it is full. */
export class BoundedMap<K, V> extends Map<K, V> {
  override set(key: K, value: V): this {
    super.delete(key);
    super.set(key, value);
    if (this.size > MOST_ENTRIES) {
      const oldest = this.keys().next();
      if (oldest.done !== true) super.delete(oldest.value);
    }
    return this;
  }
}
