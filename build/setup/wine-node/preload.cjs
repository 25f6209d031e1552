// Loaded into Node for Windows before the bundle (node.exe -r): lets the project's koffi find its Windows binary.
// npm installs koffi's binary for the system it runs on; koffi also looks below process.resourcesPath, as in an
// Electron package, and that is where the set-up unpacks it: beside node.exe.
const { dirname, join } = require('node:path');

Object.defineProperty(process, 'resourcesPath', { value: join(dirname(process.execPath), 'resources') });
