import { app, protocol, session } from 'electron';

/** The addresses of anything outside the program. The page's own have the scheme app:. */
const OUTSIDE = ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*'];

/**
 * Refuses what a local inspector never needs: navigation, new windows, webviews
 * (docs/security.md). To be called before the app is ready.
 */
export function lockDown(): void {
  // Whatever a window asks for, its renderer is in Chromium's sandbox. Where the system has none to give (docs/limits.md) this
  // would keep every renderer from starting; the preferences of the window then still keep Node out of it.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  // Chromium itself has nobody to talk to; the engines have sockets of their own. A name that is looked up can carry data out.
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    // WebRTC is outside the content security policy.
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  });
}

/** Refuses permissions, devices and requests to anywhere outside. To be called once the app is ready: sessions exist only then. */
export function closeSession(): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  defaultSession.setPermissionCheckHandler(() => false);
  defaultSession.setDevicePermissionHandler(() => false);
  defaultSession.webRequest.onBeforeRequest({ urls: OUTSIDE }, (_details, answer) => answer({ cancel: true }));
  // What is asked of files is not asked of the filter above.
  protocol.handle('file', () => new Response('Files are not served', { status: 403 }));
  defaultSession.on('will-download', (event) => event.preventDefault());
}
