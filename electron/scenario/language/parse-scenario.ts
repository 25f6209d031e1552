import { err, ok, type Result } from '../../../preload/contract/result';
import { expectList, expectMap, MapReader, scalarText } from './map-reader';
import { nodeName, type Node } from './node';
import { parseFtp, parseServer } from './parse-peers';
import { parseCallExpectation, parseExpectBody } from './parse-expectation';
import { parseMatcher } from './parse-matcher';
import { parseSteps } from './parse-steps';
import { isName } from './parse-text';
import { Problems, type Problem } from './problem';
import { readDocument } from './read-document';
import { ENGINE_NAMES, type Difference, type ObservedDifference, type Scenario } from './scenario';
import type { Step } from './step';
import { suggestion } from './nearest';

/** Reads a scenario from YAML 1.2 or JSON. Names of functions, constants and bindings are checked by check-names. */
export function parseScenario(text: string): Result<Scenario, readonly Problem[]> {
  const problems = new Problems();
  const node = readDocument(text, problems);
  const scenario = node === undefined ? undefined : parseFile(node, problems);
  return scenario === undefined || problems.count > 0 ? err(problems.list()) : ok(scenario);
}

function parseFile(node: Node, problems: Problems): Scenario | undefined {
  if (node.kind !== 'map') {
    problems.add(node.at, `A scenario is a map with \`scenario\` and \`steps\`; this file holds ${nodeName(node)}.`);
    return undefined;
  }
  const reader = new MapReader(node, 'A scenario', problems);
  reader.required('scenario');
  const name = reader.text('scenario');
  const title = reader.text('title');
  const source = proseOf(reader, 'source');
  const notes = proseOf(reader, 'notes');
  const ports = expectList(reader.take('ports'), '`ports`', problems)?.flatMap((item) => {
    if (item.kind === 'text' && isName(item.text)) return [item.text];
    problems.add(item.at, `\`ports\` is a list of names, not of ${nodeName(item)}.`);
    return [];
  }) ?? [];
  const serverNode = reader.take('server');
  const server = serverNode === undefined ? undefined : parseServer(serverNode, problems);
  const ftpNode = reader.take('ftp');
  const ftp = ftpNode === undefined ? undefined : parseFtp(ftpNode, problems);
  const fresh = reader.boolean('fresh') ?? false;
  const leave = reader.boolean('leave') ?? false;
  const stepsNode = reader.required('steps');
  const steps = stepsNode === undefined ? [] : parseSteps(stepsNode, '', problems);
  const differences = parseDifferences(reader.take('differs'), steps, problems);
  reader.finish();
  if (name === undefined) return undefined;
  return { name, title: title ?? name, source, notes, ports, server, ftp, fresh, leave, steps, differences };
}

/** Words for people, which may come as a list of lines. */
function proseOf(reader: MapReader, key: string): string | undefined {
  const node = reader.take(key);
  const lines = (node?.kind === 'list' ? node.items : node === undefined ? [] : [node]).map((line) => scalarText(line));
  if (node !== undefined && lines.some((line) => line === undefined)) reader.wrong(node, `\`${key}\` must be a text or a list of texts`);
  return node === undefined ? undefined : lines.join('\n');
}

/** `differs: {wine: {ID: {observed: expectation, why: text}}}` */
function parseDifferences(node: Node | undefined, steps: readonly Step[], problems: Problems): readonly Difference[] {
  const all = everyStep(steps);
  const engines = expectMap(node, '`differs`', problems)?.entries ?? [];
  return engines.flatMap((engineEntry) => {
    const engine = ENGINE_NAMES.find((word) => word === engineEntry.key);
    if (engine === undefined) {
      problems.add(
        engineEntry.keyAt,
        `No engine is named "${engineEntry.key}".${suggestion(engineEntry.key, ENGINE_NAMES)} The engines: ${ENGINE_NAMES.join(', ')}.`,
      );
      return [];
    }
    return (expectMap(engineEntry.value, `What differs on ${engine}`, problems)?.entries ?? []).flatMap((entry): Difference[] => {
      const step = all.find((candidate) => candidate.id === entry.key);
      const map = expectMap(entry.value, 'A difference', problems);
      if (step === undefined) {
        const ids = all.flatMap((candidate) => candidate.id ?? []);
        problems.add(entry.keyAt, `No step has the id "${entry.key}".${suggestion(entry.key, ids)}`);
        return [];
      }
      if (map === undefined) return [];
      const reader = new MapReader(map, 'A difference', problems);
      const observedNode = reader.required('observed');
      const why = reader.text('why');
      reader.finish();
      const observed = observedNode === undefined ? undefined : parseObserved(observedNode, step, problems);
      return observed === undefined ? [] : [{ engine, step: entry.key, why, observed, at: entry.keyAt }];
    });
  });
}

/** An expectation of the same kind as the step's own. */
function parseObserved(node: Node, step: Step, problems: Problems): ObservedDifference | undefined {
  if (node.kind === 'text' && (node.text === 'varies' || node.text === 'unavailable')) return { kind: node.text };
  switch (step.verb) {
    case 'call': {
      const expectation = parseCallExpectation(node, problems);
      return expectation && { kind: 'expectation', expectation: { kind: 'call', expectation } };
    }
    case 'expect': {
      const expectation = parseExpectBody(node, problems);
      return expectation && { kind: 'expectation', expectation: { kind: 'body', expectation } };
    }
    case 'wait':
    case 'readAll':
    case 'client':
    case 'server':
    case 'ftp':
      return { kind: 'expectation', expectation: { kind: 'matcher', matcher: parseMatcher(node, problems) } };
    case 'on':
    case 'mark':
    case 'expectTrace':
      problems.add(node.at, `A ${step.verb} step has no expectation that could be observed otherwise; say varies or unavailable.`);
      return undefined;
  }
}

/** The steps of a file with those inside `do`. */
export function everyStep(steps: readonly Step[]): readonly Step[] {
  return steps.flatMap((step) => (step.verb === 'on' ? [step, ...everyStep(step.do)] : [step]));
}
