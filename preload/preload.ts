import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron';
import type { InspectorBridge } from './contract/bridge';
import { CHANNELS } from './contract/channels';

/** Passes on what a channel sends and gives back the way to stop it. */
function listen<T>(channel: string, listener: (value: T) => void): () => void {
  const forward = (_event: IpcRendererEvent, value: T): void => listener(value);
  ipcRenderer.on(channel, forward);
  return () => ipcRenderer.removeListener(channel, forward);
}

/** A file's path is known here and not in the page: what is dropped is heard where it is. */
function onFileDrop(listener: (path: string) => void): () => void {
  const carriesFile = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;
  const over = (event: DragEvent): void => { if (carriesFile(event)) event.preventDefault(); };
  const drop = (event: DragEvent): void => {
    const file = event.dataTransfer?.files[0];
    // A page can make up a drop, but not one that a person made.
    if (file === undefined || !event.isTrusted) return;
    event.preventDefault();
    const path = pathOf(file);
    // Main opens by name only what it was told of here, where the page cannot speak.
    void ipcRenderer.invoke(CHANNELS.dropped, path).then(() => listener(path));
  };
  addEventListener('dragover', over);
  addEventListener('drop', drop);
  return () => {
    removeEventListener('dragover', over);
    removeEventListener('drop', drop);
  };
}

/** Electron 29 brought webUtils; before it a File had its path. */
function pathOf(file: File): string {
  // The types are those of the newest Electron, and this runs in the oldest too.
  const utils = webUtils as typeof webUtils | undefined;
  if (utils !== undefined) return utils.getPathForFile(file);
  const path: unknown = Reflect.get(file, 'path');
  return typeof path === 'string' ? path : '';
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
  httpExchange: (query) => ipcRenderer.invoke(CHANNELS.httpExchange, query),
  findings: () => ipcRenderer.invoke(CHANNELS.findings),
  sweep: () => ipcRenderer.invoke(CHANNELS.sweep),
  gallery: () => ipcRenderer.invoke(CHANNELS.gallery),
  recent: () => ipcRenderer.invoke(CHANNELS.recent),
  checkScenario: (text) => ipcRenderer.invoke(CHANNELS.checkScenario, text),
  completeScenario: (question) => ipcRenderer.invoke(CHANNELS.completeScenario, question),
  explainScenario: (question) => ipcRenderer.invoke(CHANNELS.explainScenario, question),
  openScenario: () => ipcRenderer.invoke(CHANNELS.openScenario),
  copyResults: (format) => ipcRenderer.invoke(CHANNELS.copyResults, format),
  saveScenario: (request) => ipcRenderer.invoke(CHANNELS.saveScenario, request),
  othersCommands: (plan) => ipcRenderer.invoke(CHANNELS.othersCommands, plan),
  onFileDrop,
  answerRules: (queue) => ipcRenderer.invoke(CHANNELS.answerRules, queue),
  chooseBodyFile: () => ipcRenderer.invoke(CHANNELS.chooseBodyFile),
  exportAs: (request) => ipcRenderer.invoke(CHANNELS.exportAs, request),
  stopExchange: () => ipcRenderer.invoke(CHANNELS.stopExchange),
  copyFinding: (finding) => ipcRenderer.invoke(CHANNELS.copyFinding, finding),
  code: (request) => ipcRenderer.invoke(CHANNELS.code, request),
  copy: (request) => ipcRenderer.invoke(CHANNELS.copy, request),
  openPage: (address) => ipcRenderer.invoke(CHANNELS.openPage, address),
  about: () => ipcRenderer.invoke(CHANNELS.about),
  copyAbout: (request) => ipcRenderer.invoke(CHANNELS.copyAbout, request),
  appUpdate: (step) => ipcRenderer.invoke(CHANNELS.appUpdate, step),
  compare: () => ipcRenderer.invoke(CHANNELS.compare),
  comparedRows: (query) => ipcRenderer.invoke(CHANNELS.comparedRows, query),
  nextDifference: (query) => ipcRenderer.invoke(CHANNELS.nextDifference, query),
  setTheme: (theme) => ipcRenderer.invoke(CHANNELS.setTheme, theme),
  retention: () => ipcRenderer.invoke(CHANNELS.retention),
  setRetention: (count) => ipcRenderer.invoke(CHANNELS.setRetention, count),
  contextMenu: (request) => ipcRenderer.invoke(CHANNELS.contextMenu, request),
  setKeys: (changes) => ipcRenderer.invoke(CHANNELS.setKeys, changes),
};

contextBridge.exposeInMainWorld('inspector', bridge);
