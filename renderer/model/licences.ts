import type { About } from '../../preload/contract/about';

/** One line of the list of licences. */
export interface LicenceEntry {
  /** Its place among all: what is chosen stays chosen while others are looked for. */
  readonly place: number;
  readonly title: string;
  readonly version: string;
  readonly licence: string;
  /** Who made it, and where it comes from, as far as that is known. */
  readonly by: readonly string[];
  readonly text: string;
  /** What main is asked to copy; undefined for what is a file of its own. */
  readonly copies: { readonly package?: string } | undefined;
}

/** The application's own licence, those of the packages in it, and where Electron's lie. */
export function licenceEntries({ version, licence, packages, runtimeLicences, electron }: About): readonly LicenceEntry[] {
  return [
    { place: 0, title: 'Hinspector', version, licence: 'MIT', by: ['The Hinspector developers'], text: licence, copies: {} },
    {
      place: 1, title: 'Electron', version: electron, licence: 'MIT and others', by: ['with Chromium and Node'], copies: undefined,
      text: runtimeLicences.length === 0
        ? 'The files with the licences of Electron and of everything in it do not lie beside the program: whoever packed it left them out.'
        : `The licences of Electron and of everything in it lie beside the program:\n\n${runtimeLicences.join('\n')}`,
    },
    ...packages.map(({ name, version: its, licence: under, author, page, text }, index) => ({
      place: index + 2, title: name, version: its, licence: under, by: [author, page].filter((part) => part !== ''), text, copies: { package: name },
    })),
  ];
}

/** Those that have every word, wherever it stands. */
export function findLicences(entries: readonly LicenceEntry[], wanted: string): readonly LicenceEntry[] {
  const words = wanted.toLowerCase().split(/\s+/).filter((word) => word !== '');
  return entries.filter(({ title, version, licence, by, text }) => {
    const all = [title, version, licence, ...by, text].join('\n').toLowerCase();
    return words.every((word) => all.includes(word));
  });
}
