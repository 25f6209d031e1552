import { useState } from 'react';
import { EXPORT_FORMAT_INFO, EXPORT_FORMATS, PICTURE_FORMAT_INFO, PICTURE_FORMATS, type ExportFormat, type PictureFormat } from '../../preload/contract/export';
import { exportAs } from '../store/exchange';
import { useRows } from '../store/rows';
import { useApp } from '../store/state';
import { report, showDialog } from '../store/view-actions';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { initialFocus } from '../ui/initial-focus';
import css from './exchange.module.css';
import { MOST_ROWS, pictureRequest, type PictureTime } from './timeline-picture';

type Choice = ExportFormat | PictureFormat;

const CHOICES: readonly { readonly format: Choice; readonly title: string; readonly purpose: string }[] = [
  ...EXPORT_FORMATS.map((format) => ({ format, ...EXPORT_FORMAT_INFO[format] })),
  ...PICTURE_FORMATS.map((format) => ({ format, ...PICTURE_FORMAT_INFO[format] })),
];

function pictureOf(format: Choice): PictureFormat | undefined {
  return PICTURE_FORMATS.find((one) => one === format);
}

/** What the recording can be written as, and how much of it. Where to, main asks. */
export default function ExportDialog() {
  const [chosen, setChosen] = useState<Choice>('har');
  const [time, setTime] = useState<PictureTime>('shown');
  const filter = useApp((state) => state.filter);
  const [filtered, setFiltered] = useState(filter !== '');
  const rows = useRows();
  const leave = (): void => showDialog(undefined);
  const record = EXPORT_FORMATS.find((one) => one === chosen);
  const picture = pictureOf(chosen);
  const write = async (): Promise<void> => {
    leave();
    if (record !== undefined) return exportAs({ kind: 'record', format: record, text: filtered && EXPORT_FORMAT_INFO[record].filtered ? filter : '', handle: undefined });
    if (picture === undefined) return undefined;
    const request = await pictureRequest(picture, time, rows);
    return request.ok ? exportAs(request.value) : report('error', request.error);
  };
  return (
    <Dialog
      title="Export"
      onClose={leave}
      onSubmit={() => void write()}
      footer={(
        <>
          <Button look="quiet" onPress={leave}>Dismiss</Button>
          <Button look="primary" submits onPress={() => {}}>Choose a file…</Button>
        </>
      )}
    >
      <fieldset className={css.formats}>
        <legend className={css.legend}>Write the recording as</legend>
        {CHOICES.map(({ format, title, purpose }) => (
          <label key={format} className={css.format}>
            <input type="radio" name="format" checked={format === chosen} ref={format === 'har' ? initialFocus : undefined} onChange={() => setChosen(format)} />
            <span className={css.formatTitle}>{title}</span>
            <span className={css.purpose}>{purpose}</span>
          </label>
        ))}
      </fieldset>
      <div className={css.options}>
        {record !== undefined && EXPORT_FORMAT_INFO[record].filtered && (
          <label className={css.option}>
            <input type="checkbox" checked={filtered} disabled={filter === ''} onChange={(event) => setFiltered(event.target.checked)} />
            {filter === '' ? 'All events: the list has no filter' : `Only events that the filter shows: ${filter}`}
          </label>
        )}
        {picture !== undefined && (
          <>
            <label className={css.option}><input type="radio" name="time" checked={time === 'shown'} onChange={() => setTime('shown')} />The time that the timeline shows</label>
            <label className={css.option}><input type="radio" name="time" checked={time === 'whole'} onChange={() => setTime('whole')} />The whole recording</label>
            {rows.length > MOST_ROWS && <p className={css.hint}>{`The first ${MOST_ROWS} rows of the tree are drawn. Filter it, or show live handles only, for others.`}</p>}
          </>
        )}
        {record !== undefined && !EXPORT_FORMAT_INFO[record].filtered && <p className={css.hint}>The whole recording is written.</p>}
      </div>
    </Dialog>
  );
}
