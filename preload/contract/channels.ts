/** The IPC channels, one a bridge method; nothing else is listened to. */
export const CHANNELS = {
  info: 'inspector:info',
  snapshot: 'inspector:snapshot',
  run: 'inspector:run',
  timeline: 'inspector:timeline',
  events: 'inspector:events',
  details: 'inspector:details',
  findings: 'inspector:findings',
  sweep: 'inspector:sweep',
  gallery: 'inspector:gallery',
  recent: 'inspector:recent',
  othersCommands: 'inspector:others-commands',
  setTheme: 'inspector:set-theme',
  update: 'inspector:update',
  menuCommand: 'inspector:menu-command',
} as const;
