import type { Mute } from '../../preload/contract/annotation';
import type { Finding } from '../../preload/contract/finding';

/** The mute that a finding falls under: one of its own handle goes before one of the whole rule. */
export function muteOf({ rule, handles }: Pick<Finding, 'rule' | 'handles'>, mutes: readonly Mute[]): Mute | undefined {
  const ofRule = mutes.filter((mute) => mute.rule === rule);
  return ofRule.find(({ handle }) => handle !== undefined && handles.includes(handle)) ?? ofRule.find(({ handle }) => handle === undefined);
}

/** The findings with the reason of the mute that each falls under. */
export function withMutes(findings: readonly Finding[], mutes: readonly Mute[]): readonly Finding[] {
  if (mutes.length === 0) return findings;
  return findings.map((finding) => {
    const mute = muteOf(finding, mutes);
    return mute === undefined ? finding : { ...finding, muted: mute.reason };
  });
}
