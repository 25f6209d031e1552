/** A place on whole pixels of the screen, in CSS pixels: a shape between two of them would be drawn as a blur over both. */
export function snapped(place: number, pixelRatio: number): number {
  return Math.round(place * pixelRatio) / pixelRatio;
}
