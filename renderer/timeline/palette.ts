/** The colours of the theme as the canvas needs them: read from the tokens, so that they are written down once. */
export const PALETTE_TOKENS = [
  'surface-0', 'surface-1', 'surface-2', 'line', 'line-strong', 'text-1', 'text-2', 'text-3', 'accent', 'on-accent', 'selection',
  'resolve', 'connect', 'send', 'receive', 'on-span', 'call', 'pending', 'pending-stripe', 'received', 'body', 'closed', 'span-edge', 'good', 'closing', 'bad',
] as const;

export type Token = (typeof PALETTE_TOKENS)[number];
export type Colours = Readonly<Record<Token, string>>;

export interface Palette {
  readonly colours: Colours;
  readonly font: string;
  /** Whether every bar has an edge, as with colours of the person's own. */
  readonly edged: boolean;
}

export function readPalette(element: Element): Palette {
  // A canvas knows no tokens, and one that is in no page does not know the system's colours: the page says what they are.
  const probe = document.createElement('i');
  probe.style.forcedColorAdjust = 'none';
  element.append(probe);
  const style = getComputedStyle(probe);
  const read = (token: string): string => {
    probe.style.color = `var(--${token})`;
    return style.color;
  };
  // fromEntries forgets the keys, which are exactly the tokens.
  const colours = Object.fromEntries(PALETTE_TOKENS.map((token) => [token, read(token)])) as Colours;
  const font = style.getPropertyValue('--font').trim();
  const edged = style.getPropertyValue('--span-edge').trim() !== 'transparent';
  probe.remove();
  return { colours, font, edged };
}
