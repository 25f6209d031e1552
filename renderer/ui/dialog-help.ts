import { createContext } from 'react';

/** The ? of a dialog's header; without it there is none. */
export interface Help {
  readonly title: string;
  readonly ask: () => void;
}

export const DialogHelp = createContext<Help | undefined>(undefined);
