/**
 * The commands a person can give, in one list that the toolbar, the application menu, the keys and the help share.
 * When a command is enabled, and what it does, stands in renderer/commands; here is only what main's menu needs too.
 */
export interface CommandEntry {
  readonly id: CommandId;
  readonly title: string;
  /** Electron accelerator; the renderer matches the same text against key events. */
  readonly keys: string | undefined;
  readonly menu: 'File' | 'Edit' | 'Handle' | 'Scenario' | 'View' | 'Help';
}

export type CommandId =
  | 'new-client' | 'new-server' | 'close-handle' | 'cancel-request' | 'respond' | 'answer-rules' | 'http' | 'scenarios' | 'tour' | 'sweep'
  | 'scenario-new' | 'scenario-open' | 'scenario-run' | 'scenario-step' | 'scenario-pause' | 'scenario-stop'
  | 'record-others' | 'stop-recording-others' | 'service-state'
  | 'new-recording' | 'open-file' | 'open-recent' | 'save-file' | 'close-file' | 'stop-opening'
  | 'note' | 'bookmark' | 'notes' | 'next-note' | 'previous-note'
  | 'export' | 'compare' | 'copy-code' | 'copy-text' | 'copy-json'
  | 'toggle-tree' | 'toggle-side' | 'toggle-bottom' | 'columns' | 'reset-layout' | 'time-mode' | 'time-zero'
  | 'new-window' | 'close-window' | 'larger' | 'smaller' | 'actual-size'
  | 'pause-view' | 'live-only' | 'follow' | 'fit' | 'fit-handle' | 'zoom-in' | 'zoom-out' | 'theme' | 'focus-filter' | 'palette' | 'help' | 'settings' | 'manual' | 'check-updates' | 'about'
  | 'undo' | 'new-engine' | 'open-left' | 'stop-exchange' | 'stop-sweep' | 'close-group'
  | 'copy-raw' | 'copy-finding' | 'mute-finding' | 'show-note' | 'change-note' | 'remove-note' | 'clear-filter' | 'save-filter'
  | 'show-events' | 'show-findings' | 'show-open' | 'show-output' | 'show-muted' | 'next-stop' | 'leave-tour' | 'back-to-now' | 'zoom-to-range' | 'clear-range';

export const COMMAND_CATALOG: readonly CommandEntry[] = [
  { id: 'new-client', title: 'New client…', keys: 'CmdOrCtrl+N', menu: 'File' },
  { id: 'new-server', title: 'New server…', keys: 'CmdOrCtrl+Shift+N', menu: 'File' },
  { id: 'new-window', title: 'New window', keys: 'CmdOrCtrl+Shift+W', menu: 'File' },
  { id: 'close-window', title: 'Close window', keys: undefined, menu: 'File' },
  { id: 'new-recording', title: 'New recording', keys: undefined, menu: 'File' },
  { id: 'open-file', title: 'Open…', keys: 'CmdOrCtrl+O', menu: 'File' },
  { id: 'open-recent', title: 'Open recent…', keys: 'CmdOrCtrl+Shift+O', menu: 'File' },
  { id: 'stop-opening', title: 'Stop opening', keys: undefined, menu: 'File' },
  { id: 'record-others', title: 'Record another program…', keys: 'CmdOrCtrl+R', menu: 'File' },
  { id: 'stop-recording-others', title: 'Stop recording the other program', keys: undefined, menu: 'File' },
  { id: 'service-state', title: 'State of the HTTP service…', keys: undefined, menu: 'File' },
  { id: 'save-file', title: 'Save as…', keys: 'CmdOrCtrl+S', menu: 'File' },
  { id: 'close-file', title: 'Back to the live recording', keys: 'CmdOrCtrl+W', menu: 'File' },
  { id: 'export', title: 'Export…', keys: 'CmdOrCtrl+Shift+E', menu: 'File' },
  { id: 'compare', title: 'Compare with…', keys: 'CmdOrCtrl+Shift+D', menu: 'File' },
  { id: 'open-left', title: 'Open what a crash left', keys: undefined, menu: 'File' },
  { id: 'stop-exchange', title: 'Stop the export or comparison', keys: undefined, menu: 'File' },
  { id: 'new-engine', title: 'Start a new engine', keys: undefined, menu: 'File' },
  { id: 'settings', title: 'Settings…', keys: 'CmdOrCtrl+,', menu: 'File' },
  { id: 'undo', title: 'Undo the last Close, Cancel or removal', keys: 'CmdOrCtrl+Z', menu: 'Edit' },
  { id: 'focus-filter', title: 'Filter', keys: 'CmdOrCtrl+F', menu: 'Edit' },
  { id: 'clear-filter', title: 'Clear the filter', keys: undefined, menu: 'Edit' },
  { id: 'save-filter', title: 'Save the filter, or forget it', keys: undefined, menu: 'Edit' },
  { id: 'copy-raw', title: 'Copy raw value', keys: undefined, menu: 'Edit' },
  { id: 'copy-finding', title: 'Copy the finding as Markdown', keys: undefined, menu: 'Edit' },
  { id: 'mute-finding', title: 'Mute the finding…', keys: undefined, menu: 'Edit' },
  { id: 'copy-text', title: 'Copy the details as text', keys: undefined, menu: 'Edit' },
  { id: 'copy-json', title: 'Copy the details as JSON', keys: undefined, menu: 'Edit' },
  { id: 'copy-code', title: 'Copy as code…', keys: 'CmdOrCtrl+Shift+C', menu: 'Edit' },
  { id: 'note', title: 'Note…', keys: 'CmdOrCtrl+M', menu: 'Edit' },
  { id: 'bookmark', title: 'Bookmark this time', keys: 'CmdOrCtrl+D', menu: 'Edit' },
  { id: 'notes', title: 'Notes and bookmarks…', keys: 'CmdOrCtrl+Shift+M', menu: 'Edit' },
  { id: 'next-note', title: 'Next note or bookmark', keys: 'F2', menu: 'Edit' },
  { id: 'previous-note', title: 'Previous note or bookmark', keys: 'Shift+F2', menu: 'Edit' },
  { id: 'show-note', title: 'Go to the note or bookmark', keys: undefined, menu: 'Edit' },
  { id: 'change-note', title: 'Change the note…', keys: undefined, menu: 'Edit' },
  { id: 'remove-note', title: 'Remove the note or bookmark', keys: undefined, menu: 'Edit' },
  { id: 'close-handle', title: 'Close handle', keys: 'Delete', menu: 'Handle' },
  { id: 'cancel-request', title: 'Cancel request', keys: 'CmdOrCtrl+.', menu: 'Handle' },
  { id: 'respond', title: 'Respond…', keys: 'CmdOrCtrl+Enter', menu: 'Handle' },
  { id: 'answer-rules', title: 'Answering rules…', keys: 'CmdOrCtrl+Shift+A', menu: 'Handle' },
  { id: 'close-group', title: 'Close all opened by the same call', keys: undefined, menu: 'Handle' },
  { id: 'scenarios', title: 'Scenarios…', keys: 'CmdOrCtrl+E', menu: 'Scenario' },
  { id: 'scenario-new', title: 'New scenario', keys: undefined, menu: 'Scenario' },
  { id: 'scenario-open', title: 'Open a scenario file…', keys: undefined, menu: 'Scenario' },
  { id: 'scenario-run', title: 'Run or continue the scenario', keys: 'F5', menu: 'Scenario' },
  { id: 'scenario-step', title: 'Step the scenario', keys: 'F10', menu: 'Scenario' },
  { id: 'scenario-pause', title: 'Pause the scenario', keys: 'F6', menu: 'Scenario' },
  { id: 'scenario-stop', title: 'Stop the scenario', keys: 'Shift+F5', menu: 'Scenario' },
  { id: 'sweep', title: 'Close sweep', keys: 'CmdOrCtrl+Shift+K', menu: 'Scenario' },
  { id: 'stop-sweep', title: 'Stop the close sweep', keys: undefined, menu: 'Scenario' },
  { id: 'pause-view', title: 'Pause view', keys: 'CmdOrCtrl+P', menu: 'View' },
  { id: 'live-only', title: 'Live handles only', keys: 'CmdOrCtrl+L', menu: 'View' },
  { id: 'follow', title: 'Follow live time', keys: 'End', menu: 'View' },
  { id: 'fit', title: 'Fit all', keys: 'F', menu: 'View' },
  { id: 'fit-handle', title: 'Fit the selected handle', keys: 'Shift+F', menu: 'View' },
  { id: 'zoom-in', title: 'Zoom in', keys: '=', menu: 'View' },
  { id: 'zoom-out', title: 'Zoom out', keys: '-', menu: 'View' },
  { id: 'back-to-now', title: 'Back to now', keys: undefined, menu: 'View' },
  { id: 'zoom-to-range', title: 'Zoom to the marked time', keys: undefined, menu: 'View' },
  { id: 'clear-range', title: 'Clear the marked time', keys: undefined, menu: 'View' },
  { id: 'show-events', title: 'Show the events', keys: undefined, menu: 'View' },
  { id: 'show-findings', title: 'Show the findings', keys: undefined, menu: 'View' },
  { id: 'show-muted', title: 'Show or hide muted findings', keys: undefined, menu: 'View' },
  { id: 'show-open', title: 'Show the open handles', keys: undefined, menu: 'View' },
  { id: 'show-output', title: 'Show the output', keys: undefined, menu: 'View' },
  { id: 'time-mode', title: 'Tell the time otherwise', keys: 'T', menu: 'View' },
  { id: 'time-zero', title: 'Tell the time from the selected event', keys: 'Shift+T', menu: 'View' },
  { id: 'toggle-tree', title: 'Show or hide the handle tree', keys: 'CmdOrCtrl+B', menu: 'View' },
  { id: 'toggle-bottom', title: 'Show or hide the bottom pane', keys: 'CmdOrCtrl+J', menu: 'View' },
  { id: 'toggle-side', title: 'Show or hide the details', keys: 'CmdOrCtrl+Shift+B', menu: 'View' },
  { id: 'columns', title: 'Columns…', keys: undefined, menu: 'View' },
  { id: 'reset-layout', title: 'Reset layout', keys: undefined, menu: 'View' },
  { id: 'larger', title: 'Larger', keys: 'CmdOrCtrl+=', menu: 'View' },
  { id: 'smaller', title: 'Smaller', keys: 'CmdOrCtrl+-', menu: 'View' },
  { id: 'actual-size', title: 'Actual size', keys: 'CmdOrCtrl+0', menu: 'View' },
  { id: 'theme', title: 'Theme', keys: 'CmdOrCtrl+Shift+L', menu: 'View' },
  { id: 'http', title: 'Request and response', keys: 'CmdOrCtrl+I', menu: 'View' },
  { id: 'palette', title: 'Command palette…', keys: 'CmdOrCtrl+Shift+P', menu: 'View' },
  { id: 'manual', title: 'Manual', keys: 'F1', menu: 'Help' },
  { id: 'tour', title: 'Take the tour', keys: 'Shift+F1', menu: 'Help' },
  { id: 'next-stop', title: 'Next stop of the tour', keys: undefined, menu: 'Help' },
  { id: 'leave-tour', title: 'Leave the tour', keys: undefined, menu: 'Help' },
  { id: 'help', title: 'Keys', keys: 'Shift+/', menu: 'Help' },
  { id: 'check-updates', title: 'Check for updates…', keys: undefined, menu: 'Help' },
  { id: 'about', title: 'About Hinspector…', keys: undefined, menu: 'Help' },
];
