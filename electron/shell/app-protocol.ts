import { protocol } from 'electron';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'", "connect-src 'none'", "base-uri 'none'",
  "form-action 'none'", "frame-ancestors 'none'",
].join('; ');

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml',
  '.png': 'image/png', '.woff2': 'font/woff2',
};

/** Before the app is ready: app:// is a secure, standard scheme with an origin of its own. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
}

/** Serves the built renderer under app://hinspector/, and nothing outside its folder. */
export function serveRenderer(folder: string): void {
  protocol.handle('app', async (request) => {
    try {
      const { host, pathname } = new URL(request.url);
      const file = path.normalize(path.join(folder, decodeURIComponent(pathname === '/' ? '/index.html' : pathname)));
      const type = TYPES[path.extname(file)];
      if (host !== 'hinspector' || type === undefined || !file.startsWith(folder + path.sep)) return new Response('Not found', { status: 404 });
      return new Response(await readFile(file), {
        headers: { 'Content-Type': type, 'Content-Security-Policy': CONTENT_SECURITY_POLICY, 'X-Content-Type-Options': 'nosniff' },
      });
    } catch {
      // No such file, or no way to write one.
      return new Response('Not found', { status: 404 });
    }
  });
}
