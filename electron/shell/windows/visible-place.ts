/** A rectangle of the desktop, in device-independent pixels. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What of a window must be seen to take hold of it: a piece of its title bar. */
const GRIP = { width: 160, height: 32 } as const;

/**
 * Where a window can be taken hold of: the place that is wanted, or when that lies on a display that is gone, the nearest
 * one that is there.
 * @param workAreas of the displays, the primary one first; a system without any leaves the place as it is
 */
export function visiblePlace(wanted: Area, workAreas: readonly Area[]): Area {
  const grip = { ...wanted, height: GRIP.height };
  const least = Math.min(GRIP.width, wanted.width);
  if (workAreas.some((area) => overlap(grip, area).width >= least && overlap(grip, area).height >= GRIP.height)) return wanted;
  const [nearest] = [...workAreas].sort((a, b) => distance(wanted, a) - distance(wanted, b));
  if (nearest === undefined) return wanted;
  const width = Math.min(wanted.width, nearest.width);
  const height = Math.min(wanted.height, nearest.height);
  return { width, height, x: within(wanted.x, nearest.x, nearest.x + nearest.width - width), y: within(wanted.y, nearest.y, nearest.y + nearest.height - height) };
}

function overlap(a: Area, b: Area): { readonly width: number; readonly height: number } {
  return {
    width: Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x),
    height: Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y),
  };
}

/** Between the middles. */
function distance(a: Area, b: Area): number {
  return Math.hypot(a.x + a.width / 2 - b.x - b.width / 2, a.y + a.height / 2 - b.y - b.height / 2);
}

function within(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
