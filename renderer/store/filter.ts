import { asksEvents } from '../../preload/contract/filter/filter';
import { checkedFilter, parseFilter } from '../../preload/contract/filter/parse-filter';
import { handleId, type HandleId } from '../../preload/contract/ids';
import { endsInHalfKey } from '../model/half-word';
import { askEvents } from './questions';
import { appState, useApp, type AppState } from './state';
import { changeSettings } from './view-actions';

/** How long main is left alone between two questions for the handles of a filter, in milliseconds. */
const BETWEEN_MS = 150;

/** After so many milliseconds without a letter, what may become a key is a word after all. */
const WORD_AFTER_MS = 600;

let halfWord: ReturnType<typeof setTimeout> | undefined;

/** Takes in a letter more or less. While it may become a key, the filter before stays in force: the lists would be empty for a moment. */
export function typeFilter(text: string): void {
  if (!endsInHalfKey(text) || text.trim() === appState().filter) {
    setFilter(text);
    return;
  }
  clearTimeout(halfWord);
  useApp.setState({ filterText: text });
  halfWord = setTimeout(finishFilter, WORD_AFTER_MS);
}

/** What is written is meant as it stands: the person went on, or has waited. */
export function finishFilter(): void {
  if (halfWord !== undefined) setFilter(appState().filterText);
}

/** Puts a filter in force. With a mistake in it, the filter before stays. */
export function setFilter(text: string): void {
  clearTimeout(halfWord);
  halfWord = undefined;
  const parsed = parseFilter(text);
  if (!parsed.ok) {
    useApp.setState({ filterText: text });
    return;
  }
  // Other blanks, or none behind the last word, ask nothing new.
  const filter = text.trim();
  useApp.setState({ filterText: text, filter, ...(parsed.value.some(asksEvents) ? {} : { filterFound: undefined }) });
}

/** Filters that are offered again, the newest first. */
const MOST_RECENT = 12;

/** Keeps the filter in force among those that are offered again. */
export function rememberFilter(): void {
  const { filter, settings } = appState();
  if (filter === '' || settings.recentFilters[0] === filter) return;
  changeSettings({ recentFilters: [filter, ...settings.recentFilters.filter((one) => one !== filter)].slice(0, MOST_RECENT) });
}

/** Saves the filter in force, or takes it back from those that are saved. */
export function toggleSavedFilter(): void {
  const { filter, settings: { savedFilters } } = appState();
  if (filter === '') return;
  changeSettings({ savedFilters: savedFilters.includes(filter) ? savedFilters.filter((one) => one !== filter) : [...savedFilters, filter] });
}

/** What the handles of a filter's events were told of: when one of it changes, they are asked for again. */
function occasion({ filter, revision, shown, findings }: AppState): string {
  return `${shown.epoch} ${revision} ${findings?.findings.length ?? 0} ${filter}`;
}

/** Keeps what the tree needs of a filter that asks for events: the handles of those it lets through. The answer ends it. */
export function keepFilterFound(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking = false;
  let told = '';
  let filter = '';
  let wanted = false;
  const ask = async (): Promise<void> => {
    timer = undefined;
    asking = true;
    const asked = occasion(appState());
    const { epoch } = appState().shown;
    const answer = await askEvents({ offset: 0, count: 0, text: filter, handle: undefined, owners: true });
    asking = false;
    const now = appState();
    if (answer.ok && asked.endsWith(` ${now.filter}`) && now.shown.epoch === epoch) {
      if (answer.value.complete) told = asked;
      take(answer.value.owners ?? new Uint32Array());
    }
    hear(now);
  };
  const hear = (state: AppState): void => {
    const isNew = state.filter !== filter;
    if (isNew) {
      filter = state.filter;
      wanted = checkedFilter(filter).some(asksEvents);
    }
    if (!wanted || asking || occasion(state) === told) return;
    if (isNew) clearTimeout(timer);
    else if (timer !== undefined) return;
    // A new filter is asked for at once.
    timer = setTimeout(() => void ask(), isNew ? 0 : BETWEEN_MS);
  };
  const stop = useApp.subscribe(hear);
  return () => {
    stop();
    clearTimeout(timer);
  };
}

/** The same handles again leave the tree as it is. */
function take(owners: Uint32Array): void {
  const { filterFound } = appState();
  const found = new Set<HandleId>();
  for (const owner of owners) if (owner !== 0) found.add(handleId(owner));
  if (filterFound !== undefined && filterFound.size === found.size && [...found].every((id) => filterFound.has(id))) return;
  useApp.setState({ filterFound: found });
}
