import { isMainThread, workerData } from 'node:worker_threads';
import { EngineServer, type HostedEngine } from './engine-server';
import { HostChannel, runRelay, type RelayData } from './host-channel';
import { TOKEN_VARIABLE } from './start-host';

function isRelayData(data: unknown): data is RelayData {
  return typeof data === 'object' && data !== null && 'relay' in data && data.relay === 'hinspector-engine-host';
}

/** Whether this very thread was started as the relay of a host; then it has become one. */
export function becameRelay(): boolean {
  const data: unknown = workerData;
  if (isMainThread || !isRelayData(data)) return false;
  runRelay(data);
  return true;
}

/**
 * Serves an engine to the application that started this process, until either of the two ends.
 * @param script the file that this program is: it serves as its own relay thread
 */
export function runHost(engine: HostedEngine, script: string, port: number): void {
  const leave = (): void => process.exit(0);
  const channel = new HostChannel(script, port, leave);
  // Given a moment, so that the last words reach the socket.
  new EngineServer(engine, channel, () => setTimeout(leave, 100)).start(process.env[TOKEN_VARIABLE] ?? '');
}
