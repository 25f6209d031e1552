import { describe, expect, it } from 'vitest';
import { reaches } from '../../../preload/contract/finding';
import { RULES } from '../../../electron/rules/rules';
import { HTTP_SERVER_CASES } from './http-server-cases';
import { Story } from './story';
import { WININET_CASES } from './wininet-cases';

const CASES = [...WININET_CASES, ...HTTP_SERVER_CASES];

describe('every rule', () => {
  it('has a trace that breaks it and one that nearly does', () => {
    expect(CASES.map(({ rule }) => rule)).toEqual(RULES.map(({ id }) => id));
  });

  it.each(RULES)('$id says what is wrong, what to do and where to read it', ({ says, fix, page }) => {
    expect(says).toMatch(/^[A-Z].*\.$/);
    expect(fix).toMatch(/^[A-Z][^\n]*\.$/);
    expect(page).toMatch(/^https:\/\/learn\.microsoft\.com\/windows\/win32\/api\/\w+/);
  });
});

describe.each(CASES)('$rule', ({ rule, breaks, nearly }) => {
  it('finds the trace that breaks it, and names its handles and events', () => {
    const story = new Story();
    breaks(story);
    const found = story.found(rule);
    expect(found.length).toBeGreaterThan(0);
    const severity = RULES.find(({ id }) => id === rule)?.severity ?? 'note';
    expect(found.some((finding) => finding.severity === severity)).toBe(true);
    for (const finding of found) {
      expect(reaches(severity, finding.severity)).toBe(true);
      expect(finding.message).toMatch(/^[^\n]+\.$/);
      expect(finding.events.length).toBeGreaterThan(0);
      // One sentence that names the telling event, and the lane it is in.
      expect(finding.message).toMatch(new RegExp(`\\bevents? (?:\\d+, )*(?:${finding.events.join('|')})\\b`));
      if (finding.handle !== undefined) expect(finding.message).toContain(`#${finding.handle} “`);
      for (const event of finding.events) expect(story.trace.log.has(event)).toBe(true);
      for (const handle of finding.handles) expect(story.trace.tree.get(handle)).toBeDefined();
    }
  });

  it('has nothing to say of the one that nearly does', () => {
    const story = new Story();
    nearly(story);
    expect(story.found(rule)).toEqual([]);
  });
});
