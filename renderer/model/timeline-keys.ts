import type { Press } from './keys';

export type TimelineKey =
  | { readonly kind: 'zoom'; readonly factor: number }
  /** A part of the view, negative to earlier times. */
  | { readonly kind: 'pan'; readonly part: number }
  | { readonly kind: 'row'; readonly by: 1 | -1 }
  | { readonly kind: 'start' | 'follow' };

const ZOOM = 1.5;
const PAN = 0.1;

/** What a key means on the timeline. W, A, S and D count by their place on the keyboard, whatever they write. */
export function timelineKey(press: Press): TimelineKey | undefined {
  if (press.ctrlKey || press.metaKey || press.altKey) return undefined;
  const pan = press.shiftKey ? PAN * 5 : PAN;
  switch (press.code) {
    case 'KeyW': return { kind: 'zoom', factor: 1 / ZOOM };
    case 'KeyS': return { kind: 'zoom', factor: ZOOM };
    case 'KeyA': return { kind: 'pan', part: -pan };
    case 'KeyD': return { kind: 'pan', part: pan };
    default: break;
  }
  switch (press.key) {
    case '+': case '=': return { kind: 'zoom', factor: 1 / ZOOM };
    case '-': return { kind: 'zoom', factor: ZOOM };
    case 'ArrowLeft': return { kind: 'pan', part: -pan };
    case 'ArrowRight': return { kind: 'pan', part: pan };
    case 'ArrowUp': return { kind: 'row', by: -1 };
    case 'ArrowDown': return { kind: 'row', by: 1 };
    case 'Home': return { kind: 'start' };
    case 'End': return { kind: 'follow' };
    default: return undefined;
  }
}
