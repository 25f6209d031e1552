/** Numbers as they are told everywhere: groups of three, a point before the fraction. */
export function grouped(size: number, digits: number): string {
  const [whole = '', fraction] = size.toFixed(digits).split('.');
  const parts = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? parts : `${parts}.${fraction}`;
}

/** A time of the trace, or how long something took, with its unit: "1,960.0 ms". */
export function milliseconds(time: number, digits = 1): string {
  return `${grouped(time, digits)} ms`;
}
