import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { GalleryEntry } from '../../preload/contract/update';
import { parseFunctionName } from '../../preload/contract/win32/functions';
import { everyStep } from './language/parse-scenario';
import type { Scenario } from './language/scenario';
import { loadScenario } from './load-scenario';
import { sweepTargets } from './sweep/targets';

const GROUPS: readonly GalleryEntry['group'][] = ['tour', 'rules', 'more'];

export interface GalleryFile {
  readonly group: GalleryEntry['group'];
  readonly file: string;
}

/** `folder` holds a folder a group, with .yaml files. */
export function galleryFiles(folder: string): readonly GalleryFile[] {
  return GROUPS.flatMap((group) => filesOf(path.join(folder, group)).map((file) => ({ group, file })));
}

/** Nothing for a file that is no scenario, since its tests tell of it. */
export function readEntry(folder: string, { group, file }: GalleryFile): readonly GalleryEntry[] {
  const text = readFileSync(path.join(folder, group, file), 'utf8');
  const scenario = loadScenario(text);
  if (!scenario.ok) return [];
  const { title, source, notes } = scenario.value;
  return [{ id: `${group}/${path.basename(file, '.yaml')}`, group, title, source: source ?? '', notes: notes ?? '', text, targets: sweepTargets(scenario.value), calls: callsOf(scenario.value) }];
}

function callsOf({ steps }: Scenario): readonly string[] {
  return [...new Set(everyStep(steps).flatMap((step) => (step.verb === 'call' ? [parseFunctionName(step.function)?.name ?? step.function] : [])))];
}

/** One folder at a time: Node 18.15, which the test runtime has, reads none recursively. */
function filesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((file) => file.endsWith('.yaml')).sort();
  } catch {
    // A group without a folder is a group without scenarios.
    return [];
  }
}
