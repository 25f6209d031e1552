import { useApp } from '../store/state';
import { ScenarioRun } from './scenario-run';
import { TourPane } from './tour-pane';
import css from './scenario.module.css';

/** The side pane of what runs by itself: the tour, or one scenario of the gallery. */
export function ScenarioPane() {
  const tour = useApp((state) => state.tour);
  const scenario = useApp((state) => state.scenario);
  const gallery = useApp((state) => state.gallery);
  if (tour !== undefined) return <TourPane tour={tour} />;
  if (scenario === undefined) return <p className={css.hint}>A scenario that runs shows here what each of its steps found, beside what Microsoft’s page says.</p>;
  return <ScenarioRun entry={gallery?.find((entry) => entry.id === scenario.id)} progress={scenario} />;
}
