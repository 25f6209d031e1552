/**
 * Says on the page, as <body data-idle>, whether everything that is known has been drawn: no question is out and no
 * frame is due. Tests and screenshots wait for it. The live clock that runs while an operation is pending does not count.
 */
let work = 0;

export function beginWork(): () => void {
  work++;
  show();
  let ended = false;
  return () => {
    if (ended) return;
    ended = true;
    work--;
    show();
  };
}

function show(): void {
  document.body.dataset['idle'] = String(work === 0);
}
