/** Into an element that a menu opens for by a key, in CSS pixels. */
const INSET = 48;

export interface MenuPlace {
  /** CSS pixels in the window. */
  readonly x: number;
  readonly y: number;
}

interface MenuEvent {
  readonly button: number;
  readonly clientX: number;
  readonly clientY: number;
}

/**
 * Where a context menu opens: at the pointer, or, when a key asked for it, below what it is about. The keys give no place.
 * @param about what the menu is about; undefined when it is not on the screen
 */
export function menuPlace(event: MenuEvent, about: Element | undefined | null): MenuPlace {
  const box = event.button === 2 ? undefined : about?.getBoundingClientRect();
  return box === undefined ? { x: event.clientX, y: event.clientY } : { x: box.left + Math.min(INSET, box.width / 2), y: box.bottom };
}
