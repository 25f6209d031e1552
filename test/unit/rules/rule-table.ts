import type { RuleInfo } from '../../../preload/contract/finding';

/** The table of rules as it stands in docs/findings.md. */
export function ruleTable(rules: readonly RuleInfo[]): string {
  const rows = rules.map(({ id, severity, says, fix, page }) => `| \`${id}\` | ${severity} | ${says} ${fix} | [${page.split('/').at(-1)?.replace(/^n[fc]-[a-z]+-/, '') ?? page}](${page}) |`);
  return ['| rule | severity | what it watches for, and what to do | page |', '|---|---|---|---|', ...rows].join('\n');
}
