// Processes that a test started and did not end. Each carries this run's mark in its environment, so that
// nothing else is ever touched, whatever it is called.
import { randomUUID } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { say } from '../setup/terminal.mjs';

const variable = 'HINSPECTOR_TEST_RUN';
const mark = randomUUID();
process.env[variable] = mark;

/** Ends them and says which. Only Linux shows the environment of a process; elsewhere groups must do. */
export function stopLeftovers() {
  if (process.platform !== 'linux') return;
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry);
    if (!Number.isInteger(pid) || pid === process.pid) continue;
    try {
      if (!readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`${variable}=${mark}`)) continue;
      const name = readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
      process.kill(pid, 'SIGKILL');
      if (name) say(`· Stopped a leftover process: ${name} (${pid})`);
    } catch {
      // It ended by itself, or belongs to somebody else.
    }
  }
}
