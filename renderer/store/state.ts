import { create } from 'zustand';
import type { AppUpdateState } from '../../preload/contract/app-update';
import type { AnnotationPlace } from '../../preload/contract/annotation';
import type { AppInfo } from '../../preload/contract/bridge';
import type { InspectorError } from '../../preload/contract/errors';
import type { Comparison, ExchangeProgress } from '../../preload/contract/exchange';
import type { Finding, FindingsAnswer } from '../../preload/contract/finding';
import type { HandleId, Seq } from '../../preload/contract/ids';
import type { Overview } from '../../preload/contract/query';
import type { Annotations, Opening, ShownRecording } from '../../preload/contract/session';
import type { OthersProgress } from '../../preload/contract/record-others';
import type { EngineStatus, GalleryEntry, RecorderStatus, ScenarioProgress } from '../../preload/contract/update';
import type { FindingBadge } from '../model/findings';
import { FIRST_VIEW, FOLLOW_AT_FIRST, type Follow, type LiveClock } from '../model/follow';
import { Forest } from '../model/forest';
import type { ManualPlace } from '../model/manual';
import type { TableName } from '../model/tables';
import type { Viewport } from '../model/time-scale';
import type { Tour } from '../model/tour';
import type { SweepAnswer, SweepStatus } from '../../preload/contract/sweep';
import { FIRST_WISH, type SweepWish } from '../model/sweep';
import type { Destructive } from '../model/destructive';
import type { HaltedClose } from './close-all';
import type { HeldWork } from './destructive';
import { FIRST_LAYOUT, type Layout } from './layout';
import { loadSettings, type Settings } from './settings';

/** Whether main has been reached. */
export type Phase = { readonly kind: 'loading' } | { readonly kind: 'ready' } | { readonly kind: 'failed'; readonly reason: string };

export type OpenDialog =
  | { readonly kind: 'new-client' }
  | { readonly kind: 'new-server' }
  | { readonly kind: 'respond'; readonly request: HandleId }
  | { readonly kind: 'answer-rules'; readonly queue: HandleId }
  /** The question before what cannot be taken back, and the dialog to come back to. */
  | { readonly kind: 'confirm'; readonly work: Destructive; readonly back: OpenDialog | undefined }
  | { readonly kind: 'gallery' }
  | { readonly kind: 'recent' }
  | { readonly kind: 'record-others' }
  | { readonly kind: 'service-state' }
  | { readonly kind: 'note'; readonly note: NoteDraft }
  | { readonly kind: 'notes' }
  | { readonly kind: 'export' }
  | { readonly kind: 'code' }
  | { readonly kind: 'comparison'; readonly comparison: Comparison }
  | { readonly kind: 'columns'; readonly table: TableName }
  | { readonly kind: 'help' }
  | { readonly kind: 'settings' }
  | { readonly kind: 'about' }
  | { readonly kind: 'updates' }
  | { readonly kind: 'palette' };

/** A note that is being written: a new one, or one that is changed. */
export interface NoteDraft {
  /** Of the note that is changed. */
  readonly id: string | undefined;
  readonly text: string;
  readonly place: AnnotationPlace;
  /** The other place that it may be put at. */
  readonly other: AnnotationPlace | undefined;
}

export interface OutputLine {
  readonly key: number;
  /** Milliseconds since the start of the trace. */
  readonly time: number;
  readonly level: 'info' | 'error';
  readonly text: string;
}

export interface Selection {
  readonly handle: HandleId | undefined;
  readonly event: Seq | undefined;
}

export type SideTab = 'details' | 'http' | 'scenario';

export interface TimeZero {
  readonly seq: Seq;
  /** Milliseconds since the start of the trace. */
  readonly time: number;
  readonly title: string;
}

export type BottomTab = 'events' | 'findings' | 'open' | 'sweep' | 'output';

/** What is on the screen. Events are not here: a view asks for those it shows. */
export interface AppState {
  readonly phase: Phase;
  readonly info: AppInfo | undefined;
  /** Changes in place; `revision` says when. */
  readonly forest: Forest;
  readonly revision: number;
  readonly recorder: RecorderStatus;
  readonly engine: EngineStatus | undefined;
  readonly scenario: ScenarioProgress | undefined;
  readonly shown: ShownRecording;
  readonly opening: Opening | undefined;
  /** What people added to the shown recording. */
  readonly annotations: Annotations;
  /** How far a recording of another program is. */
  readonly others: OthersProgress | undefined;
  /** An export or a comparison that is under way. */
  readonly exchange: ExchangeProgress | undefined;
  readonly appUpdate: AppUpdateState;
  /** What is waited for before the app leaves. */
  readonly leaving: string | undefined;
  /** The accent of the system, as #rrggbb, where it has one. */
  readonly accent: string | undefined;
  readonly clock: LiveClock;
  readonly selection: Selection;
  readonly collapsed: ReadonlySet<HandleId>;
  readonly liveOnly: boolean;
  /** The filter that is in force: one that parseFilter takes. */
  readonly filter: string;
  /** What stands in the filter's box; while it has a mistake, the filter before it stays in force. */
  readonly filterText: string;
  /** The handles of the events that the filter lets through; undefined where it asks for nothing that only events have. */
  readonly filterFound: ReadonlySet<HandleId> | undefined;
  readonly paused: boolean;
  readonly viewport: Viewport;
  /** Undefined when the person has moved the view to a time of their own. */
  readonly follow: Follow | undefined;
  readonly settings: Settings;
  /** What is held back so that it can be undone, the oldest first. */
  readonly held: readonly HeldWork[];
  /** Of this window; as at first until main has said which one it is. */
  readonly layout: Layout;
  readonly dialog: OpenDialog | undefined;
  /** Where the manual is open; it lies over any dialog, which keeps what was typed into it. */
  readonly manual: ManualPlace | undefined;
  readonly bottomTab: BottomTab;
  readonly sideTab: SideTab;
  readonly output: readonly OutputLine[];
  /** What a screen reader is told next. */
  readonly announcement: string;
  readonly gallery: readonly GalleryEntry[] | undefined;
  readonly tour: Tour | undefined;
  /** The past time at which the tree stands, in milliseconds since the start of the trace; undefined for now. */
  readonly asOf: number | undefined;
  /** The whole trace at a glance, as the last answer to the timeline told it. */
  readonly overview: Overview | undefined;
  /** The event from which the time is told, when it is. */
  readonly timeZero: TimeZero | undefined;
  /** The stretch of time that was marked on the timeline. */
  readonly range: Viewport | undefined;
  /** What the referee said last; undefined until it has answered. */
  readonly findings: FindingsAnswer | undefined;
  readonly findingsProblem: InspectorError | undefined;
  /** Those that are not muted, in the order of their time. */
  readonly toldFindings: readonly Finding[];
  /** Whether the list shows what is muted, too. */
  readonly showMuted: boolean;
  readonly badges: ReadonlyMap<HandleId, FindingBadge>;
  /** A close of many that met a failure and waits to be told whether to go on. */
  readonly haltedClose: HaltedClose | undefined;
  /** The note or bookmark that was gone to, by its id. */
  readonly remark: string | undefined;
  /** Whether a reason is being asked for, to mute the finding that is read. */
  readonly muting: Finding | undefined;
  /** The finding that is read in the findings pane. */
  readonly finding: Finding | undefined;
  /** How far the close sweep is, as main told last. */
  readonly sweepStatus: SweepStatus | undefined;
  /** Its matrix; undefined until main has answered. */
  readonly sweep: SweepAnswer | undefined;
  /** What the form of the sweep asks for. */
  readonly sweepWish: SweepWish;
}

export const useApp = create<AppState>()(() => ({
  phase: { kind: 'loading' },
  info: undefined,
  forest: new Forest(),
  revision: -1,
  recorder: { events: 0, earlier: 0, dropped: 0, forgotten: 0, perSecond: 0, microsPerEvent: 0, journal: { state: 'none' }, now: 0 },
  engine: undefined,
  scenario: undefined,
  shown: { epoch: 0, startedAt: 0, file: undefined, unsaved: false },
  opening: undefined,
  annotations: [],
  others: undefined,
  exchange: undefined,
  appUpdate: { kind: 'off', reason: 'The inspector has not answered yet.' },
  leaving: undefined,
  accent: undefined,
  clock: { now: 0, heardAt: 0, running: false },
  selection: { handle: undefined, event: undefined },
  collapsed: new Set<HandleId>(),
  liveOnly: false,
  filter: '',
  filterText: '',
  filterFound: undefined,
  paused: false,
  viewport: FIRST_VIEW,
  follow: FOLLOW_AT_FIRST,
  settings: loadSettings(),
  held: [],
  layout: FIRST_LAYOUT,
  dialog: undefined,
  manual: undefined,
  bottomTab: 'events',
  sideTab: 'details',
  output: [],
  announcement: '',
  gallery: undefined,
  tour: undefined,
  asOf: undefined,
  overview: undefined,
  timeZero: undefined,
  range: undefined,
  findings: undefined,
  findingsProblem: undefined,
  toldFindings: [],
  showMuted: false,
  badges: new Map<HandleId, FindingBadge>(),
  haltedClose: undefined,
  finding: undefined,
  remark: undefined,
  muting: undefined,
  sweepStatus: undefined,
  sweep: undefined,
  sweepWish: FIRST_WISH,
}));

export function appState(): AppState {
  return useApp.getState();
}
