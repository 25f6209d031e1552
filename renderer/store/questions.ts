import type { About, CopyAboutRequest } from '../../preload/contract/about';
import type { AppUpdateStep } from '../../preload/contract/app-update';
import type { AnswerRulesTold } from '../../preload/contract/answer-rule';
import type { BodyFile } from '../../preload/contract/body-file';
import type { InspectorBridge } from '../../preload/contract/bridge';
import type { Command, CommandResult } from '../../preload/contract/command';
import type { CommandId } from '../../preload/contract/command-catalog';
import type { ContextMenuRequest } from '../../preload/contract/context-menu';
import type { CodeRequest, CopyRequest } from '../../preload/contract/code';
import type { InspectorError } from '../../preload/contract/errors';
import type { CompareOutcome, DiffPage, DiffPageQuery, ExportOutcome, ExportRequest, FindingName, NextDifferenceQuery } from '../../preload/contract/exchange';
import type { FindingsAnswer } from '../../preload/contract/finding';
import type { Details, DetailsTarget, EventPage, EventQuery, TimelineAnswer, TimelineQuery } from '../../preload/contract/query';
import type { HandleId } from '../../preload/contract/ids';
import type { OthersCommands, OthersPlan } from '../../preload/contract/record-others';
import type { ExchangeAnswer, ExchangeQuery } from '../../preload/contract/http-exchange';
import type { Retention } from '../../preload/contract/retention';
import { err, ok, type Result } from '../../preload/contract/result';
import type { OpenedScenario, SavedScenario, SaveScenarioRequest, ScenarioCheck, ScenarioCompletions, ScenarioHelp, ScenarioQuestion } from '../../preload/contract/scenario';
import type { SweepAnswer } from '../../preload/contract/sweep';
import type { RecentRecording } from '../../preload/contract/session';
import { inspectorBridge } from '../bridge/bridge';
import { beginWork } from './idle';

/** What views ask main. A bridge that fails becomes an error value like any other. */

type Asked<T> = Promise<Result<T, InspectorError>>;

export function askTimeline(query: TimelineQuery): Asked<TimelineAnswer> {
  return ask((bridge) => bridge.timeline(query));
}

export function askEvents(query: EventQuery): Asked<EventPage> {
  return ask((bridge) => bridge.events(query));
}

export function askDetails(target: DetailsTarget): Asked<Details> {
  return ask((bridge) => bridge.details(target));
}

export function askHttpExchange(query: ExchangeQuery): Asked<ExchangeAnswer> {
  return ask((bridge) => bridge.httpExchange(query));
}

export function askFindings(): Asked<FindingsAnswer> {
  return ask(async (bridge) => ok(await bridge.findings()));
}

export function askSweep(): Asked<SweepAnswer | undefined> {
  return ask(async (bridge) => ok(await bridge.sweep()));
}

export function askRecent(): Asked<readonly RecentRecording[]> {
  return ask(async (bridge) => ok(await bridge.recent()));
}

export function askCheckScenario(text: string): Asked<ScenarioCheck> {
  return ask((bridge) => bridge.checkScenario(text));
}

export function askCompleteScenario(question: ScenarioQuestion): Asked<ScenarioCompletions> {
  return ask((bridge) => bridge.completeScenario(question));
}

export function askExplainScenario(question: ScenarioQuestion): Asked<ScenarioHelp | undefined> {
  return ask((bridge) => bridge.explainScenario(question));
}

export function askOpenScenario(): Asked<OpenedScenario> {
  return askLong(async (bridge) => ok(await bridge.openScenario()));
}

export function askSaveScenario(request: SaveScenarioRequest): Asked<SavedScenario> {
  return askLong((bridge) => bridge.saveScenario(request));
}

export function askCopyResults(format: 'text' | 'json'): Asked<undefined> {
  return ask((bridge) => bridge.copyResults(format));
}

export function askOthersCommands(plan: OthersPlan): Asked<OthersCommands> {
  return ask((bridge) => bridge.othersCommands(plan));
}

export function askAnswerRules(queue: HandleId): Asked<AnswerRulesTold> {
  return ask((bridge) => bridge.answerRules(queue));
}

export function askBodyFile(): Asked<BodyFile | undefined> {
  return askLong((bridge) => bridge.chooseBodyFile());
}

export function askExport(request: ExportRequest): Asked<ExportOutcome> {
  return askLong((bridge) => bridge.exportAs(request));
}

export function askComparison(): Asked<CompareOutcome> {
  return askLong(async (bridge) => ok(await bridge.compare()));
}

export function stopExchange(): Asked<void> {
  return ask(async (bridge) => ok(await bridge.stopExchange()));
}

export function askCopyFinding(finding: FindingName): Asked<undefined> {
  return ask((bridge) => bridge.copyFinding(finding));
}

export function askCode(request: CodeRequest): Asked<string> {
  return ask((bridge) => bridge.code(request));
}

export function askCopy(request: CopyRequest): Asked<undefined> {
  return ask((bridge) => bridge.copy(request));
}

export function askOpenPage(address: string): Asked<undefined> {
  return ask((bridge) => bridge.openPage(address));
}

export function askAbout(): Asked<About> {
  return ask((bridge) => bridge.about());
}

export function askCopyAbout(request: CopyAboutRequest): Asked<undefined> {
  return ask((bridge) => bridge.copyAbout(request));
}

export function askAppUpdate(step: AppUpdateStep): Asked<undefined> {
  return askLong((bridge) => bridge.appUpdate(step));
}

export function askComparedRows(query: DiffPageQuery): Asked<DiffPage> {
  return ask((bridge) => bridge.comparedRows(query));
}

export function askNextDifference(query: NextDifferenceQuery): Asked<number | undefined> {
  return ask((bridge) => bridge.nextDifference(query));
}

export function askRetention(): Asked<Retention> {
  return ask(async (bridge) => ok(await bridge.retention()));
}

export function askToKeep(count: number): Asked<Retention> {
  return ask((bridge) => bridge.setRetention(count));
}

/** Lasts as long as the menu is open. */
export function askContextMenu(request: ContextMenuRequest): Asked<CommandId | undefined> {
  return askLong((bridge) => bridge.contextMenu(request));
}

/** A command may last as long as its scenario does, so the page counts as idle meanwhile. */
export function giveCommand(command: Command): Promise<CommandResult> {
  return askLong((bridge) => bridge.run(command));
}

/** A question that lasts as long as a person thinks: the page counts as idle meanwhile. */
async function askLong<T>(question: (bridge: InspectorBridge) => Asked<T>): Asked<T> {
  const bridge = inspectorBridge();
  if (bridge === undefined) return err(noBridge());
  try {
    return await question(bridge);
  } catch (error) {
    return err(bridgeFailed(error));
  }
}

async function ask<T>(question: (bridge: InspectorBridge) => Asked<T>): Asked<T> {
  const bridge = inspectorBridge();
  if (bridge === undefined) return err(noBridge());
  const done = beginWork();
  try {
    return await question(bridge);
  } catch (error) {
    return err(bridgeFailed(error));
  } finally {
    done();
  }
}

function noBridge(): InspectorError {
  return { kind: 'engine-lost', reason: 'the page runs outside Hinspector, without its bridge.' };
}

function bridgeFailed(error: unknown): InspectorError {
  return { kind: 'engine-lost', reason: `the main process did not answer (${error instanceof Error ? error.message : String(error)}).` };
}
