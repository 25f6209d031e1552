import type { InspectorBridge } from '../../preload/contract/bridge';

declare global {
  interface Window {
    readonly inspector?: InspectorBridge;
  }
}

/** What the preload gave the window; undefined when the page runs without it, as in a plain browser. */
export function inspectorBridge(): InspectorBridge | undefined {
  return window.inspector;
}
