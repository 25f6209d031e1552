import * as v from 'valibot';
import { LONGEST_ANNOTATION, type AnnotationDraft } from './annotation';
import type { AnswerRule } from './answer-rule';
import type { ArgumentIssue } from './errors';
import { CODE_LANGUAGES } from './code';
import { COMMAND_CATALOG } from './command-catalog';
import { isKeys } from './command-keys';
import { CONTEXT_MENU_BOUNDS } from './context-menu';
import { APP_UPDATE_STEPS } from './app-update';
import { EXPORT_FORMATS, PICTURE_FORMATS } from './export';
import { parseFilter } from './filter/parse-filter';
import { seq, type Seq } from './ids';
import { RETENTION_BOUNDS } from './retention';
import { OTHERS_BOUNDS, OTHERS_SCOPES } from './record-others';
import { err, ok, type Result } from './result';
import { LONGEST_SCENARIO, MOST_BREAKS } from './scenario';
import { openClient } from './schemas/client-command';
import { handle, within } from './schemas/fields';
import { answerRules, cancel, openServer, respond, setAnswerRules } from './schemas/server-commands';

/** What main accepts over the bridge. Every limit is there so that a message cannot cost more than it is worth. */

const place = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 32 - 1), v.transform((value): Seq => seq(value)));

const close = v.strictObject({ kind: v.literal('close'), handle });
const whole = (most: number, message: string) => v.pipe(v.number(message), v.integer(message), v.minValue(0, message), v.maxValue(most, message));
/** Counted before they are looked at. */
const breakList = (item: ReturnType<typeof whole>) => v.pipe(v.array(v.unknown(), 'is a list'), v.maxLength(MOST_BREAKS, `has more than ${MOST_BREAKS} entries`), v.array(item));
const scenarioBreaks = v.strictObject({
  lines: breakList(whole(LONGEST_SCENARIO, 'is the number of a line')),
  callbacks: v.union([v.literal('every'), breakList(whole(2 ** 32 - 1, 'is an INTERNET_STATUS'))], 'is a list of INTERNET_STATUS values, or every'),
});
/** A scenario as text. */
export const SCENARIO_TEXT_SCHEMA = v.pipe(v.string('is text'), v.maxLength(LONGEST_SCENARIO, `is longer than ${LONGEST_SCENARIO / 1024} KB`));
/** What the results of a run are copied as. */
export const RESULTS_FORMAT_SCHEMA = v.picklist(['text', 'json'], 'is text or json');
/** A place in the text of a scenario. */
export const SCENARIO_QUESTION_SCHEMA = v.strictObject({ text: SCENARIO_TEXT_SCHEMA, offset: whole(LONGEST_SCENARIO, 'is a place of the text') });
/** A scenario to be written to a file; its name is no path. */
export const SAVE_SCENARIO_SCHEMA = v.strictObject({
  text: SCENARIO_TEXT_SCHEMA, name: v.pipe(v.string('is text'), v.maxLength(128, 'is longer than 128 characters'), v.regex(/^[\w-][\w. -]*$/, 'is no name of a file')),
});
const runScenario = v.strictObject({
  kind: v.literal('run-scenario'),
  id: v.pipe(v.string('is text'), v.maxLength(256, 'is not the id of a scenario of the gallery'), v.regex(/^[a-z0-9-]+(\/[a-z0-9-]+)*$/, 'is not the id of a scenario of the gallery')),
  text: v.optional(SCENARIO_TEXT_SCHEMA), held: v.optional(v.boolean('is true or false')), breaks: v.optional(scenarioBreaks),
});
const controlScenario = v.strictObject({ kind: v.literal('control-scenario'), action: v.picklist(['continue', 'step', 'pause'], 'is continue, step or pause') });
const breakScenario = v.strictObject({ kind: v.literal('break-scenario'), breaks: scenarioBreaks });
const stopScenario = v.strictObject({ kind: v.literal('stop-scenario') });

const runSweep = v.strictObject({
  kind: v.literal('run-sweep'),
  id: runScenario.entries.id,
  action: v.picklist(['close', 'cancel'], 'is close or cancel'),
  name: v.pipe(v.string('is text'), v.regex(/^[A-Za-z_]\w{0,63}$/, 'is not the name of a binding')),
  engines: v.pipe(
    v.array(v.unknown()), v.minLength(1, 'names no engine'), v.maxLength(4, 'names more engines than there are'),
    v.array(v.pipe(v.string('is text'), v.maxLength(64, 'is no engine'))),
  ),
  seconds: v.pipe(v.number('is a number'), v.minValue(1, 'is 1 to 3,600 seconds'), v.maxValue(3600, 'is 1 to 3,600 seconds')),
});
const beginAnew = v.strictObject({ kind: v.literal('begin-anew') });
const stopSweep = v.strictObject({ kind: v.literal('stop-sweep') });

const recordingPath = v.pipe(v.string('is text'), v.minLength(1, 'is empty; name a file'), v.maxLength(4096, 'is longer than 4,096 characters'), v.regex(/^[^\0]+$/, 'is no path'));
const openFile = v.strictObject({ kind: v.literal('open-file'), path: v.optional(recordingPath) });
const stopOpening = v.strictObject({ kind: v.literal('stop-opening') });
const saveFile = v.strictObject({ kind: v.literal('save-file') });
const closeFile = v.strictObject({ kind: v.literal('close-file') });


const annotationId = v.pipe(v.string('is text'), v.maxLength(64, 'is no annotation'));
const annotationText = (what: string) => v.pipe(v.string('is text'), v.trim(), v.minLength(1, what), v.maxLength(LONGEST_ANNOTATION, `is longer than ${LONGEST_ANNOTATION} characters`));
const moment = v.pipe(v.number('is a number'), v.finite('is a time'), v.minValue(0, 'is a time of the trace'));

const annotate = v.strictObject({
  kind: v.literal('annotate'),
  id: v.optional(annotationId),
  annotation: v.pipe(v.variant('kind', [
    v.strictObject({
      kind: v.literal('note'), text: annotationText('is empty'),
      place: v.variant('kind', [v.strictObject({ kind: v.literal('time'), time: moment }), v.strictObject({ kind: v.literal('handle'), handle })]),
    }),
    v.strictObject({ kind: v.literal('bookmark'), time: moment }),
    v.strictObject({ kind: v.literal('mute'), rule: v.pipe(v.string('is text'), v.maxLength(64, 'is no rule')), handle: v.optional(handle), reason: annotationText('is empty: say why') }),
  ]), v.transform((draft): AnnotationDraft => (draft.kind === 'mute' ? { ...draft, handle: draft.handle } : draft))),
});
const removeAnnotation = v.strictObject({ kind: v.literal('remove-annotation'), id: annotationId });

const othersPlan = {
  scope: v.picklist(OTHERS_SCOPES, 'is clients, servers or both'), seconds: within(OTHERS_BOUNDS.seconds, 'seconds'), megabytes: within(OTHERS_BOUNDS.megabytes, 'MB'),
};
const recordOthers = v.strictObject({ kind: v.literal('record-others'), ...othersPlan });
const stopRecordingOthers = v.strictObject({ kind: v.literal('stop-recording-others') });
const serviceState = v.strictObject({ kind: v.literal('service-state') });
const dismissOthers = v.strictObject({ kind: v.literal('dismiss-others') });

const newEngine = v.strictObject({ kind: v.literal('new-engine') });
const newWindow = v.strictObject({ kind: v.literal('new-window') });
const closeWindow = v.strictObject({ kind: v.literal('close-window') });
const magnify = v.strictObject({ kind: v.literal('magnify'), step: v.picklist(['larger', 'smaller', 'actual'], 'is larger, smaller or actual') });

/** A plan as the window asks for its command lines. */
export const OTHERS_PLAN_SCHEMA = v.strictObject(othersPlan);

export const COMMAND_SCHEMA = v.variant('kind', [
  recordOthers, stopRecordingOthers, serviceState, dismissOthers,
  openClient, openServer, setAnswerRules, respond, cancel, close, runScenario, stopScenario, controlScenario, breakScenario, runSweep, stopSweep, beginAnew,
  openFile, stopOpening, saveFile, closeFile, annotate, removeAnnotation, newEngine, newWindow, closeWindow, magnify,
]);

/** What is wrong with a command, field by field; empty when main would take it. The forms and the bridge share it. */
export function commandIssues(input: unknown): readonly ArgumentIssue[] {
  return issuesOf(v.safeParse(COMMAND_SCHEMA, input), 'command');
}

/** Rules that stand in a text, as a file or another form wrote them; or what is wrong with them. */
export function readAnswerRules(input: unknown): Result<readonly AnswerRule[], readonly ArgumentIssue[]> {
  const parsed = v.safeParse(answerRules, input);
  return parsed.success ? ok(parsed.output) : err(issuesOf(parsed, 'rules'));
}

function issuesOf(parsed: { readonly issues?: readonly v.BaseIssue<unknown>[] | undefined }, whole: string): readonly ArgumentIssue[] {
  return (parsed.issues ?? []).map((issue) => ({ field: v.getDotPath(issue) ?? whole, message: issue.message }));
}

/** The queue whose rules are asked for. */
export const QUEUE_SCHEMA = handle;

const time = v.pipe(v.number(), v.finite());

export const TIMELINE_SCHEMA = v.strictObject({
  from: time, to: time, pixels: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(32768)),
  // Counted before they are looked at.
  lanes: v.pipe(v.array(v.unknown()), v.maxLength(2000), v.array(handle)),
});

const filterText = v.pipe(v.string(), v.maxLength(1000), v.check((text) => filterProblem(text) === undefined, (issue) => filterProblem(issue.input) ?? ''));

function filterProblem(text: string): string | undefined {
  const filter = parseFilter(text);
  return filter.ok ? undefined : `is no filter: ${filter.error.message}`;
}

export const EVENTS_SCHEMA = v.strictObject({
  offset: v.pipe(v.number(), v.integer(), v.minValue(0)), count: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(500)),
  text: filterText, handle: v.optional(handle), stopped: v.optional(v.boolean()), owners: v.optional(v.boolean()),
});

export const DETAILS_SCHEMA = v.variant('kind', [
  v.strictObject({ kind: v.literal('event'), seq: place }), v.strictObject({ kind: v.literal('handle'), handle }),
]);

const exchangeQuery = {
  handle, place: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 32 - 1))), event: v.optional(place), asOf: v.optional(moment),
  seen: v.optional(v.strictObject({ place: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 32 - 1)), last: place, state: v.picklist(['under-way', 'complete', 'failed']) })),
};
export const EXCHANGE_SCHEMA = v.strictObject(exchangeQuery);

/** A picture of a screen is smaller by far. */
const MOST_PICTURE_BYTES = 64 * 1024 * 1024;

export const EXPORT_SCHEMA = v.variant('kind', [
  v.strictObject({ kind: v.literal('record'), format: v.picklist(EXPORT_FORMATS), text: filterText, handle: v.optional(handle) }),
  v.strictObject({
    kind: v.literal('picture'), format: v.picklist(PICTURE_FORMATS),
    bytes: v.pipe(v.instance(Uint8Array), v.check(({ byteLength }) => byteLength <= MOST_PICTURE_BYTES, 'is larger than 64 MB')),
  }),
]);

export const CODE_SCHEMA = v.strictObject({
  language: v.picklist(CODE_LANGUAGES),
  scope: v.variant('kind', [
    v.strictObject({ kind: v.literal('call'), seq: place }), v.strictObject({ kind: v.literal('handle'), handle }), v.strictObject({ kind: v.literal('all') }),
  ]),
});

export const COPY_SCHEMA = v.variant('kind', [
  v.strictObject({ kind: v.literal('code'), code: CODE_SCHEMA }),
  v.strictObject({ kind: v.literal('raw'), handle }),
  v.strictObject({ kind: v.literal('bytes'), seq: place, place: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65535)) }),
  v.strictObject({
    kind: v.literal('http'), query: EXCHANGE_SCHEMA, of: v.picklist(['request', 'response']),
    what: v.variant('kind', [
      v.strictObject({ kind: v.literal('fields') }), v.strictObject({ kind: v.literal('field'), place: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65535)) }),
      v.strictObject({ kind: v.literal('body') }), v.strictObject({ kind: v.literal('url') }),
    ]),
  }),
  v.strictObject({ kind: v.literal('details'), target: DETAILS_SCHEMA, format: v.picklist(['text', 'json']) }),
]);

export const ABOUT_COPY_SCHEMA = v.variant('kind', [
  v.strictObject({ kind: v.literal('versions') }),
  v.strictObject({ kind: v.literal('licence'), package: v.optional(v.pipe(v.string(), v.maxLength(214, 'is longer than the name of a package'))) }),
]);

export const APP_UPDATE_SCHEMA = v.picklist(APP_UPDATE_STEPS, `is none of ${APP_UPDATE_STEPS.join(', ')}`);

/** The pages that the window may open in a browser. */
export const PAGE_SCHEMA = v.pipe(v.string(), v.maxLength(500), v.regex(/^https:\/\/learn\.microsoft\.com\/[A-Za-z0-9/_#.-]*$/, 'is no page of learn.microsoft.com'));

export const FINDING_SCHEMA = v.strictObject({ rule: v.pipe(v.string(), v.maxLength(200)), event: v.optional(place) });

export const DIFF_PAGE_SCHEMA = v.strictObject({
  offset: v.pipe(v.number(), v.integer(), v.minValue(0)), count: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(500)), differing: v.boolean(),
});

export const NEXT_DIFFERENCE_SCHEMA = v.strictObject({ from: v.pipe(v.number(), v.integer(), v.minValue(-1)), direction: v.picklist(['next', 'previous']) });
/** The path of a file that was dropped on the window. */
export const DROPPED_SCHEMA = recordingPath;

const RETENTION_RANGE = `is ${RETENTION_BOUNDS.least} to ${RETENTION_BOUNDS.most.toLocaleString('en')}`;

const menuPixels = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(CONTEXT_MENU_BOUNDS.pixels));

/** Commands by name: the words of a menu are main's own, but for the reason why one is off, which is one line of bounded length. */
export const CONTEXT_MENU_SCHEMA = v.strictObject({
  x: menuPixels, y: menuPixels,
  groups: v.pipe(v.array(v.unknown()), v.minLength(1), v.maxLength(CONTEXT_MENU_BOUNDS.groups), v.array(v.pipe(
    v.array(v.unknown()), v.maxLength(CONTEXT_MENU_BOUNDS.items), v.array(v.strictObject({
      id: v.picklist(COMMAND_CATALOG.map(({ id }) => id), 'is no command'),
      // Left out where the structured clone of an older page left it out.
      off: v.optional(v.pipe(v.string(), v.maxLength(CONTEXT_MENU_BOUNDS.reason), v.regex(/^[^\p{Cc}\p{Cs}\u2028\u2029]*$/u, 'is one line of text'))),
    })),
  ))),
});

/** How many recordings stay on the disk. */
export const RETENTION_SCHEMA = v.pipe(
  v.number('is a number'), v.integer('is a whole number'),
  v.minValue(RETENTION_BOUNDS.least, RETENTION_RANGE), v.maxValue(RETENTION_BOUNDS.most, RETENTION_RANGE),
);

/** Keys by command, an empty text for none. Looked at one by one: what is no command is not taken for one. */
export const KEYS_SCHEMA = v.record(
  v.picklist(COMMAND_CATALOG.map(({ id }) => id), 'is no command'),
  v.pipe(v.string('is text'), v.maxLength(40, 'are no keys'), v.check((keys) => keys === '' || isKeys(keys), 'are no keys')),
);

export const THEME_SCHEMA = v.picklist(['light', 'dark', 'system']);
