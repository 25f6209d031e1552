import type { MouseEvent } from 'react';
import { chooseRemark } from '../store/note-actions';
import { menuPlace } from '../ui/menu-place';
import { openContextMenu } from './context-menus';
import { giveNamedCommand } from './registry';

/** Gives a command about this note or bookmark. */
export function giveToNote(command: 'show-note' | 'change-note' | 'remove-note', id: string): void {
  chooseRemark(id);
  giveNamedCommand(command);
}

/** Opens the menu of a note or bookmark at the pointer, or below what has the focus in it. */
export function openNoteMenu(event: MouseEvent, id: string): void {
  event.preventDefault();
  chooseRemark(id);
  void openContextMenu('note', menuPlace(event, event.target instanceof Element ? event.target : undefined));
}
