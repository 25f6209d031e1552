import { isOwn } from '../model/scenario-documents';
import { pageAddress } from '../model/tour';
import { askOpenPage } from '../store/questions';
import { useApp } from '../store/state';
import { wishSweep } from '../store/sweep';
import { showBottomTab } from '../store/layout-actions';
import { Button } from '../ui/button';
import { Says } from './says';
import css from './desk.module.css';

/** Where a scenario comes from and what it shows, in words. */
export function AboutTab({ id }: { readonly id: string }) {
  const entry = useApp((state) => state.gallery?.find((one) => one.id === id));
  if (entry === undefined) return <p className={css.hint}>{isOwn(id) ? 'A scenario of your own. What its title, source and notes say stands in its text.' : 'This scenario is not in the gallery.'}</p>;
  const address = pageAddress(entry.source);
  const sweepIt = (): void => {
    wishSweep({ id, target: undefined });
    showBottomTab('sweep');
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is scrolled by the keyboard too
    <div className={css.scroll} role="group" aria-label="About the scenario" tabIndex={0}>
      <Says entry={entry} />
      <div className={css.aboutButtons}>
        {address !== undefined && <Button onPress={() => void askOpenPage(`https://${address}`)}>Open the page</Button>}
        <Button offReason={entry.targets.length === 0 ? 'It makes no handle that could be closed.' : undefined} onPress={sweepIt}>Close sweep of it</Button>
      </div>
    </div>
  );
}
