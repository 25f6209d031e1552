/** Of what begins and may never be heard of again, so many are kept. */
const MOST_KEPT = 100_000;

/** Sets a value, and forgets the oldest beyond what is kept at most. */
export function keepBounded<V>(map: Map<string, V>, key: string, value: V): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= MOST_KEPT) return;
  const [oldest] = map.keys();
  if (oldest !== undefined) map.delete(oldest);
}
