import { INTERNET_STATUS } from '../../preload/contract/win32/constants/status';
import { FUNCTION_NAMES } from '../../preload/contract/win32/functions';
import type { EventRow } from '../../preload/contract/query';
import type { KeyValues } from '../model/filter-suggestions';
import { askEvents } from '../store/questions';
import { appState } from '../store/state';

/** Events that are looked at for the values that occur. */
const NEWEST = 500;
/** Handles that are offered by name. */
const MOST_HANDLES = 200;

const STATUS_NAMES = Object.keys(INTERNET_STATUS).map((name) => name.replace('INTERNET_STATUS_', ''));

/** The values of each key: first those of the newest events and of the handles that are shown, then all that there are. */
export async function occurringValues(): Promise<KeyValues> {
  const { filter, forest, findings } = appState();
  // By the filter in force: a question for everything would end the search that goes on for it.
  const first = await askEvents({ offset: 0, count: 0, text: filter, handle: undefined });
  const total = first.ok ? first.value.total : 0;
  const newest = await askEvents({ offset: Math.max(0, total - NEWEST), count: NEWEST, text: filter, handle: undefined });
  const rows: readonly EventRow[] = newest.ok ? newest.value.rows : [];
  const nodes = [...forest.all()];
  const titles = (kinds: readonly EventRow['kind'][]): readonly string[] => rows.filter(({ kind }) => kinds.includes(kind)).map(({ title }) => title.replace(/ (completed|returned)$/, ''));
  return {
    kind: unique([...nodes.map(({ kind }) => kind), ...rows.map(({ kind }) => kind)]),
    state: unique(nodes.map(({ state }) => state)),
    fn: unique([...titles(['call', 'return', 'completion']), ...FUNCTION_NAMES]),
    status: unique([...titles(['callback', 'callback-return']), ...STATUS_NAMES]),
    error: unique(['any', ...rows.flatMap(({ result }) => /ERROR_[A-Z\d_]+/.exec(result) ?? [])]),
    thread: unique(rows.map(({ thread }) => String(thread))),
    handle: unique(nodes.slice(-MOST_HANDLES).map(({ label }) => label)),
    severity: unique(findings?.findings.map(({ severity }) => severity) ?? []),
  };
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
