import { asksEvents } from '../../preload/contract/filter/filter';
import { handleSubject } from '../../preload/contract/filter/handle-subject';
import { meets, type FilterSubject } from '../../preload/contract/filter/meets';
import { checkedFilter } from '../../preload/contract/filter/parse-filter';
import type { Finding } from '../../preload/contract/finding';
import type { HandleId } from '../../preload/contract/ids';
import type { Forest } from './forest';

/**
 * The findings that a filter lets through: by their own words and severity, by the handles that they name, and where it asks
 * for what only events have, by whether one of those handles has such an event.
 */
export function filteredFindings(findings: readonly Finding[], text: string, forest: Forest, found: ReadonlySet<HandleId> | undefined): readonly Finding[] {
  const filter = checkedFilter(text);
  if (filter.length === 0) return findings;
  const ofFindings = filter.filter((term) => !asksEvents(term) || (term.kind === 'choice' && term.key === 'severity'));
  const ofEvents = filter.length > ofFindings.length;
  return findings.filter((finding) => {
    if (ofEvents && found !== undefined && !finding.handles.some((handle) => found.has(handle))) return false;
    const own: FilterSubject = { text: `${finding.rule} ${finding.message}`.toLowerCase(), names: { severity: [finding.severity] } };
    const handles = finding.handles.map((id) => forest.get(id)).flatMap((node) => (node === undefined ? [] : [handleSubject(node, node.label)]));
    return ofFindings.every((term) => [own, ...handles].some((subject) => meets(term, subject)) !== term.negated);
  });
}
