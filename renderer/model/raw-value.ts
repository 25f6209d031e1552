/** A raw value short enough for a row: both ends of a long one, for its middle says least. */
export function shortRaw(raw: string): string {
  return raw.length <= 10 ? raw : `${raw.slice(0, 4)}…${raw.slice(-4)}`;
}
