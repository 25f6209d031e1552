// Made of docs/manual by build/bundles/manual-pages.mjs.
declare module 'manual:pages' {
  import type { ManualPage } from '../model/manual';

  /** In the order of the contents. */
  export const pages: readonly ManualPage[];
  /** Where each picture lies, by its name. */
  export const pictures: Readonly<Record<string, { readonly light: string; readonly dark: string }>>;
}
