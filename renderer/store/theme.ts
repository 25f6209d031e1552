import { useApp } from './state';

/** Keeps <html data-theme> at what the person chose, or at what the system shows. The answer ends it. */
export function keepTheme(): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const show = (): void => {
    const { theme } = useApp.getState().settings;
    document.documentElement.dataset['theme'] = theme === 'system' ? (system.matches ? 'dark' : 'light') : theme;
  };
  show();
  system.addEventListener('change', show);
  const stop = useApp.subscribe((state, before) => {
    if (state.settings.theme !== before.settings.theme) show();
  });
  return () => {
    system.removeEventListener('change', show);
    stop();
  };
}

/** The theme that is shown now. */
export function shownTheme(): 'light' | 'dark' {
  return document.documentElement.dataset['theme'] === 'light' ? 'light' : 'dark';
}
