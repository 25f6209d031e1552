import { useContext, useId, useLayoutEffect, useRef, type ReactNode } from 'react';
import { classNames } from './class-names';
import { DialogHelp } from './dialog-help';
import css from './dialog.module.css';

interface DialogProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly footer?: ReactNode;
  readonly size?: 'small' | 'medium' | 'wide' | 'large' | 'full';
  readonly onClose: () => void;
  /** Longer than a window and without a control to tab to: the body itself takes the focus, and its keys scroll it. */
  readonly scrolls?: boolean;
  /** Makes the dialog a form whose submission is this. */
  readonly onSubmit?: (() => void) | undefined;
}

/** A native modal dialog: the browser keeps the focus inside, Escape closes it, and the focus goes back afterwards. */
export function Dialog({ title, children, footer, size = 'medium', scrolls = false, onClose, onSubmit }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const help = useContext(DialogHelp);
  // Before it leaves the page: only an open dialog that is closed gives the focus back.
  useLayoutEffect(() => {
    const element = dialog.current;
    if (element !== null && !element.open) element.showModal();
    return () => element?.close();
  }, []);
  // A body without a control in it is scrolled by the keyboard too.
  const body = <div className={css.body} {...(scrolls ? { role: 'group', 'aria-labelledby': heading, tabIndex: 0 } : {})}>{children}</div>;
  const foot = footer !== undefined && <footer className={css.footer}>{footer}</footer>;
  return (
    <dialog
      ref={dialog}
      className={classNames(css.dialog, css[size])}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header className={css.header}>
        <h2 id={heading} className={css.title} title={title}>{title}</h2>
        <button type="button" className={css.close} aria-label="Close this dialog" onClick={onClose}>
          <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true"><path d="M2 2l8 8M10 2l-8 8" stroke="currentColor" strokeWidth="1.5" /></svg>
        </button>
        {/* After the other in the page, so that a dialog that chooses no focus of its own does not open on it. */}
        {help !== undefined && <button type="button" className={classNames(css.close, css.help)} aria-label="Help for this dialog" title={help.title} onClick={help.ask}>?</button>}
      </header>
      {onSubmit === undefined ? <>{body}{foot}</> : (
        <form
          className={css.form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            onSubmit();
          }}
        >
          {body}{foot}
        </form>
      )}
    </dialog>
  );
}
