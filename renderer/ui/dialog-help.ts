import { createContext } from 'react';

/** What the ? of a dialog's header does; without it there is none. */
export const DialogHelp = createContext<(() => void) | undefined>(undefined);
