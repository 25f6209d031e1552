import { useEffect, useState } from 'react';
import type { About } from '../../preload/contract/about';
import { errorMessage } from '../../preload/contract/errors';
import { copyAbout } from '../store/about';
import { askAbout } from '../store/questions';
import { showDialog } from '../store/view-actions';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Problem } from '../ui/field';
import { Licences } from './licences';
import css from './about.module.css';

/** Which Hinspector this is, what it runs on, and under which licences it and all that is in it stand. */
export default function AboutDialog() {
  const [about, setAbout] = useState<About | undefined>(undefined);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  useEffect(() => {
    let gone = false;
    void askAbout().then((answer) => {
      if (gone) return;
      if (answer.ok) setAbout(answer.value);
      else setProblem(errorMessage(answer.error));
    });
    return () => { gone = true; };
  }, []);
  const leave = (): void => showDialog(undefined);
  return (
    <Dialog
      title="About Hinspector"
      size="large"
      onClose={leave}
      footer={(
        <>
          <span className={css.first}>
            <Button look="quiet" offReason={about === undefined ? 'The versions are being read.' : undefined} onPress={() => void copyAbout({ kind: 'versions' }, 'The versions are')}>Copy versions</Button>
          </span>
          <Button focusFirst onPress={leave}>Done</Button>
        </>
      )}
    >
      {problem !== undefined && <Problem>{problem}</Problem>}
      {about !== undefined && (
        <div className={css.about}>
          <dl className={css.versions}>{versionsOf(about).map(([name, value]) => <div key={name} className={css.version}><dt>{name}</dt><dd title={value}>{value}</dd></div>)}</dl>
          <Licences about={about} />
        </div>
      )}
    </Dialog>
  );
}

/** Digits of a commit that tell it from the others. */
const COMMIT_DIGITS = 12;

function versionsOf({ version, build, engine, system, koffi, electron, chrome, node, v8 }: About): readonly (readonly [string, string])[] {
  return [
    ['Version', version],
    ['Build', build === undefined ? 'From its sources' : `${build.commit.slice(0, COMMIT_DIGITS)} of ${build.date.slice(0, 10)}, ${build.signed ? 'signed' : 'unsigned'}`],
    ['Engine', engine], ['System', system],
    ['Electron', electron], ['Chromium', chrome], ['Node', `${node}, V8 ${v8}`], ['koffi', koffi],
  ];
}
