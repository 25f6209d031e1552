import type { GalleryEntry, ScenarioProgress } from '../../preload/contract/update';

/** What became of one stop of the tour. */
export interface TourStop {
  readonly entry: GalleryEntry;
  /** Undefined until it has run. */
  readonly outcome: ScenarioProgress | undefined;
  /** When it ran, in milliseconds since the start of the trace; undefined until it has. */
  readonly ran: { readonly from: number; readonly to: number } | undefined;
}

/** The tour: the scenarios of its group, one after another, and a summary behind the last. */
export interface Tour {
  readonly stops: readonly TourStop[];
  /** The stop that is shown; as many as there are stops means the summary. */
  readonly at: number;
  /** Whether it goes on by itself. */
  readonly auto: boolean;
}

export function beginTour(gallery: readonly GalleryEntry[], auto: boolean): Tour {
  const stops = gallery
    .filter((entry) => entry.group === 'tour')
    .sort((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }))
    .map((entry) => ({ entry, outcome: undefined, ran: undefined }));
  return { stops, at: 0, auto };
}

export function currentStop(tour: Tour): TourStop | undefined {
  return tour.stops[tour.at];
}

export function isSummary(tour: Tour): boolean {
  return tour.at >= tour.stops.length;
}

/** Takes the news of a scenario: what belongs to no stop changes nothing. */
export function observeScenario(tour: Tour, progress: ScenarioProgress): Tour {
  const at = tour.stops.findIndex((stop) => stop.entry.id === progress.id);
  if (at < 0) return tour;
  return { ...tour, stops: tour.stops.map((stop, index) => (index === at ? { ...stop, outcome: progress } : stop)) };
}

export function stopRan(tour: Tour, id: string, ran: { readonly from: number; readonly to: number }): Tour {
  return { ...tour, stops: tour.stops.map((stop) => (stop.entry.id === id ? { ...stop, ran } : stop)) };
}

export function nextStop(tour: Tour): Tour {
  return { ...tour, at: Math.min(tour.at + 1, tour.stops.length) };
}

export interface TourSummary {
  readonly passed: number;
  readonly failed: number;
  readonly notRun: number;
  readonly steps: number;
  readonly asDocumented: number;
  readonly differences: number;
}

export function summarize(tour: Tour): TourSummary {
  const outcomes = tour.stops.map((stop) => stop.outcome);
  const reports = outcomes.flatMap((outcome) => outcome?.reports ?? []);
  return {
    passed: outcomes.filter((outcome) => outcome?.state === 'passed').length,
    failed: outcomes.filter((outcome) => outcome?.state === 'failed' || outcome?.state === 'stopped').length,
    notRun: outcomes.filter((outcome) => outcome === undefined || outcome.state === 'running').length,
    steps: reports.length,
    asDocumented: reports.filter((report) => report.state === 'passed').length,
    differences: reports.filter((report) => report.state === 'known-difference').length,
  };
}

/** The first words of "wininet.InternetCloseHandle, remarks" as the address of its page, for a person to copy. */
export function pageAddress(source: string): string | undefined {
  const match = /^(wininet|http)\.(\w+)/.exec(source);
  if (match === null) return undefined;
  const [, header = '', name = ''] = match;
  return `learn.microsoft.com/windows/win32/api/${header}/nf-${header}-${name.toLowerCase()}`;
}

function capitalized(text: string): string {
  // A name in capitals or with a capital inside stays as it is; only a plain word begins its sentence.
  return /^[a-z]+\b/.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

export interface Note {
  /** The step it speaks of; undefined for what concerns the whole. */
  readonly step: string | undefined;
  readonly text: string;
}

/** The notes of a scenario: paragraphs that begin with the ids of the steps they explain. */
export function readNotes(notes: string): readonly Note[] {
  const read: Note[] = [];
  for (const line of notes.split(/\r?\n/).map((text) => text.trim()).filter((text) => text !== '')) {
    const match = /^([a-z0-9]+(?:-[a-z0-9]+)*(?:, [a-z0-9-]+)*): (.+)$/.exec(line);
    const last = read.at(-1);
    if (match !== null) read.push({ step: (match[1] ?? '').replaceAll('-', ' '), text: capitalized(match[2] ?? '') });
    else if (last === undefined || (last.step === undefined && /[.!?]$/.test(last.text))) read.push({ step: undefined, text: line });
    // A line without a name goes on with the paragraph before it.
    else read[read.length - 1] = { ...last, text: `${last.text} ${line}` };
  }
  return read;
}
