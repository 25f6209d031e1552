/**
 * The accent that a person chose for their system, as #rrggbb; undefined where the system has none that programs take up.
 * @param read systemPreferences.getAccentColor: RRGGBBAA
 */
export function accentColour(platform: NodeJS.Platform, read: () => string): string | undefined {
  if (platform !== 'win32') return undefined;
  const rgba = read();
  return /^[0-9a-f]{8}$/i.test(rgba) ? `#${rgba.slice(0, 6).toLowerCase()}` : undefined;
}
