/** How the state of a run is told. */
export const STATES = {
  running: { text: 'running', tone: 'plain' },
  passed: { text: 'as documented', tone: 'good' },
  failed: { text: 'failed', tone: 'bad' },
  stopped: { text: 'stopped', tone: 'pending' },
} as const;
