import type { CommandId } from './command-catalog';

/** A command in a context menu. Its words and keys are main's to know. */
export interface ContextMenuItem {
  readonly id: CommandId;
  /** Why it cannot be given now; undefined when it can. */
  readonly off: string | undefined;
}

/** A context menu of the system, as the window asks for it. */
export interface ContextMenuRequest {
  /** With a line between each. */
  readonly groups: readonly (readonly ContextMenuItem[])[];
  /** CSS pixels in the window. */
  readonly x: number;
  readonly y: number;
}

/** What a context menu holds at most. */
export const CONTEXT_MENU_BOUNDS = { groups: 8, items: 16, reason: 400, pixels: 32_768 } as const;
