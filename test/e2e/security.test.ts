import type { InspectorBridge } from '../../preload/contract/bridge';
import { CHANNELS } from '../../preload/contract/channels';
import { expect, test } from './app';

test('the page has no Node, no raw ipc, and a bridge of named methods that it cannot replace', async ({ window }) => {
  const seen = await window.page.evaluate(() => {
    const inspector = Reflect.get(globalThis, 'inspector') as InspectorBridge;
    const replaced = Reflect.set(globalThis, 'inspector', {}) && Reflect.get(globalThis, 'inspector') !== inspector;
    return {
      node: ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron', 'global'].filter((name) => Reflect.has(globalThis, name)),
      bridge: Object.keys(inspector).sort(), frozen: Object.isFrozen(inspector), replaced,
      // What the bridge gives is a copy in the page's own world: its constructors lead to the page and not to the preload.
      worlds: inspector.run.constructor === Function,
    };
  });
  // What main tells, and what the preload hears in the page's place, are no methods of the page.
  const { update: _update, menuCommand: _menuCommand, dropped: _dropped, ...asked } = CHANNELS;
  expect(seen).toEqual({
    node: [], frozen: true, replaced: false, worlds: true,
    bridge: [...Object.keys(asked), 'onFileDrop', 'onMenuCommand', 'onUpdate'].sort(),
  });
});

test('code that runs in the page reads no file, names no path to write and calls no function of Windows', async ({ window }) => {
  const answers = await window.page.evaluate(async () => {
    const inspector = Reflect.get(globalThis, 'inspector') as InspectorBridge;
    // What an intruder would send: not what the types allow.
    const run = inspector.run as (command: unknown) => Promise<unknown>;
    const drop = new DragEvent('drop', { dataTransfer: new DataTransfer() });
    drop.dataTransfer?.items.add(new File(['x'], '/etc/passwd'));
    let dropped = 0;
    inspector.onFileDrop(() => { dropped += 1; });
    globalThis.dispatchEvent(drop);
    const tries = [
      { kind: 'open-file', path: '/etc/passwd' }, { kind: 'open-file', path: '\\\\intruder\\share\\x.har' }, { kind: 'open-file', path: 'dist/../package.json' },
      { kind: 'save-file', path: '/tmp/hinspector-intruder' }, { kind: 'call', api: 'DeleteUrlCacheEntry', args: {} }, { kind: 'run-scenario', id: '../../../etc/passwd' },
      { kind: 'run-scenario', id: 'tour/no-such-scenario' }, { kind: 'eval', text: 'process.exit(9)' }, { kind: '__proto__' }, 'open-client',
    ];
    const refused = await Promise.all(tries.map(async (command) => JSON.stringify(await run(command))));
    return { refused, dropped, events: (await inspector.snapshot()).recorder.events };
  });
  for (const answer of answers.refused) expect(JSON.parse(answer)).toMatchObject({ ok: false, error: { kind: expect.stringMatching(/^(?:file|invalid-argument|stale-handle)$/) } });
  expect(answers).toMatchObject({ dropped: 0, events: 0 });
  await expect(window.page.getByRole('toolbar')).toBeVisible();
});

test('the content security policy refuses every way in for code and every way out for data', async ({ window }) => {
  let reached = 0;
  const outside = await window.peer((_request, response) => {
    reached += 1;
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.end('globalThis.intruder = "remote"');
  });
  const seen = await window.page.evaluate(async (base) => {
    const violated = new Set<string>();
    document.addEventListener('securitypolicyviolation', (event) => violated.add(event.effectiveDirective));
    const put = (tag: string, set: (element: HTMLElement) => void): void => {
      const element = document.createElement(tag);
      set(element);
      document.body.append(element);
    };
    const attribute = (name: string, value: string) => (element: HTMLElement): void => element.setAttribute(name, value);
    put('script', (script) => { script.textContent = 'globalThis.intruder = "inline"'; });
    put('script', attribute('src', `${base}/script.js`));
    put('script', attribute('src', 'data:text/javascript,globalThis.intruder="data"'));
    put('img', (image) => {
      image.setAttribute('onerror', 'globalThis.intruder = "handler"');
      image.setAttribute('src', `${base}/picture.png`);
    });
    put('iframe', attribute('src', `${base}/frame`));
    put('iframe', attribute('srcdoc', '<script>parent.intruder = "srcdoc"</script>'));
    put('object', attribute('data', `${base}/object`));
    put('link', (link) => { link.setAttribute('rel', 'stylesheet'); link.setAttribute('href', `${base}/style.css`); });
    put('style', (style) => { style.textContent = `body { background: url(${base}/background) }`; });
    put('video', attribute('src', `${base}/video`));
    put('base', attribute('href', base));
    put('a', (link) => { link.setAttribute('href', 'javascript:globalThis.intruder="link"'); link.click(); });
    await new Promise((resolve) => { setTimeout(resolve, 100); });
    put('form', attribute('action', `${base}/form`));
    // Only a form of the page is sent.
    document.querySelector('form')?.submit();
    const attempt = async (way: () => unknown): Promise<string> => {
      try {
        await way();
        return 'let through';
      } catch {
        return 'refused';
      }
    };
    const ways = {
      fetch: await attempt(() => fetch(`${base}/fetch`)),
      // Asked from a timer: what a debugger evaluates itself is not under the policy.
      eval: await new Promise((resolve) => { setTimeout(() => void attempt(() => Reflect.apply(Reflect.get(globalThis, 'eval') as () => void, undefined, ['globalThis.intruder = "eval"'])).then(resolve)); }),
      function: await new Promise((resolve) => { setTimeout(() => void attempt(() => Reflect.construct(Function, ['globalThis.intruder = "function"'])).then(resolve)); }),
      import: await attempt(() => import(['data:text/javascript', 'globalThis.intruder="import"'].join())),
      worker: await attempt(() => new Promise((resolve, reject) => {
        const worker = new Worker(URL.createObjectURL(new Blob(['postMessage(1)'])));
        worker.addEventListener('message', resolve);
        worker.addEventListener('error', reject);
      })),
      socket: await attempt(() => new Promise((resolve, reject) => {
        const socket = new WebSocket(base.replace('http', 'ws'));
        socket.addEventListener('open', resolve);
        socket.addEventListener('error', reject);
      })),
      events: await attempt(() => new Promise((resolve, reject) => {
        const source = new EventSource(base);
        source.addEventListener('open', resolve);
        source.addEventListener('error', reject);
      })),
    };
    navigator.sendBeacon(`${base}/beacon`, 'secret');
    // A violation is told after the element was tried.
    await new Promise((resolve) => { setTimeout(resolve, 300); });
    return { violated: [...violated].sort(), ways, intruder: Reflect.get(globalThis, 'intruder') as unknown };
  }, outside);
  expect(seen.ways).toEqual({ fetch: 'refused', eval: 'refused', function: 'refused', import: 'refused', worker: 'refused', socket: 'refused', events: 'refused' });
  expect(seen.intruder).toBeUndefined();
  for (const directive of ['base-uri', 'connect-src', 'form-action', 'frame-src', 'img-src', 'media-src', 'object-src', 'script-src-attr', 'script-src-elem', 'style-src-elem', 'worker-src']) expect(seen.violated).toContain(directive);
  expect(reached).toBe(0);
});

test('even without the policy Chromium reaches nothing outside, and looks up no name', async ({ window }) => {
  let reached = 0;
  const outside = await window.peer((_request, response) => {
    reached += 1;
    response.end('let out');
  });
  const refused = await window.electron.evaluate(async ({ session }, addresses) => Promise.all(addresses.map(
    (url) => session.defaultSession.fetch(url).then(({ ok }) => (ok ? 'let out' : 'refused'), () => 'refused'),
  )), [outside, outside.replace('127.0.0.1', 'localhost'), 'file:///etc/passwd']);
  expect(refused).toEqual(['refused', 'refused', 'refused']);
  expect(reached).toBe(0);
  const resolved = await window.electron.evaluate(({ session }) => session.defaultSession.resolveHost('localhost.test').then(() => 'resolved', () => 'refused'));
  expect(resolved).toBe('refused');
});

test('neither navigation nor a new window comes to pass', async ({ window }) => {
  // Asked of main, since Playwright would wait for a navigation that never comes to pass.
  const after = await window.electron.evaluate(async ({ BrowserWindow }) => {
    const [only] = BrowserWindow.getAllWindows();
    const tries = [
      "location.href = 'https://example.invalid/'", "location.href = 'file:///etc/passwd'", "location.href = 'app://other/index.html'", "location.assign('data:text/html,<p>x')",
      "window.open('https://example.invalid/')", "window.open('about:blank')", "window.open('app://hinspector/index.html')",
    ];
    for (const attempt of tries) {
      await only?.webContents.executeJavaScript(`${attempt}; undefined`, true);
      await new Promise((resolve) => { setTimeout(resolve, 100); });
    }
    const toolbar: unknown = await only?.webContents.executeJavaScript("document.querySelector('[role=toolbar]') !== null");
    return { url: only?.webContents.getURL(), toolbar, windows: BrowserWindow.getAllWindows().length };
  });
  expect(after).toEqual({ url: 'app://hinspector/index.html', toolbar: true, windows: 1 });
});

test('a webview is not made, and a frame has no bridge', async ({ window }) => {
  const seen = await window.page.evaluate(async () => {
    const view = document.createElement('webview');
    view.setAttribute('src', 'data:text/html,<p>x');
    const frame = document.createElement('iframe');
    document.body.append(view, frame);
    await new Promise((resolve) => { setTimeout(resolve, 200); });
    return {
      // Electron gives a real one methods.
      webview: Reflect.has(view, 'loadURL'),
      frame: frame.contentWindow !== null && Reflect.has(frame.contentWindow, 'inspector'),
    };
  });
  expect(seen).toEqual({ webview: false, frame: false });
});

test('a window that asks for Node and no sandbox gets neither: every renderer is in the sandbox', async ({ window }) => {
  const without = await window.electron.evaluate(({ app }) => app.commandLine.hasSwitch('no-sandbox'));
  test.skip(without, 'Chromium cannot sandbox its processes here: as root, or without user namespaces');
  const seen = await window.electron.evaluate(async ({ app, BrowserWindow }) => {
    const careless = new BrowserWindow({ show: false, webPreferences: { sandbox: false, nodeIntegration: true, contextIsolation: false } });
    await careless.loadURL('app://hinspector/index.html');
    const node: unknown = await careless.webContents.executeJavaScript("typeof require + ' ' + typeof process");
    careless.destroy();
    return { node, all: app.commandLine.hasSwitch('enable-sandbox') };
  });
  expect(seen).toEqual({ node: 'undefined undefined', all: true });
});

test('a forged frame, with the preload but not the window’s own, is refused by main', async ({ window }) => {
  const answers = await window.electron.evaluate(async ({ app, BrowserWindow }) => {
    const intruder = new BrowserWindow({ show: false, webPreferences: { preload: `${app.getAppPath()}/dist/preload/preload.cjs`, sandbox: true, contextIsolation: true } });
    const told: string[] = [];
    for (const url of ['app://hinspector/index.html', 'app://other/index.html', 'data:text/html,<p>x']) {
      await intruder.loadURL(url);
      const said: unknown = await intruder.webContents.executeJavaScript("window.inspector.run({ kind: 'stop-scenario' }).then((done) => JSON.stringify(done), (error) => error.message)");
      told.push(String(said));
    }
    intruder.destroy();
    return told;
  });
  for (const answer of answers) expect(answer).toContain('Only the window of Hinspector may ask.');
  expect(answers).toHaveLength(3);
});

test('the window itself, led to another address by a fault, is refused by main', async ({ window }) => {
  await expect(window.page.locator('body')).toHaveAttribute('data-idle', 'true');
  const answers = await window.electron.evaluate(async ({ BrowserWindow }) => {
    const [only] = BrowserWindow.getAllWindows();
    const told: string[] = [];
    for (const url of ['app://other/index.html', 'app://hinspector.other/', 'data:text/html,<p>x']) {
      await only?.loadURL(url);
      told.push(String(await only?.webContents.executeJavaScript('window.inspector.info().then(() => "answered", (error) => error.message)')));
    }
    return told;
  });
  for (const answer of answers) expect(answer).toContain('Only the window of Hinspector may ask.');
  expect(answers).toHaveLength(3);
});

test('every permission, device and download is refused', async ({ window }) => {
  const page = await window.page.evaluate(async () => {
    const attempt = (way: () => Promise<unknown>): Promise<string> => way().then(() => 'given', () => 'refused');
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob(['secret']));
    link.download = 'hinspector-intruder.txt';
    link.click();
    return {
      camera: await attempt(() => navigator.mediaDevices.getUserMedia({ video: true, audio: true })),
      screen: await attempt(() => navigator.mediaDevices.getDisplayMedia()),
      place: await new Promise((resolve) => { navigator.geolocation.getCurrentPosition(() => resolve('given'), () => resolve('refused')); }),
      notification: await Notification.requestPermission(),
      clipboard: await attempt(() => navigator.clipboard.readText()),
      midi: await attempt(() => navigator.requestMIDIAccess({ sysex: true })),
    };
  });
  expect(page).toEqual({ camera: 'refused', screen: 'refused', place: 'refused', notification: 'denied', clipboard: 'refused', midi: 'refused' });
});

test('the window runs in a sandbox of Chromium with an isolated preload, without Node, webviews and spell checking', async ({ window }) => {
  const preferences = await window.electron.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    // Electron has no type for it: the preferences that the contents were really made with.
    const given = (Reflect.get(contents ?? {}, 'getLastWebPreferences') as () => Record<string, unknown>).call(contents);
    const names = ['sandbox', 'contextIsolation', 'nodeIntegration', 'nodeIntegrationInWorker', 'nodeIntegrationInSubFrames', 'webviewTag', 'webSecurity', 'allowRunningInsecureContent', 'experimentalFeatures', 'enableBlinkFeatures'];
    return Object.fromEntries(names.map((name) => [name, Boolean(given[name])]));
  });
  expect(preferences).toEqual({
    sandbox: true, contextIsolation: true, nodeIntegration: false, nodeIntegrationInWorker: false, nodeIntegrationInSubFrames: false, webviewTag: false, webSecurity: true,
    allowRunningInsecureContent: false, experimentalFeatures: false, enableBlinkFeatures: false,
  });
});

test('a file outside the renderer is not served', async ({ window }) => {
  const paths = ['..%2f..%2fpackage.json', '..%5c..%5cpackage.json', '%2e%2e/%2e%2e/package.json', '%00', '%', 'index.html%00.js', '..%2felectron/main.cjs'];
  const statuses = await window.electron.evaluate(async ({ net }, tried) => Promise.all(tried.map((name) => net.fetch(`app://hinspector/${name}`).then(({ status }) => status, () => 'no address'))), paths);
  for (const status of statuses) expect([404, 'no address']).toContain(status);
});

test('a server that other machines could reach is opened only when the person has said so in the system’s own dialog', async ({ window }) => {
  // The dialog is main's: the page cannot answer it, and a test only in its place.
  const answer = async (button: number): Promise<void> => window.electron.evaluate(({ dialog }, response) => {
    Reflect.set(globalThis, 'asked', []);
    dialog.showMessageBox = (async (...given: readonly unknown[]) => {
      (Reflect.get(globalThis, 'asked') as unknown[]).push(given.at(-1));
      return { response, checkboxChecked: false };
    }) as typeof dialog.showMessageBox;
  }, button);
  const asked = (): Promise<unknown> => window.electron.evaluate(() => Reflect.get(globalThis, 'asked') as unknown);
  const open = (urlPrefix: string): Promise<unknown> => window.page.evaluate((prefix) => (Reflect.get(globalThis, 'inspector') as InspectorBridge).run({ kind: 'open-server', urlPrefix: prefix, queueName: '' }), urlPrefix);
  await answer(1);
  for (const host of ['+', '*', 'machine.example', '192.168.0.7', 'localhost.example', '127.0.0.1.example']) {
    expect(await open(`http://${host}:47231/`)).toMatchObject({ ok: false, error: { kind: 'invalid-argument', issues: [{ field: 'urlPrefix' }] } });
  }
  expect(await asked()).toHaveLength(6);
  await expect(window.page.getByRole('treeitem')).toHaveCount(0);
  await answer(0);
  expect(await open('http://+:47231/')).toMatchObject({ ok: true });
  expect(await asked()).toMatchObject([{ detail: expect.stringContaining('http://+:47231/') }]);
});
