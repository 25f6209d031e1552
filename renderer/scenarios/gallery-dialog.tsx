import { useMemo, useState } from 'react';
import type { GalleryEntry } from '../../preload/contract/update';
import { commandEnablement } from '../commands/registry';
import { search } from '../model/gallery-search';
import { isEdited, isOwn, type ScenarioDocument } from '../model/scenario-documents';
import { outcomesInWords } from '../model/scenario-outcome';
import { filterWords } from '../model/rows';
import { useGallery } from '../store/gallery';
import { newScenario, openScenarioFile, runOnDesk } from '../store/scenario-actions';
import { documentOf, showScenario, useScenarioDesk } from '../store/scenario-desk';
import { useApp } from '../store/state';
import { stopScenario } from '../store/tour-actions';
import { showDialog } from '../store/view-actions';
import { wishSweep } from '../store/sweep';
import { showBottomTab } from '../store/layout-actions';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { GalleryDetail } from './gallery-detail';
import { GalleryList, type Found } from './gallery-list';
import { ProgressBar } from '../ui/progress-bar';
import css from './gallery.module.css';

const NOTHING: readonly GalleryEntry[] = [];

/** Every scenario: what it shows, its text, what became of it, and one click that runs it. */
export default function GalleryDialog() {
  const read = useGallery();
  const gallery = read ?? NOTHING;
  const documents = useScenarioDesk((desk) => desk.documents);
  const objection = useApp((state) => {
    // What stops the tour stops every scenario.
    const allowed = commandEnablement('tour', state);
    return allowed.on ? undefined : allowed.reason;
  });
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const words = useMemo(() => filterWords(text), [text]);
  const found = useMemo(() => everything(gallery, documents, words), [gallery, documents, words]);
  const entry = found.find(({ id }) => id === chosen) ?? found[0];
  const document = entry === undefined ? undefined : documentOf(entry.id, documents, gallery);
  const told = gallery.find(({ id }) => id === entry?.id);
  const leave = (): void => showDialog(undefined);
  const nothing = entry === undefined ? 'Choose a scenario.' : undefined;
  const sweepIt = (): void => {
    wishSweep({ id: entry?.id, target: undefined });
    showBottomTab('sweep');
    leave();
  };
  const run = (held: boolean): void => { if (entry !== undefined && objection === undefined) void runOnDesk(entry.id, held); };
  return (
    <Dialog
      title="Scenarios"
      size="full"
      onClose={leave}
      onSubmit={() => run(false)}
      footer={(
        <>
          <Button look="quiet" onPress={newScenario}>New</Button>
          <Button look="quiet" onPress={() => void openScenarioFile()}>Open a file…</Button>
          <Status />
          <span className={css.space} />
          <Button look="quiet" onPress={leave}>Dismiss</Button>
          <Button offReason={told === undefined || told.targets.length === 0 ? 'It makes no handle that could be closed.' : undefined} onPress={sweepIt}>Close sweep of it</Button>
          <Button offReason={nothing} onPress={() => { if (entry !== undefined) showScenario(entry.id, 'text'); }}>Edit</Button>
          <Button offReason={objection ?? nothing} onPress={() => run(true)}>Step through it</Button>
          <Button look="primary" submits offReason={objection ?? nothing} onPress={() => {}}>Run this scenario</Button>
        </>
      )}
    >
      <div className={css.columns}>
        <div className={css.list}>
          <Field label="Find" focusFirst value={text} onChange={setText} hint={words.length === 0 ? 'In titles, sources, notes and the text itself.' : `${found.length} of ${gallery.length} speak of it.`} />
          <GalleryList found={found} words={words} chosen={entry?.id} onChoose={setChosen} objection={objection} />
          {found.length === 0 && <p className={css.none}>{read === undefined ? 'Reading the gallery…' : gallery.length === 0 ? 'The gallery is empty. Build it with npm run build.' : `No scenario speaks of “${text}”.`}</p>}
        </div>
        {entry !== undefined && document !== undefined && <GalleryDetail key={entry.id} title={entry.title} entry={told} document={document} calls={entry.calls} words={words} />}
      </div>
    </Dialog>
  );
}

function everything(gallery: readonly GalleryEntry[], documents: ReadonlyMap<string, ScenarioDocument>, words: readonly string[]): readonly Found[] {
  const own = [...documents.values()].filter(({ id }) => isOwn(id)).map((document) => ({
    id: document.id, title: /^title:\s*(.+)$/m.exec(document.text)?.[1] ?? document.name, group: 'own' as const, source: '', notes: document.name, text: document.text, edited: isEdited(document), calls: undefined,
  }));
  const entries = gallery.map(({ id, title, group, source, notes, text, calls }) => {
    const document = documents.get(id);
    return { id, title, group, source, notes, text: document?.text ?? text, edited: document !== undefined, calls: document === undefined ? calls : undefined };
  });
  return [...own, ...entries].flatMap((one) => {
    const hit = search(one, words);
    return hit === undefined ? [] : [{ id: one.id, title: one.title, group: one.group, edited: one.edited, calls: one.calls, hit }];
  });
}

/** How far a run of several is, and what the last ones came to. */
function Status() {
  const batch = useScenarioDesk((desk) => desk.batch);
  const outcomes = useScenarioDesk((desk) => desk.outcomes);
  if (batch !== undefined) {
    return (
      <span className={css.status} role="status">
        {`${batch.title}: ${batch.done} of ${batch.ids.length}`}
        <ProgressBar className={css.bar} label="Scenarios run" max={batch.ids.length} value={batch.done} />
        <Button look="quiet" onPress={() => void stopScenario()}>Stop</Button>
      </span>
    );
  }
  return <span className={css.status} role="status">{outcomes.size === 0 ? '' : outcomesInWords([...outcomes.values()])}</span>;
}
