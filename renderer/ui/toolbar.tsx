import { useEffect, useRef, type ReactNode } from 'react';

interface ToolbarProps {
  readonly name: string;
  readonly className: string | undefined;
  readonly children: ReactNode;
}

/** ARIA toolbar: one stop of the Tab key, at what had the focus last; the arrows, Home and End go between its controls. */
export function Toolbar({ name, className, children }: ToolbarProps) {
  const bar = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = bar.current;
    if (element === null) return undefined;
    const settle = (): void => leaveOneStop(element);
    settle();
    // Controls come and go by themselves, as the button that clears the filter does.
    const observer = new MutationObserver(settle);
    observer.observe(element, { childList: true, subtree: true });
    const stop = new AbortController();
    element.addEventListener('focusin', settle, { signal: stop.signal });
    element.addEventListener('keydown', (event) => moveFocus(element, event), { signal: stop.signal });
    return () => {
      observer.disconnect();
      stop.abort();
    };
  }, []);

  return <header ref={bar} className={className} role="toolbar" aria-label={name}>{children}</header>;
}

function controlsOf(bar: HTMLElement): readonly HTMLElement[] {
  return [...bar.querySelectorAll<HTMLElement>('button, input')];
}

function leaveOneStop(bar: HTMLElement): void {
  const controls = controlsOf(bar);
  const current = controls.find((control) => control === document.activeElement) ?? controls.find((control) => control.getAttribute('tabindex') === '0') ?? controls[0];
  for (const control of controls) {
    const wanted = control === current ? '0' : '-1';
    if (control.getAttribute('tabindex') !== wanted) control.setAttribute('tabindex', wanted);
  }
}

function moveFocus(bar: HTMLElement, event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const controls = controlsOf(bar);
  const at = controls.findIndex((control) => control === document.activeElement);
  if (at < 0 || keepsKey(controls[at], event.key)) return;
  const to = { ArrowLeft: (at - 1 + controls.length) % controls.length, ArrowRight: (at + 1) % controls.length, Home: 0, End: controls.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  controls[to]?.focus();
}

/** In a text field the arrows go between the letters, and leave it only at its ends. */
function keepsKey(control: HTMLElement | undefined, key: string): boolean {
  if (!(control instanceof HTMLInputElement)) return false;
  const { selectionStart: from, selectionEnd: to, value } = control;
  if (from !== to) return true;
  switch (key) {
    case 'ArrowLeft': return from !== 0;
    case 'ArrowRight': return to !== value.length;
    default: return true;
  }
}
