// npm run typecheck: each room in a world of its own (see tsconfig.json).
import { readFileSync } from 'node:fs';
import { inProject, packageFile, root } from './setup/project.mjs';
import { runNode } from './setup/run.mjs';
import { main, say } from './setup/terminal.mjs';

/** tsc's word for a project without a file: a room that is not furnished yet. */
const noInputs = 'error TS18003';

const projects = [...readFileSync(inProject('tsconfig.json'), 'utf8').matchAll(/"path": "(.+?)"/g)].map(
  (match) => match[1] ?? '',
);

await main(async () => {
  let failed = 0;
  for (const project of projects) {
    const args = [packageFile('typescript', 'bin', 'tsc'), '--noEmit', '-p', project, '--pretty', 'false'];
    const result = await runNode(args, { cwd: root });
    if (result.code === 0 || result.output.includes(noInputs)) continue;
    failed++;
    say(`${project}:`);
    process.stdout.write(result.output);
  }
  if (failed === 0) say('Types are right.');
  return failed === 0 ? 0 : 1;
});
