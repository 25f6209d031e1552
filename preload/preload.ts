import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import type { InspectorBridge } from './contract/bridge';
import { CHANNELS } from './contract/channels';

/** Passes on what a channel sends and gives back the way to stop it. */
function listen<T>(channel: string, listener: (value: T) => void): () => void {
  const forward = (_event: IpcRendererEvent, value: T): void => listener(value);
  ipcRenderer.on(channel, forward);
  return () => ipcRenderer.removeListener(channel, forward);
}

const bridge: InspectorBridge = {
  info: () => ipcRenderer.invoke(CHANNELS.info),
  snapshot: () => ipcRenderer.invoke(CHANNELS.snapshot),
  onUpdate: (listener) => listen(CHANNELS.update, listener),
  onMenuCommand: (listener) => listen(CHANNELS.menuCommand, listener),
  run: (command) => ipcRenderer.invoke(CHANNELS.run, command),
  timeline: (query) => ipcRenderer.invoke(CHANNELS.timeline, query),
  events: (query) => ipcRenderer.invoke(CHANNELS.events, query),
  details: (target) => ipcRenderer.invoke(CHANNELS.details, target),
  findings: () => ipcRenderer.invoke(CHANNELS.findings),
  sweep: () => ipcRenderer.invoke(CHANNELS.sweep),
  gallery: () => ipcRenderer.invoke(CHANNELS.gallery),
  setTheme: (theme) => ipcRenderer.invoke(CHANNELS.setTheme, theme),
};

contextBridge.exposeInMainWorld('inspector', bridge);
