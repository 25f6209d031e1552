import type { ScenarioProgress } from '../../preload/contract/update';
import { CommandButton } from '../commands/command-button';
import { isEdited, isOwn, type ScenarioDocument } from '../model/scenario-documents';
import { holdWords } from '../model/scenario-outcome';
import { documentOf, showScenarioTab, useScenarioDesk, type ScenarioDesk } from '../store/scenario-desk';
import { useApp } from '../store/state';
import { selectEvent } from '../store/view-actions';
import { Button } from '../ui/button';
import { Chip } from '../ui/chip';
import { Tabs, type Tab } from '../ui/tabs';
import { AboutTab } from './about-tab';
import { BreakMenu } from './break-menu';
import { ResultsTab } from './results-tab';
import { STATES } from './run-states';
import { TextTab } from './text-tab';
import { ProgressBar } from '../ui/progress-bar';
import css from './desk.module.css';

/** One scenario: its text, how it runs, and what came of it. */
export function DeskPane({ id }: { readonly id: string }) {
  const gallery = useApp((state) => state.gallery);
  const documents = useScenarioDesk((desk) => desk.documents);
  const ran = useScenarioDesk((desk) => desk.ran.get(id));
  const tab = useScenarioDesk((desk) => desk.tab);
  const progress = useApp((state) => (state.scenario?.id === id ? state.scenario : undefined));
  const document = documentOf(id, documents, gallery);
  if (document === undefined) return <p className={css.hint}>{gallery === undefined ? 'Reading the gallery…' : 'This scenario is not there any more.'}</p>;
  const same = (ran ?? document.saved) === document.text;
  const failed = progress?.reports.filter(({ state }) => state === 'failed').length ?? 0;
  const tabs: readonly Tab<ScenarioDesk['tab']>[] = [
    { id: 'text', label: 'Text' },
    { id: 'results', label: 'Results', count: progress === undefined ? undefined : failed > 0 ? `${failed} failed` : String(progress.reports.length), tone: failed > 0 ? 'bad' : 'plain' },
    { id: 'about', label: 'About' },
  ];
  return (
    <article className={css.desk} aria-label="The scenario">
      <Head document={document} title={progress?.title ?? gallery?.find((entry) => entry.id === id)?.title ?? document.name} progress={progress} />
      <Tabs name="Parts of the scenario" tabs={tabs} shown={tab} onShow={showScenarioTab} />
      <div className={css.panel} role="tabpanel" aria-label={tabs.find((one) => one.id === tab)?.label}>
        {tab === 'text' && <TextTab document={document} progress={same ? progress : undefined} />}
        {tab === 'results' && <ResultsTab progress={progress} stale={!same} />}
        {tab === 'about' && <AboutTab id={id} />}
      </div>
    </article>
  );
}

interface HeadProps {
  readonly document: ScenarioDocument;
  readonly title: string;
  readonly progress: ScenarioProgress | undefined;
}

function Head({ document, title, progress }: HeadProps) {
  const state = progress === undefined ? undefined : progress.held !== undefined ? { text: 'held', tone: 'pending' } as const
    : progress.endedEarly === undefined ? STATES[progress.state] : { text: 'not on this engine', tone: 'pending' } as const;
  const held = progress?.held;
  const refused = useScenarioDesk((desk) => (desk.refused?.id === document.id ? desk.refused.message : undefined));
  const message = refused ?? progress?.message;
  return (
    <header className={css.head}>
      <div className={css.titleLine}>
        <h2 className={css.title} title={document.id}>{title}</h2>
        {isEdited(document) && <Chip text={isOwn(document.id) ? 'not saved' : 'edited'} tone="pending" />}
        {state !== undefined && <Chip text={state.text} tone={state.tone} />}
      </div>
      <Controls progress={progress} />
      {progress !== undefined && progress.state === 'running' && (
        <div className={css.progress}>
          <ProgressBar label="Steps done" max={Math.max(1, progress.steps)} value={progress.step} />
          <span className={css.count}>{`${Math.min(progress.step, progress.steps)} of ${progress.steps}`}</span>
        </div>
      )}
      {held !== undefined && (
        <p className={css.held} role="status">
          <span>{holdWords(held)}</span>
          {held.at === 'callback' && <Button look="quiet" onPress={() => selectEvent(held.event, held.handle)}>Its details</Button>}
        </p>
      )}
      {progress?.endedEarly !== undefined && <p className={css.early}>{`It ends early here, as is known: ${progress.endedEarly}`}</p>}
      {message !== undefined && <p role="alert" className={css.message}>{message}</p>}
    </header>
  );
}

/** Runs, steps, pauses, stops: the same commands as the keys and the menu. */
function Controls({ progress }: { readonly progress: ScenarioProgress | undefined }) {
  const held = progress?.held !== undefined;
  const running = useApp((state) => state.scenario?.state === 'running');
  return (
    <div className={css.controls} role="group" aria-label="Run">
      <CommandButton command="scenario-run" look={running && !held ? 'plain' : 'primary'} label={held ? 'Continue' : 'Run'} showKeys />
      <CommandButton command="scenario-step" showKeys label="Step" />
      <CommandButton command="scenario-pause" label="Pause" />
      <CommandButton command="scenario-stop" label="Stop" />
      <span className={css.space} />
      <BreakMenu />
    </div>
  );
}
