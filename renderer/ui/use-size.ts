import { useLayoutEffect, useState, type RefObject } from 'react';

/** CSS pixels inside an element, without its scroll bars; 0 until it is there. */
export function useSize(target: RefObject<HTMLElement | null>): { readonly width: number; readonly height: number } {
  const [size, setSize] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = target.current;
    if (element === null) return undefined;
    const measure = (): void => setSize((before) => (
      before.width === element.clientWidth && before.height === element.clientHeight ? before : { width: element.clientWidth, height: element.clientHeight }
    ));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [target]);
  return size;
}
