import type { Finding, RuleInfo, Severity } from '../../../preload/contract/finding';
import type { CheckedFile } from './check-file';

/** A log file of SARIF 2.1.0 (OASIS), as far as findings need it. */
export interface SarifLog {
  readonly $schema: string;
  readonly version: '2.1.0';
  readonly runs: readonly SarifRun[];
}

interface SarifRun {
  readonly tool: { readonly driver: { readonly name: string; readonly version: string; readonly rules: readonly SarifRule[] } };
  readonly results: readonly SarifResult[];
}

interface SarifRule {
  readonly id: string;
  readonly shortDescription: { readonly text: string };
  readonly help: { readonly text: string };
  readonly helpUri: string;
  readonly defaultConfiguration: { readonly level: Severity };
}

interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: Severity;
  readonly message: { readonly text: string };
  readonly locations: readonly { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region?: { readonly startLine: number } } }[];
  readonly properties: { readonly events: readonly number[]; readonly handles: readonly number[]; readonly timeMs: number; readonly provoked: boolean };
  readonly suppressions?: readonly Suppression[];
}

/** SARIF 2.1.0 section 3.35: inSource is said by the scenario, external by the person who muted it. */
interface Suppression {
  readonly kind: 'inSource' | 'external';
  readonly justification: string;
}

/** Findings as SARIF. A location is the file and the line of the telling event: a session file holds its header, then an event a line. */
export function sarifReport(files: readonly CheckedFile[], rules: readonly RuleInfo[], version: string): SarifLog {
  const index = new Map(rules.map(({ id }, place) => [id, place]));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: {
        driver: {
          name: 'Hinspector', version,
          rules: rules.map(({ id, says, fix, page, severity }) => ({
            id, shortDescription: { text: says }, help: { text: fix }, helpUri: page, defaultConfiguration: { level: severity },
          })),
        },
      },
      results: files.flatMap(({ file, findings }) => findings.map((finding): SarifResult => {
        const [first] = finding.events;
        return {
          ruleId: finding.rule, ruleIndex: index.get(finding.rule) ?? -1, level: finding.severity, message: { text: finding.message },
          locations: [{
            physicalLocation: { artifactLocation: { uri: uriOf(file) }, ...(first === undefined ? {} : { region: { startLine: first + 2 } }) },
          }],
          properties: { events: finding.events, handles: finding.handles, timeMs: finding.time, provoked: finding.provoked },
          ...suppressed(finding),
        };
      })),
    }],
  };
}

function suppressed({ provoked, muted }: Finding): { readonly suppressions?: readonly Suppression[] } {
  const suppressions: Suppression[] = [];
  if (provoked) suppressions.push({ kind: 'inSource', justification: 'The scenario step expects its call to fail.' });
  if (muted !== undefined) suppressions.push({ kind: 'external', justification: muted });
  return suppressions.length === 0 ? {} : { suppressions };
}

/** A path as a URI reference, as SARIF wants it (section 3.4.3): relative as it was given, so that it fits any checkout. */
function uriOf(file: string): string {
  const [first = '', ...rest] = file.replaceAll('\\', '/').split('/');
  const path = rest.map((segment) => `/${encodeURIComponent(segment)}`).join('');
  // A drive would be read as a scheme.
  return /^[A-Za-z]:$/.test(first) ? `file:///${first}${path}` : `${encodeURIComponent(first)}${path}`;
}
