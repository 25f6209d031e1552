import { lazy, Suspense, useEffect, useMemo } from 'react';
import { inspectorBridge } from './bridge/bridge';
import { ConfirmDialog } from './commands/confirm-dialog';
import { giveNamedCommand, withCommandKeys } from './commands/registry';
import { useCommandKeys } from './commands/use-command-keys';
import { ComposeDialog } from './compose/compose-dialogs';
import { assertUnreachable } from '../preload/contract/result';
import { OthersDialog } from './compose/others-dialogs';
import { Banners } from './banners';
import { BottomPane } from './bottom-pane';
import { HeldBackList } from './held-back';
import { SidePane } from './side-pane';
import { StatusBar } from './status-bar';
import { connect } from './store/connect';
import { keepHeldBack } from './store/destructive';
import { keepFilterFound } from './store/filter';
import { keepFindings } from './store/findings';
import { keepScenarios } from './store/scenario-desk';
import { keepSweep } from './store/sweep';
import { giveSessionCommand } from './store/session-actions';
import { useApp } from './store/state';
import { shareSettings } from './store/view-actions';
import { readGallery } from './store/gallery';
import { startTour } from './store/tour-actions';
import { Button } from './ui/button';
import { DialogHelp } from './ui/dialog-help';
import { VisuallyHidden } from './ui/visually-hidden';
import { Toolbar } from './toolbar';
import { Welcome } from './welcome';
import { Workbench } from './workbench';
import css from './app.module.css';

/** Not needed at the start, and so not loaded with it. */
const GalleryDialog = lazy(() => import('./scenarios/gallery-dialog'));
const PaletteDialog = lazy(() => import('./commands/palette-dialog'));
const HelpDialog = lazy(() => import('./commands/help-dialog'));
const AboutDialog = lazy(() => import('./about/about-dialog'));
const UpdateDialog = lazy(() => import('./about/update-dialog'));
const NoteDialog = lazy(() => import('./sessions/note-dialog'));
const NotesDialog = lazy(() => import('./sessions/notes-dialog'));
const RecentDialog = lazy(() => import('./sessions/recent-dialog'));
const ColumnsDialog = lazy(() => import('./settings/columns-dialog'));
const SettingsDialog = lazy(() => import('./settings/settings-dialog'));
const ExportDialog = lazy(() => import('./exchange/export-dialog'));
const CompareDialog = lazy(() => import('./exchange/compare-dialog'));
const ManualDialog = lazy(() => import('./manual/manual-dialog'));

/** Who gives one of these by its keys types on at once: what is typed must find its field there. */
function loadWhatTakesTyping(): void {
  void import('./commands/palette-dialog');
  void import('./compose/client-dialog');
  void import('./compose/server-dialog');
  void import('./sessions/note-dialog');
  void import('./scenarios/gallery-dialog');
}

export function App() {
  const phase = useApp((state) => state.phase);
  const announcement = useApp((state) => state.announcement);
  useEffect(() => keepFindings(), []);
  useEffect(() => keepSweep(), []);
  useEffect(() => keepScenarios(), []);
  useEffect(() => keepFilterFound(), []);
  useEffect(() => connect(), []);
  useEffect(() => shareSettings(), []);
  useEffect(() => keepHeldBack(), []);
  useEffect(() => inspectorBridge()?.onMenuCommand(giveNamedCommand), []);
  useEffect(() => inspectorBridge()?.onFileDrop((path) => void giveSessionCommand({ kind: 'open-file', path })), []);
  useTourAtStart();
  useAccent();
  useCommandKeys();
  const helpTitle = useApp((state) => withCommandKeys('Help', 'manual', state));
  const help = useMemo(() => ({ title: helpTitle, ask: () => giveNamedCommand('manual') }), [helpTitle]);
  return (
    <>
      {phase.kind === 'failed' ? <Failed reason={phase.reason} /> : phase.kind === 'loading' ? <Loading /> : <Ready />}
      <DialogHelp value={help}><Dialogs /></DialogHelp>
      <Manual />
      <VisuallyHidden><p role="status">{announcement}</p></VisuallyHidden>
    </>
  );
}

/** How long after the window can be used the gallery is read ahead, in milliseconds. */
const GALLERY_AFTER_MS = 1000;

function Ready() {
  // Read ahead once the window can be used, so that it is there when it is asked for.
  useEffect(() => {
    const due = requestIdleCallback(loadWhatTakesTyping);
    // Main reads a hundred files for it, one between others: not while the window comes up.
    const later = setTimeout(() => void readGallery(), GALLERY_AFTER_MS);
    return () => {
      cancelIdleCallback(due);
      clearTimeout(later);
    };
  }, []);
  const anything = useApp((state) => state.revision >= 0 && state.forest.size > 0);
  // A scenario without handles yet is still a reason to show the panes.
  // What the panes know belongs to one recording: another one gets panes of its own.
  const epoch = useApp((state) => state.shown.epoch);
  const runs = useApp((state) => state.tour !== undefined || state.bottomTab === 'sweep' || state.sweepStatus !== undefined || state.scenario !== undefined || state.sideTab === 'scenario' || state.recorder.events > 0);
  return (
    <div className={css.app}>
      <Toolbar />
      <Banners />
      <main key={epoch} className={css.main}>
        {anything || runs ? <><div className={css.upper}><Workbench /><SidePane /></div><BottomPane /></> : <Welcome />}
      </main>
      <StatusBar />
      <HeldBackList />
    </div>
  );
}

function Loading() {
  return (
    <main className={css.alone} aria-busy="true">
      <p role="status" className={css.loading}>Reaching the inspector…</p>
    </main>
  );
}

function Failed({ reason }: { readonly reason: string }) {
  return (
    <main className={css.alone}>
      <div role="alert" className={css.failed}>
        <h1 className={css.failedTitle}>The inspector cannot be reached</h1>
        <p className={css.reason}>{reason}</p>
        <p className={css.after}>Handles that are open stay open in the main process, and what it recorded is kept.</p>
      </div>
      <Button look="primary" onPress={() => location.reload()}>Try again</Button>
    </main>
  );
}

/** Over the other dialogs: what was typed into one is still there when its help has been read. */
function Manual() {
  const open = useApp((state) => state.manual !== undefined);
  return open ? <Suspense><ManualDialog /></Suspense> : undefined;
}

function Dialogs() {
  const dialog = useApp((state) => state.dialog);
  if (dialog === undefined) return undefined;
  switch (dialog.kind) {
    case 'new-client': case 'new-server': case 'respond': case 'answer-rules': case 'code': return <ComposeDialog asked={dialog} />;
    case 'confirm': return <ConfirmDialog key={JSON.stringify(dialog.work)} work={dialog.work} back={dialog.back} />;
    case 'gallery': return <Suspense><GalleryDialog /></Suspense>;
    case 'recent': return <Suspense><RecentDialog /></Suspense>;
    case 'note': return <Suspense><NoteDialog key={dialog.note.id} draft={dialog.note} /></Suspense>;
    case 'notes': return <Suspense><NotesDialog /></Suspense>;
    case 'record-others': case 'service-state': return <OthersDialog kind={dialog.kind} />;
    case 'export': return <Suspense><ExportDialog /></Suspense>;
    case 'comparison': return <Suspense><CompareDialog comparison={dialog.comparison} /></Suspense>;
    case 'help': return <Suspense><HelpDialog /></Suspense>;
    case 'about': return <Suspense><AboutDialog /></Suspense>;
    case 'updates': return <Suspense><UpdateDialog /></Suspense>;
    case 'settings': return <Suspense><SettingsDialog /></Suspense>;
    case 'columns': return <Suspense><ColumnsDialog table={dialog.table} /></Suspense>;
    case 'palette': return <Suspense><PaletteDialog /></Suspense>;
    default: return assertUnreachable(dialog);
  }
}

/** A start without anybody at the keys shows the tour by itself. */
function useTourAtStart(): void {
  const wanted = useApp((state) => state.info?.tour === true && state.revision >= 0);
  useEffect(() => { if (wanted) void startTour(true); }, [wanted]);
}

/** Only Windows has an accent to take up. */
function useAccent(): void {
  const any = useApp((state) => state.accent !== undefined);
  useEffect(() => {
    if (!any) return undefined;
    const over = new AbortController();
    void import('./store/accent').then(({ keepAccent }) => { if (!over.signal.aborted) over.signal.addEventListener('abort', keepAccent()); });
    return () => over.abort();
  }, [any]);
}
