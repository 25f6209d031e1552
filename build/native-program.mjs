// Bundles a program of test/native/under-wine into one file that Node for Windows runs, and prints where it is.
import { join } from 'node:path';
import { nodeBundle } from './bundles/node.vite.mjs';
import { dist, inProject } from './setup/project.mjs';

/** @param {string} name @returns {Promise<string>} the bundle, below the project so that koffi is found */
export async function bundleNativeProgram(name) {
  const { build } = await import('vite');
  const output = join(dist, 'native-tests', `${name}.cjs`);
  await build(nodeBundle(inProject('test', 'native', 'under-wine', `${name}.ts`), output));
  return output;
}

const [, script, name] = process.argv;
if (script === inProject('build', 'native-program.mjs') && name) process.stdout.write(await bundleNativeProgram(name));
