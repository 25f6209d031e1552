import { lazy, type ComponentType } from 'react';
import { beginWork } from './idle';

/** What few starts need is loaded when it is first shown; the page is busy until then. */
export function later<P>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  return lazy(async () => {
    const done = beginWork();
    try {
      return { default: await load() };
    } finally {
      done();
    }
  });
}
