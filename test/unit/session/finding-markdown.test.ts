import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../preload/contract/finding';
import { seq } from '../../../preload/contract/ids';
import { Referee } from '../../../electron/rules/referee';
import { RULES } from '../../../electron/rules/rules';
import { findingMarkdown } from '../../../electron/session/check/finding-markdown';
import { Trace } from '../../../electron/trace/trace';
import { Story } from '../rules/story';

const FROM = { application: '0.1.0', origin: 'broken.hinspect' };

function broken(): { readonly trace: Trace; readonly finding: Finding } {
  const story = new Story();
  const referee = new Referee(story.trace);
  const session = story.opens('session');
  story.closes(session);
  story.fails('InternetQueryOption', session, 6);
  const finding = referee.all(true).find(({ rule }) => rule === 'no-use-after-close');
  if (finding === undefined) throw new Error('the story breaks that rule');
  return { trace: story.trace, finding };
}

function reportOf(trace: Trace, finding: Finding): string {
  return findingMarkdown(trace, finding, RULES.find(({ id }) => id === finding.rule), FROM);
}

describe('a finding as Markdown', () => {
  it('says what is wrong, what to do and where the page is', () => {
    const { trace, finding } = broken();
    const report = reportOf(trace, finding);
    expect(report).toMatch(/^## error: no-use-after-close\n/);
    expect(report).toContain(`<${finding.page}>`);
    expect(report).toContain('**What to do:**');
    expect(report).toContain('Hinspector 0.1.0 · `broken.hinspect`');
  });

  it('shows the sequence in order, with an arrow at what proves it', () => {
    const { trace, finding } = broken();
    const rows = reportOf(trace, finding).split('\n').filter((line) => /^\| (\*\*→\*\*)? ?\| \d+ \|/.test(line));
    const places = rows.map((row) => Number(/\| (\d+) \|/.exec(row)?.[1]));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(rows.filter((row) => row.includes('→')).map((row) => Number(/\| (\d+) \|/.exec(row)?.[1]))).toEqual([...finding.events].sort((a, b) => a - b));
    expect(rows.length).toBeGreaterThan(finding.events.length);
  });

  it('shows how the handle ended beside what is documented', () => {
    const { trace, finding } = broken();
    expect(reportOf(trace, finding)).toMatch(/### How handle 1 ended[^]*`InternetCloseHandle on thread/);
  });

  it.each([['a|b', '`a\\|b`'], ['`x`', '`` `x` ``'], ['@someone fixes #12 <b>', '`@someone fixes #12 <b>`'], ['two\r\nlines', '`two lines`']])('keeps %j from being markup', (text, written) => {
    const trace = new Trace();
    trace.append({ kind: 'note', level: 'info', text, handle: undefined, thread: 1 });
    const finding: Finding = { rule: 'r', severity: 'note', message: 'm', fix: 'f', page: 'https://x.test', handle: undefined, handles: [], events: [seq(0)], time: 0, provoked: false, standing: false, muted: undefined };
    expect(reportOf(trace, finding)).toContain(`| ${written} |`);
  });

  it('stays short for a finding that names thousands of events', () => {
    const trace = new Trace();
    for (let index = 0; index < 5000; index += 1) trace.append({ kind: 'note', level: 'info', text: 'x', handle: undefined, thread: 1 });
    const events = [...Array(5000).keys()].map((index) => seq(index));
    const finding: Finding = { rule: 'r', severity: 'note', message: 'm', fix: 'f', page: 'https://x.test', handle: undefined, handles: [], events, time: 0, provoked: false, standing: false, muted: undefined };
    expect(reportOf(trace, finding).split('\n').length).toBeLessThan(90);
  });
});
