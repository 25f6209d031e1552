import { useEffect, useState } from 'react';
import { readPalette, type Palette } from './palette';

/** The colours for a canvas; new ones when the theme changes, or the person's own colours come in force. */
export function usePalette(): Palette {
  const [palette, setPalette] = useState(() => readPalette(document.documentElement));
  useEffect(() => watchColours(() => setPalette(readPalette(document.documentElement))), []);
  return palette;
}

/** Calls whenever what is drawn on a canvas must be drawn in other colours; the answer ends it. */
export function watchColours(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'style'] });
  const asked = ['(forced-colors: active)', '(prefers-contrast: more)'].map((query) => matchMedia(query));
  for (const query of asked) query.addEventListener('change', changed);
  return () => {
    observer.disconnect();
    for (const query of asked) query.removeEventListener('change', changed);
  };
}
