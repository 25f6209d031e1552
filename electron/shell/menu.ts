import { Menu } from 'electron';
import type { KeyChanges } from '../../preload/contract/command-keys';
import { menuTemplate, type MenuParts } from './menu-template';

/** Shows the application menu. The answer shows it anew, with keys that the person has changed. */
export function showMenu(parts: MenuParts): (changes: KeyChanges) => void {
  const show = (changes: KeyChanges): void => Menu.setApplicationMenu(Menu.buildFromTemplate([...menuTemplate(changes, parts)]));
  show({});
  return show;
}
