import { SEVERITIES, type Finding, type FindingCounts, type FindingsAnswer, type LeakGroup, type Severity } from '../../preload/contract/finding';
import type { TraceEvent } from '../../preload/contract/event';
import type { HandleId, Seq } from '../../preload/contract/ids';
import { assertUnreachable } from '../../preload/contract/result';
import type { Trace } from '../trace/trace';
import { BoundedMap } from './bounded-map';
import { muteOf, withMutes } from './mutes';
import { leakGroups } from './open-handles';
import type { Report, Rule, Watch } from './rule';
import { RULES } from './rules';
import { Scene } from './scene';

/** Findings kept of one rule; more are counted. A loop that breaks a rule a million times says nothing new after these. */
const MOST_FINDINGS = 500;

interface Seat {
  readonly rule: Rule;
  readonly watch: Watch;
}

/** Handles and events that a finding leads to; of a server that ends with a thousand requests open the first are enough. */
const MOST_LINKS = 50;

interface Dropped {
  readonly rule: string;
  readonly handles: readonly HandleId[];
  readonly counted: { [S in Severity]: number };
}
/** What the rules need of a trace: one that grows, or one that is gone through again. */
export type WatchedTrace = Pick<Trace, 'tree' | 'log' | 'now' | 'revision' | 'listen' | 'onForget' | 'onBeginAnew' | 'annotations'>;

/**
 * Holds a trace to the lifetime rules as its events come, from wherever they come. Beside the trace it keeps a bounded
 * memory; each event costs it the rules that watch for its kind.
 */
export class Referee {
  private readonly scene: Scene;
  private readonly raised: Finding[] = [];
  private readonly perRule = new Map<string, number>();
  private readonly counted = { note: 0, warning: 0, error: 0 };
  private dropped = 0;
  /** By rule and handle, so that a mute of either can be taken from the counts. */
  private readonly droppedBy = new BoundedMap<string, Dropped>();
  private last: { readonly seq: Seq | undefined; readonly time: number } = { seq: undefined, time: 0 };
  private readonly seats: readonly Seat[];
  private readonly byCall: readonly Watch[];
  private readonly byReturn: readonly Watch[];
  private readonly byCallback: readonly Watch[];
  private readonly byObserved: readonly Watch[];
  private readonly byState: readonly Watch[];
  private readonly stop: () => void;

  constructor(private readonly trace: WatchedTrace, private readonly rules: readonly Rule[] = RULES) {
    this.scene = new Scene(trace.tree);
    this.seats = rules.map((rule) => ({ rule, watch: rule.watch(this.scene, (report) => this.raise(rule, report)) }));
    const watches = this.seats.map(({ watch }) => watch);
    this.byCall = watches.filter((watch) => watch.call !== undefined);
    this.byReturn = watches.filter((watch) => watch.returned !== undefined);
    this.byCallback = watches.filter((watch) => watch.callback !== undefined);
    this.byObserved = watches.filter((watch) => watch.observed !== undefined);
    this.byState = watches.filter((watch) => watch.state !== undefined);
    const stops = [trace.listen((event, changed) => this.observe(event, changed)), trace.onForget((gone) => this.scene.forget(gone)), trace.onBeginAnew(() => this.beginAnew())];
    this.stop = () => { for (const stop of stops) stop(); };
  }

  /** How many findings of each severity were raised and are not muted; those that stand only while nothing more comes are not among them. */
  get counts(): FindingCounts {
    const { mutes } = this.trace.annotations;
    if (mutes.length === 0) return this.counted;
    const counts = { ...this.counted };
    for (const finding of this.raised) if (muteOf(finding, mutes) !== undefined) counts[finding.severity] -= 1;
    for (const { rule, handles, counted } of this.droppedBy.values()) {
      if (muteOf({ rule, handles }, mutes) !== undefined) for (const severity of SEVERITIES) counts[severity] -= counted[severity];
    }
    return counts;
  }

  /** What was raised so far, in the order of the events that showed it. */
  get findings(): readonly Finding[] {
    return withMutes(this.raised, this.trace.annotations.mutes);
  }

  /**
   * Everything there is to say now: what was raised, and what is wrong if nothing more comes.
   * @param final nothing more will come; otherwise only what has been owed for long is told
   */
  all(final: boolean, now = this.last.time): readonly Finding[] {
    const standing: Finding[] = [];
    for (const { rule, watch } of this.seats) watch.end?.((report) => standing.push(this.finding(rule, report, true)), { now, final });
    return withMutes([...this.raised, ...standing], this.trace.annotations.mutes);
  }

  /** The answer to the window: at most `most` findings, the latest; what is muted takes no place of what is not. */
  answer(most: number): FindingsAnswer {
    const all = this.all(false, this.trace.now());
    const counts = { ...this.counts };
    for (const { standing, severity, muted } of all) if (standing && muted === undefined) counts[severity] += 1;
    const kept = latest(all, most);
    return {
      revision: this.trace.revision, findings: kept, counts, mutedCount: this.dropped + all.length - totalOf(counts), mutes: this.trace.annotations.mutes,
      notKept: this.dropped + all.length - kept.length,
      rules: this.rules.map(({ id, severity, says, fix, page }) => ({ id, severity, says, fix, page })), leaks: this.leaks(),
    };
  }

  /** Open handles by who made them. */
  leaks(now = this.trace.now()): readonly LeakGroup[] {
    return leakGroups(this.scene, this.trace.log, now);
  }

  /** The trace came to its end, and another may follow in the same record: what was owed is now found. */
  settle(): void {
    for (const { rule, watch } of this.seats) watch.end?.((report) => this.raise(rule, report), { now: this.last.time, final: true });
  }

  dispose(): void {
    this.stop();
  }

  /** What was found is of a recording that is over; what the rules remember of its handles went with them. */
  private beginAnew(): void {
    this.raised.length = 0;
    this.perRule.clear();
    for (const severity of SEVERITIES) this.counted[severity] = 0;
    this.dropped = 0;
    this.droppedBy.clear();
    this.last = { seq: undefined, time: 0 };
  }

  private observe(event: TraceEvent, changed: ReadonlySet<HandleId>): void {
    this.last = event;
    const transitions = this.scene.enter(event, changed);
    switch (event.kind) {
      case 'call': for (const watch of this.byCall) watch.call?.(event); break;
      case 'return': {
        const call = this.scene.call(event.call);
        for (const watch of this.byReturn) watch.returned?.(event, call);
        break;
      }
      case 'callback': for (const watch of this.byCallback) watch.callback?.(event); break;
      case 'callback-return': for (const { watch } of this.seats) watch.callbackReturned?.(event); break;
      case 'completion': {
        const call = this.scene.call(event.completes);
        for (const { watch } of this.seats) watch.completion?.(event, call);
        break;
      }
      case 'connection': for (const { watch } of this.seats) watch.connection?.(event); break;
      case 'note': for (const { watch } of this.seats) watch.note?.(event); break;
      case 'observed': for (const watch of this.byObserved) watch.observed?.(event); break;
      case 'engine-lost': break;
      default: assertUnreachable(event);
    }
    for (const { node, before } of transitions) for (const watch of this.byState) watch.state?.(node, before, event);
    this.scene.leave(event);
  }

  private raise(rule: Rule, report: Report): void {
    const finding = this.finding(rule, report, false);
    this.counted[finding.severity] += 1;
    const seen = (this.perRule.get(rule.id) ?? 0) + 1;
    this.perRule.set(rule.id, seen);
    if (seen <= MOST_FINDINGS) {
      this.raised.push(finding);
      return;
    }
    this.dropped += 1;
    const key = `${rule.id} ${finding.handle ?? ''}`;
    const known = this.droppedBy.get(key) ?? { rule: rule.id, handles: finding.handle === undefined ? [] : [finding.handle], counted: { note: 0, warning: 0, error: 0 } };
    known.counted[finding.severity] += 1;
    this.droppedBy.set(key, known);
  }

  private finding(rule: Rule, { handles, events, message, severity, culprit }: Report, standing: boolean): Finding {
    const provoked = culprit?.provoked === true;
    const named = handles.filter((handle) => handle !== undefined);
    const found: Severity = provoked ? 'note' : severity ?? rule.severity;
    return {
      rule: rule.id, severity: found, message, fix: rule.fix, page: rule.page, handle: named[0], handles: named.slice(0, MOST_LINKS), events: events.slice(0, MOST_LINKS), time: this.last.time, provoked, standing, muted: undefined,
    };
  }
}

/** The latest of those that are told and of those that are muted, in their order. */
function latest(findings: readonly Finding[], most: number): readonly Finding[] {
  const room = { told: most, muted: most };
  const kept: Finding[] = [];
  for (let place = findings.length - 1; place >= 0; place -= 1) {
    const finding = findings[place];
    const which = finding?.muted === undefined ? 'told' : 'muted';
    if (finding === undefined || room[which] === 0) continue;
    room[which] -= 1;
    kept.push(finding);
  }
  return kept.reverse();
}

function totalOf(counts: FindingCounts): number {
  return SEVERITIES.reduce((sum, severity) => sum + counts[severity], 0);
}
