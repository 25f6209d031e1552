import type { GalleryEntry } from '../../preload/contract/update';
import { sweepable, targetKey, targetWords, wishedTarget } from '../model/sweep';
import { formatCount } from '../model/time-scale';
import { CommandButton } from '../commands/command-button';
import { runSweep, wishSweep } from '../store/sweep';
import { useGallery } from '../store/gallery';
import { useApp } from '../store/state';
import { Button } from '../ui/button';
import { Select } from '../ui/select';
import { ProgressBar } from '../ui/progress-bar';
import css from './sweep.module.css';

const NO_GALLERY: readonly GalleryEntry[] = [];
/** How long a sweep may go on, in seconds. */
const LIMITS = [10, 60, 300, 1800];

/** What is to be swept, in a line; while it runs, how far it is. */
export function SweepForm() {
  const read = useGallery();
  const gallery = read ?? NO_GALLERY;
  const engines = useApp((state) => state.info?.sweepEngines) ?? [];
  const wish = useApp((state) => state.sweepWish);
  const status = useApp((state) => state.sweepStatus);
  const entries = sweepable(gallery);
  const entry = entries.find(({ id }) => id === wish.id) ?? entries[0];
  const target = entry === undefined ? undefined : wishedTarget(entry, wish.target);
  const chosen = wish.engines ?? engines.slice(0, 1);
  if (status?.state === 'running') return <Running done={status.done} of={status.of} />;
  const start = (): void => { if (entry !== undefined && target !== undefined) void runSweep(entry.id, target, chosen, wish.seconds); };
  return (
    <div className={css.form} role="group" aria-label="What to sweep">
      <Select wide label="Scenario" value={entry?.id ?? ''} onChange={(id) => wishSweep({ id, target: undefined })}>
        {(['tour', 'rules', 'more'] as const).map((group) => <Group key={group} group={group} entries={entries} />)}
      </Select>
      <Select label="At every moment" value={target === undefined ? '' : targetKey(target)} onChange={(key) => wishSweep({ target: key })}>
        {entry?.targets.map((one) => <option key={targetKey(one)} value={targetKey(one)}>{targetWords(one)}</option>)}
      </Select>
      {engines.length > 1 && (
        <Select label="On" value={chosen.join(',')} onChange={(names) => wishSweep({ engines: names.split(',') })}>
          {engines.map((name) => <option key={name} value={name}>{name}</option>)}
          <option value={engines.join(',')}>{engines.join(' and ')}</option>
        </Select>
      )}
      <Select label="For at most" value={String(wish.seconds)} onChange={(seconds) => wishSweep({ seconds: Number(seconds) })}>
        {LIMITS.map((seconds) => <option key={seconds} value={seconds}>{seconds < 120 ? `${seconds} s` : `${seconds / 60} min`}</option>)}
      </Select>
      <Button look="primary" offReason={read === undefined ? 'The gallery is being read.' : entry === undefined ? 'The gallery is empty. Build it with npm run build.' : undefined} onPress={start}>Run the sweep</Button>
    </div>
  );
}

const TITLES: Readonly<Record<GalleryEntry['group'], string>> = { tour: 'The tour', rules: 'The rules, one by one', more: 'More' };

function Group({ group, entries }: { readonly group: GalleryEntry['group']; readonly entries: readonly GalleryEntry[] }) {
  const members = entries.filter((entry) => entry.group === group);
  if (members.length === 0) return undefined;
  return <optgroup label={TITLES[group]}>{members.map(({ id, title }) => <option key={id} value={id}>{title}</option>)}</optgroup>;
}

function Running({ done, of }: { readonly done: number; readonly of: number }) {
  return (
    <div className={css.form}>
      <ProgressBar className={css.progress} label="Moments that were run" value={done} max={Math.max(1, of)} />
      <span className={css.count}>{of === 0 ? 'Learning the moments' : `${formatCount(done)} of ${formatCount(of)}`}</span>
      <CommandButton command="stop-sweep" label="Stop the sweep" />
    </div>
  );
}
