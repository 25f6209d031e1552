// The page: React, CSS modules and assets, every path relative, since app:// serves the folder from its root.
import react from '@vitejs/plugin-react';
import { manualPages } from './manual-pages.mjs';

/**
 * @param {string} source folder with index.html
 * @param {string} output folder
 * @returns {import('vite').InlineConfig}
 */
export function rendererBundle(source, output) {
  return {
    root: source,
    configFile: false,
    envDir: false,
    base: './',
    logLevel: 'warn',
    clearScreen: false,
    plugins: [react(), manualPages()],
    build: {
      target: 'chrome114',
      outDir: output,
      emptyOutDir: true,
      sourcemap: true,
      // The CSP has no inline scripts and no data: scripts or fonts; one file an asset keeps to it.
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      reportCompressedSize: false,
    },
  };
}
