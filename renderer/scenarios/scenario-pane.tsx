import { CommandButton } from '../commands/command-button';
import { useScenarioDesk } from '../store/scenario-desk';
import { useApp } from '../store/state';
import { DeskPane } from './desk-pane';
import { TourPane } from './tour-pane';
import css from './scenario.module.css';

/** The side pane of what runs by itself: the tour, or one scenario with its text and its results. */
export function ScenarioPane() {
  const tour = useApp((state) => state.tour);
  const shown = useScenarioDesk((desk) => desk.shown);
  const running = useApp((state) => state.scenario?.id);
  const id = shown ?? running;
  if (tour !== undefined) return <TourPane tour={tour} />;
  if (id !== undefined) return <DeskPane key={id} id={id} />;
  return (
    <div className={css.hint}>
      <p>A scenario makes calls by itself and holds what comes of them to what Microsoft’s page says. Here stand its text and its results; it can be run, stepped, and held inside a callback.</p>
      <div className={css.hintButtons}>
        <CommandButton command="scenarios" label="Choose a scenario…" look="primary" />
        <CommandButton command="scenario-new" />
        <CommandButton command="scenario-open" label="Open a file…" />
      </div>
    </div>
  );
}
