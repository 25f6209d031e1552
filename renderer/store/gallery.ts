import { useEffect } from 'react';
import type { GalleryEntry } from '../../preload/contract/update';
import { inspectorBridge } from '../bridge/bridge';
import { beginWork } from './idle';
import { useApp } from './state';
import { report } from './view-actions';

const NONE: readonly GalleryEntry[] = [];
let reading: Promise<readonly GalleryEntry[]> | undefined;

/** The scenarios of the gallery. They are asked for once, and not before the first frame: reading them all takes a while. */
export function readGallery(): Promise<readonly GalleryEntry[]> {
  reading ??= ask();
  return reading;
}

async function ask(): Promise<readonly GalleryEntry[]> {
  let gallery = NONE;
  try {
    gallery = await inspectorBridge()?.gallery() ?? NONE;
  } catch (error) {
    // An empty gallery says what to do; why it is empty is for the output pane.
    report('error', `The gallery could not be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  useApp.setState({ gallery });
  return gallery;
}

/** For a view that shows the gallery: undefined while it is read, for which the page is not idle. */
export function useGallery(): readonly GalleryEntry[] | undefined {
  const gallery = useApp((state) => state.gallery);
  const missing = gallery === undefined;
  useEffect(() => {
    if (!missing) return undefined;
    const done = beginWork();
    void readGallery();
    return done;
  }, [missing]);
  return gallery;
}
