import { readableAccent } from '../model/accent';
import { useApp } from './state';
import { shownTheme } from './theme';

/** What the accent stands on as a text. */
const SURFACES = ['--surface-0', '--surface-1', '--surface-2', '--surface-3', '--selection'] as const;

/** Takes up the accent of the system, where it has one. In high contrast every colour is the system's already. The answer ends it. */
export function keepAccent(): () => void {
  const root = document.documentElement;
  const forced = matchMedia('(forced-colors: active)');
  const show = (): void => {
    const { accent: own } = useApp.getState();
    const styles = getComputedStyle(root);
    const found = own === undefined || forced.matches ? undefined : readableAccent(own, SURFACES.map((name) => styles.getPropertyValue(name)), shownTheme());
    for (const [name, value] of [['--accent', found?.accent], ['--on-accent', found?.onAccent], ['--accent-hover', found?.hover]] as const) {
      if (value === undefined) root.style.removeProperty(name);
      else root.style.setProperty(name, value);
    }
  };
  show();
  const theme = new MutationObserver(show);
  theme.observe(root, { attributes: true, attributeFilter: ['data-theme'] });
  forced.addEventListener('change', show);
  const stop = useApp.subscribe((state, before) => { if (state.accent !== before.accent) show(); });
  return () => {
    theme.disconnect();
    forced.removeEventListener('change', show);
    stop();
  };
}
