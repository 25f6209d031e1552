// Who may import whom: DESIGN.md's table as data. A file belongs to the room with the longest matching path;
// a room may always import itself, and everything else only by standing here.

/**
 * @typedef {object} Room
 * @property {string} path folder, or file without its extension
 * @property {boolean} [loose] only the files that lie directly in the folder
 * @property {readonly string[]} rooms paths of rooms it may import
 * @property {readonly string[]} packages npm packages; `node:` stands for Node's built-ins
 */

const contract = ['preload/contract', 'preload/contract/schemas'];
const node = 'node:';

/** React and what draws with it. */
const react = ['react', 'react-dom'];

const recording = ['electron/trace', 'electron/rules', 'electron/inspector', 'electron/http-exchange'];
const engines = ['electron/engine', 'electron/engine/create-engine', 'electron/engine/native', 'electron/engine/portable', 'electron/engine/host'];
const files = ['electron/session', 'electron/session/export', 'electron/session/diff', 'electron/scenario'];
const window = ['electron/shell', 'electron/ipc', 'electron/updates'];

/** What a view may lean on. The bridge is reached through the store's actions. */
const underViews = [...contract, 'renderer/model', 'renderer/model/http', 'renderer/store', 'renderer/ui', 'renderer/commands'];

const views = [
  'renderer/timeline',
  'renderer/tree',
  'renderer/details',
  'renderer/events',
  'renderer/compose',
  'renderer/sessions',
  'renderer/findings',
  'renderer/filter',
  'renderer/sweep',
  'renderer/about',
  'renderer/settings',
];

/** @type {readonly Room[]} */
export const rooms = [
  { path: 'preload/contract', rooms: [], packages: [] },
  { path: 'preload/contract/schemas', rooms: ['preload/contract'], packages: ['valibot'] },
  { path: 'preload', loose: true, rooms: contract, packages: ['electron'] },

  // Makes certificates, for scripted peers and for servers that have none.
  { path: 'electron/certificate', rooms: [], packages: [node] },

  { path: 'electron/engine', loose: true, rooms: contract, packages: [] },
  { path: 'electron/engine/native', rooms: [...contract, 'electron/engine'], packages: ['koffi', node] },
  { path: 'electron/engine/portable', rooms: [...contract, 'electron/engine', 'electron/certificate'], packages: ['http-parser-js', node] },
  { path: 'electron/engine/host', rooms: [...contract, 'electron/engine'], packages: [node] },

  // Knows every engine by name, so that the roots need not; the interface beside it knows none.
  { path: 'electron/engine/create-engine', rooms: [...contract, ...engines], packages: [] },

  { path: 'electron/trace', rooms: contract, packages: [node] },
  { path: 'electron/rules', rooms: [...contract, 'electron/trace'], packages: [] },
  // Requests with what answered them, folded from events: for the window, and for the exports that write them.
  { path: 'electron/http-exchange', rooms: [...contract, 'electron/trace'], packages: [node] },
  {
    path: 'electron/inspector',
    rooms: [...contract, 'electron/engine', 'electron/trace', 'electron/rules'],
    packages: [node],
  },
  { path: 'electron/session', rooms: [...contract, ...recording, 'electron/session/import'], packages: [node, 'valibot'] },
  // What other programs wrote, as events. It knows no trace: what takes the events in does.
  { path: 'electron/session/import', rooms: contract, packages: [node, 'valibot', 'saxes'] },
  // What a session can be written as. The types of HAR are the only thing of its package.
  { path: 'electron/session/export', rooms: [...contract, ...recording, 'electron/session'], packages: [node, 'har-format', 'yaml'] },
  // What two sessions differ in.
  { path: 'electron/session/diff', rooms: [...contract, ...recording, 'electron/session'], packages: [node, 'fast-myers-diff'] },
  // The runner speaks of calls and callbacks in the words of the engines' interface; it knows no engine.
  { path: 'electron/scenario', rooms: [...contract, ...recording, 'electron/engine', 'electron/certificate'], packages: [node, 'yaml', 'valibot'] },

  // Newer versions of the application. One bundle of it holds electron-updater.
  { path: 'electron/updates', rooms: contract, packages: [node, 'yaml', 'valibot'] },
  { path: 'electron/updates/updater', rooms: [...contract, 'electron/updates', 'electron/updates/feed-requests'], packages: [node, 'electron-updater', 'builder-util-runtime'] },
  { path: 'electron/updates/feed-requests', rooms: ['electron/updates'], packages: [node, 'builder-util-runtime'] },

  {
    path: 'electron/ipc',
    rooms: [...contract, ...engines, ...recording, ...files, 'electron/shell'],
    packages: ['electron', node, 'valibot'],
  },
  {
    path: 'electron/shell',
    rooms: [...contract, ...engines, ...recording, ...files, 'electron/ipc'],
    // What it remembers on the disk is checked as any file is.
    packages: ['electron', node, 'valibot'],
  },
  // The two composition roots. Only one of them has a window.
  {
    path: 'electron/main',
    rooms: [...contract, ...engines, ...recording, ...files, ...window, 'electron/updates/updater'],
    packages: ['electron', node],
  },
  {
    path: 'electron/cli',
    rooms: [...contract, ...engines, ...recording, ...files],
    packages: [node],
  },

  { path: 'renderer/bridge', rooms: contract, packages: [] },
  { path: 'renderer/model', rooms: contract, packages: [] },
  // Bodies and queries taken apart. Apart, for the parser of JSON that is loaded with the pane.
  { path: 'renderer/model/http', rooms: [...contract, 'renderer/model'], packages: ['jsonc-parser'] },
  { path: 'renderer/store', rooms: [...contract, 'renderer/model', 'renderer/bridge'], packages: ['zustand', 'react'] },
  { path: 'renderer/ui', rooms: [], packages: react },
  {
    path: 'renderer/commands',
    rooms: [...contract, 'renderer/model', 'renderer/store', 'renderer/ui'],
    packages: react,
  },
  // docs/manual in the window; the module is made of it when the page is built.
  { path: 'renderer/manual', rooms: underViews, packages: [...react, 'manual:pages'] },
  // The text of a scenario. It asks what it is given to ask, and knows no store.
  {
    path: 'renderer/editor', rooms: contract,
    packages: [...react, '@codemirror/autocomplete', '@codemirror/commands', '@codemirror/lang-yaml', '@codemirror/language', '@codemirror/lint', '@codemirror/state', '@codemirror/view', '@lezer/highlight'],
  },
  // A picture of the timeline is drawn with the timeline's own shapes.
  { path: 'renderer/exchange', rooms: [...underViews, 'renderer/timeline'], packages: react },
  { path: 'renderer/scenarios', rooms: [...underViews, 'renderer/editor'], packages: react },
  ...views.map((path) => ({ path, rooms: underViews, packages: react })),
  { path: 'renderer', loose: true, rooms: [...underViews, ...views, 'renderer/scenarios', 'renderer/exchange', 'renderer/manual', 'renderer/bridge'], packages: react },
];

/** @param {string} file path from the project's root, with slashes @returns {Room | undefined} */
export function roomOf(file) {
  const bare = file.replace(/(\.d)?\.[a-z]+$/, '');
  const folder = file.slice(0, Math.max(0, file.lastIndexOf('/')));
  return rooms
    .filter(({ path, loose }) => (loose ? folder === path : bare === path || file.startsWith(`${path}/`)))
    .sort((a, b) => b.path.length - a.path.length)[0];
}

/** @param {string} specifier @returns {string} `node:` for a built-in, else the package's name */
function packageOf(specifier) {
  if (specifier.startsWith(node)) return node;
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

/** @param {string} file @param {string} specifier relative to it @returns {string} path from the root */
function resolve(file, specifier) {
  return new URL(specifier, `file:///${file}`).pathname.slice(1);
}

/**
 * Why a file may not import something.
 * @param {string} file path from the project's root, with slashes
 * @param {string} specifier as written
 * @returns {string | undefined} nothing when it may
 */
export function objection(file, specifier) {
  const room = roomOf(file);
  if (!room) return `${file} is in no room: give its folder a line in build/lint/rooms.mjs`;
  if (!specifier.startsWith('.')) {
    const name = packageOf(specifier);
    if (room.packages.includes(name)) return undefined;
    return `${room.path} may not import '${specifier}': of packages it may import ${room.packages.join(', ') || 'none'}`;
  }
  const target = resolve(file, specifier);
  // A folder is imported by its bare name too, so the room is looked up as if for a file in it.
  const found = roomOf(target) ?? roomOf(`${target}/index.ts`);
  if (found && (found === room || room.rooms.includes(found.path))) return undefined;
  const where = found?.path ?? target;
  return `${room.path} may not import ${where}: beside itself it may import ${room.rooms.join(', ') || 'nothing'}`;
}
