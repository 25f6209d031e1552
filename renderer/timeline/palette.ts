/** The colours of the theme as the canvas needs them: read from the tokens, so that they are written down once. */
const TOKENS = [
  'surface-0', 'surface-1', 'surface-2', 'line', 'line-strong', 'text-1', 'text-2', 'text-3', 'accent', 'on-accent', 'selection',
  'resolve', 'connect', 'send', 'receive', 'on-span', 'call', 'pending', 'pending-stripe', 'received', 'body', 'closed', 'span-edge', 'good', 'closing', 'bad',
] as const;

export type Token = (typeof TOKENS)[number];
export type Colours = Readonly<Record<Token, string>>;

export interface Palette {
  readonly colours: Colours;
  readonly font: string;
}

export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const read = (token: string): string => style.getPropertyValue(`--${token}`).trim();
  // fromEntries forgets the keys, which are exactly the tokens.
  const colours = Object.fromEntries(TOKENS.map((token) => [token, read(token)])) as Colours;
  return { colours, font: read('font') };
}
