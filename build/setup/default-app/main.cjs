// What Electron runs when it is given a folder: `electron [-r module]… [switches] FOLDER [arguments]`.
// The test runtime was packed as somebody's application, so it has no such part; this one is ours.
'use strict';
const { app } = require('electron');
const { createRequire } = require('node:module');
const { existsSync, readFileSync, statSync } = require('node:fs');
const path = require('node:path');

/** @param {string[]} argv */
function parse(argv) {
  const preloads = [];
  for (let index = 1; index < argv.length; index++) {
    const word = argv[index];
    if (word === '-r' || word === '--require') preloads.push(argv[++index]);
    else if (!word.startsWith('-')) return { preloads, target: word, index };
  }
  return { preloads, target: undefined, index: argv.length };
}

/** @param {string} message */
function refuse(message) {
  process.stderr.write(`${message}\n`);
  app.exit(1);
}

const { preloads, target, index } = parse(process.argv);
const fromHere = createRequire(path.join(process.cwd(), 'any.cjs'));
for (const module of preloads) fromHere(path.resolve(module));

if (target === undefined) {
  refuse('electron: give the folder of an application');
} else {
  const folder = path.resolve(target);
  const manifestFile = path.join(folder, 'package.json');
  if (!existsSync(folder)) refuse(`electron: there is no ${folder}`);
  else {
    process.defaultApp = true;
    // Playwright's preload has taken its own switches out by now, so the place is looked for again.
    const at = process.argv.indexOf(target);
    process.argv.splice(1, (at > 0 ? at : index) - 1);
    let entry = folder;
    if (statSync(folder).isDirectory()) {
      const manifest = existsSync(manifestFile) ? JSON.parse(readFileSync(manifestFile, 'utf8')) : {};
      app.setName(manifest.productName || manifest.name || 'Electron');
      if (manifest.version) app.setVersion(manifest.version);
      app.setAppPath(folder);
      entry = path.join(folder, manifest.main || 'index.js');
    }
    if (existsSync(entry)) createRequire(entry)(entry);
    else {
      refuse(`electron: ${entry} is missing; build the application first`);
    }
  }
}
