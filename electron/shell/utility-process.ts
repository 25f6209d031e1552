import { utilityProcess } from 'electron';
import { endInWords, KEPT_OUTPUT, type StartProcess } from '../engine/host/host-process';

/**
 * A process of Electron's own for an engine. It needs no fuse that lets the packed program be run as plain Node by
 * anybody (docs/security.md).
 * @param script the bundle of the command line, inside the archive or not
 */
export function utilityEngine(script: string, engine: string): StartProcess {
  return (port, env) => {
    const child = utilityProcess.fork(script, ['engine-host', engine, String(port)], { env: { ...process.env, ...env }, stdio: 'pipe', serviceName: 'Hinspector engine' });
    let output = '';
    const keep = (chunk: Buffer): void => { output = (output + chunk.toString()).slice(-KEPT_OUTPUT); };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    return {
      kill: () => {
        if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
      },
      ended: new Promise((resolve) => {
        child.once('exit', (code) => resolve(endInWords(`the engine's process ended with exit code ${code}`, output)));
      }),
    };
  };
}
