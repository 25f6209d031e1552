import { COMMAND_CATALOG, type CommandEntry, type CommandId } from '../../preload/contract/command-catalog';
import { fuzzyMatch, type FuzzyMatch } from '../model/fuzzy';

export interface PaletteCommand {
  readonly entry: CommandEntry;
  readonly match: FuzzyMatch;
}

/**
 * The commands that the letters find, the best first; of equals those given lately. Without letters all of them, those given
 * lately first. The palette itself is left out.
 */
export function paletteCommands(wanted: string, recent: readonly CommandId[], catalog: readonly CommandEntry[] = COMMAND_CATALOG): readonly PaletteCommand[] {
  const lately = (id: CommandId): number => (recent.includes(id) ? recent.indexOf(id) : recent.length);
  return catalog
    .filter(({ id }) => id !== 'palette')
    .flatMap((entry) => {
      const match = fuzzyMatch(wanted, entry.title);
      return match === undefined ? [] : [{ entry, match }];
    })
    .sort((a, b) => b.match.score - a.match.score || lately(a.entry.id) - lately(b.entry.id));
}
