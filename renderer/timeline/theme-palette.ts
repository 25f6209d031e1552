import { readPalette, type Palette } from './palette';

/** The palette of a theme that need not be the one that is shown: its tokens are read from the page's own style sheets. */
export function paletteOfTheme(theme: 'light' | 'dark'): Palette {
  const shown = readPalette(document.documentElement);
  const style = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
    .find((rule): rule is CSSStyleRule => rule instanceof CSSStyleRule && rule.selectorText.includes(`data-theme="${theme}"`) && rule.style.getPropertyValue('--surface-0') !== '')?.style;
  if (style === undefined) return shown;
  const colours = Object.fromEntries(Object.entries(shown.colours).map(([token, colour]) => [token, style.getPropertyValue(`--${token}`).trim() || colour]));
  // The same keys as those of the palette that is shown.
  return { colours: colours as unknown as Palette['colours'], font: shown.font, edged: false };
}
