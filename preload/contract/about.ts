/** A package of which code goes out with the application, with what its licence asks to be shown. */
export interface PackageNotice {
  readonly name: string;
  readonly version: string;
  /** SPDX identifier. */
  readonly licence: string;
  /** Empty where the package names nobody. */
  readonly author: string;
  /** Empty where the package does not say where it comes from. */
  readonly page: string;
  readonly text: string;
}

/** How a package of the application was made; a start from the sources has nothing of it. */
export interface BuildRecord {
  /** Of git, in full. */
  readonly commit: string;
  /** ISO 8601: of that commit. */
  readonly date: string;
  readonly signed: boolean;
}

/** What Help › About tells. */
export interface About {
  readonly version: string;
  readonly build: BuildRecord | undefined;
  readonly electron: string;
  readonly chrome: string;
  readonly node: string;
  readonly v8: string;
  readonly koffi: string;
  /** As the status bar has it: the DLLs with their versions, where there are any. */
  readonly engine: string;
  /** "Windows 10.0.22631 x64". */
  readonly system: string;
  /** The text of Hinspector's own licence. */
  readonly licence: string;
  readonly packages: readonly PackageNotice[];
  /** Files that Electron brings its own licences in, Chromium's and Node's among them; those that are there. */
  readonly runtimeLicences: readonly string[];
}

/** What of it goes to the clipboard: the versions, for a report of a fault, or the text of one licence. */
export type CopyAboutRequest = { readonly kind: 'versions' } | { readonly kind: 'licence'; readonly package?: string | undefined };
