import { Menu, type BrowserWindow } from 'electron';
import type { CommandId } from '../../preload/contract/command-catalog';
import type { KeyChanges } from '../../preload/contract/command-keys';
import type { ContextMenuRequest } from '../../preload/contract/context-menu';
import { contextMenuTemplate, menuTemplate } from './menu-template';

/** After a menu has closed, what was chosen in it may still be on the way, in milliseconds. */
const CHOICE_MS = 50;

/** The menus of the system: the one of the application, and those that a window opens over itself. */
export class Menus {
  private keys: KeyChanges = {};

  /** @param choose hands a command that was chosen in the application menu to the window that is used */
  constructor(private readonly choose: (id: CommandId) => void) {
    this.setKeys({});
  }

  /** Shows the keys that a person has changed, and hears them. */
  setKeys(changes: KeyChanges): void {
    this.keys = changes;
    Menu.setApplicationMenu(Menu.buildFromTemplate([...menuTemplate(changes, this.choose)]));
  }

  /** Opens a context menu over a window. The answer is what was chosen, or undefined when it was left. */
  popup(window: BrowserWindow, request: ContextMenuRequest): Promise<CommandId | undefined> {
    return new Promise((resolve) => {
      const menu = Menu.buildFromTemplate([...contextMenuTemplate(request, this.keys, resolve)]);
      const zoom = window.webContents.getZoomFactor();
      menu.popup({ window, x: Math.round(request.x * zoom), y: Math.round(request.y * zoom), callback: () => { setTimeout(() => resolve(undefined), CHOICE_MS); } });
    });
  }
}
