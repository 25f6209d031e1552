import { systemPreferences } from 'electron';
import { accentColour } from './accent-colour';

/** Tells the accent of the system, now and whenever a person chooses another. */
export function followAccent(tell: (accent: string | undefined) => void): void {
  const now = (): void => tell(accentColour(process.platform, () => systemPreferences.getAccentColor()));
  now();
  if (process.platform === 'win32') systemPreferences.on('accent-color-changed', now);
}
