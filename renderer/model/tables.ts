import type { ColumnInfo, ColumnPlace } from './columns';

export type EventColumn = 'seq' | 'time' | 'delta' | 'handle' | 'kind' | 'event' | 'detail' | 'result' | 'thread';
export type FindingColumn = 'severity' | 'time' | 'handle' | 'rule' | 'finding' | 'fix';
export type TreeColumn = 'detail' | 'state' | 'signs' | 'opened' | 'lasted' | 'raw';

const EVENTS: readonly ColumnInfo<EventColumn>[] = [
  { id: 'seq', title: '#', least: 56, part: 0, number: true, later: true },
  { id: 'time', title: 'Time', least: 88, part: 0, number: true },
  { id: 'delta', title: 'Δ', least: 72, part: 0, number: true },
  { id: 'handle', title: 'Handle', least: 96, part: 1 },
  { id: 'kind', title: 'Kind', least: 96, part: 0, later: true },
  { id: 'event', title: 'Event', least: 160, part: 1.6, always: true },
  { id: 'detail', title: 'Detail', least: 120, part: 2.4 },
  { id: 'result', title: 'Result', least: 120, part: 1.4 },
  { id: 'thread', title: 'Thread', least: 64, part: 0, number: true },
];

const FINDINGS: readonly ColumnInfo<FindingColumn>[] = [
  { id: 'severity', title: 'Severity', least: 88, part: 0 },
  { id: 'time', title: 'Time', least: 88, part: 0, number: true },
  { id: 'handle', title: 'Handle', least: 96, part: 1 },
  { id: 'rule', title: 'Rule', least: 160, part: 0, later: true },
  { id: 'finding', title: 'Finding', least: 240, part: 5, always: true },
  { id: 'fix', title: 'What to do', least: 200, part: 3, later: true },
];

/** What stands behind the name of a handle; each takes the room that it needs. */
const TREE: readonly ColumnInfo<TreeColumn>[] = [
  { id: 'detail', title: 'Detail', least: 0, part: 1 },
  { id: 'state', title: 'State', least: 0, part: 0 },
  { id: 'signs', title: 'Findings and notes', least: 0, part: 0 },
  { id: 'opened', title: 'Opened', least: 0, part: 0, later: true },
  { id: 'lasted', title: 'Lasted', least: 0, part: 0, later: true },
  { id: 'raw', title: 'Raw value', least: 0, part: 0 },
];

/** The tables whose columns a person can choose. Those of the tree have no widths: a row has as much room as its name leaves. */
export const TABLES = {
  events: { title: 'Events', columns: EVENTS, widths: true },
  findings: { title: 'Findings', columns: FINDINGS, widths: true },
  tree: { title: 'Handles', columns: TREE, widths: false },
} as const;

export type TableName = keyof typeof TABLES;
export type ColumnOf<T extends TableName> = (typeof TABLES)[T]['columns'][number]['id'];
export type Places<T extends TableName> = readonly ColumnPlace<ColumnOf<T>>[];
