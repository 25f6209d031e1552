import { useState } from 'react';
import { headerRows, headerText, type HeaderRow } from '../model/header-rows';
import { Button } from '../ui/button';
import { Field, Problem } from '../ui/field';
import css from './compose.module.css';

interface HeaderEditorProps {
  readonly value: string;
  readonly hint: string;
  readonly problem: string | undefined;
  readonly onChange: (text: string) => void;
}

/** Headers as text, or the same headers as a table. */
export function HeaderEditor({ value, hint, problem, onChange }: HeaderEditorProps) {
  // A row that is still empty is in the table and not in the text.
  const [rows, setRows] = useState<readonly HeaderRow[]>();
  const change = (next: readonly HeaderRow[]): void => {
    setRows(next);
    onChange(headerText(next));
  };
  const toggle = <Button look="quiet" onPress={() => setRows(rows === undefined ? [...headerRows(value), EMPTY] : undefined)}>{rows === undefined ? 'Edit as a table' : 'Edit as text'}</Button>;
  if (rows === undefined) {
    return (
      <Field label="Headers" lines={3} value={value} hint={hint} problem={problem} beside={toggle} onChange={onChange} />
    );
  }
  const put = (place: number, part: Partial<HeaderRow>): void => change(rows.map((row, at) => (at === place ? { ...row, ...part } : row)));
  return (
    <fieldset className={css.headers} aria-label="Headers">
      <div className={css.headerHead}><span className={css.legend}>Headers</span>{toggle}</div>
      <div className={css.headerRows}>
        {rows.map((row, place) => (
          // A row has no name of its own but its place.
          <div key={place} className={css.headerRow}>
            <input className={css.cell} aria-label={`Name ${place + 1}`} value={row.name} spellCheck={false} onChange={(event) => put(place, { name: event.target.value })} />
            <input className={css.cell} aria-label={`Value ${place + 1}`} value={row.value} spellCheck={false} onChange={(event) => put(place, { value: event.target.value })} />
            <Button look="quiet" name={`Remove row ${place + 1}`} onPress={() => change(rows.filter((_row, at) => at !== place))}>Remove</Button>
          </div>
        ))}
      </div>
      {problem !== undefined && <Problem>{`Headers ${problem}`}</Problem>}
      <div className={css.toggle}>
        <Button look="quiet" onPress={() => change([...rows, EMPTY])}>Add a row</Button>
      </div>
    </fieldset>
  );
}

const EMPTY: HeaderRow = { name: '', value: '' };
