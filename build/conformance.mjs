// npm run conformance: docs/conformance.md, from a run of every rule on the portable engine and on Wine's DLLs.
import { writeFile } from 'node:fs/promises';
import { buildStale, bundles } from './bundles/bundles.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { inProject, root } from './setup/project.mjs';
import { runNode } from './setup/run.mjs';
import { Advice, main, say, step } from './setup/terminal.mjs';
import { runUnderWine } from './setup/wine.mjs';

/**
 * @typedef {{step: string, id?: string, title: string, state: string, expected: string, why?: string}} Step
 * @typedef {{file: string, scenario: string, title: string, verdict: string, passed: boolean, endedEarly?: string, steps: readonly Step[]}} Scenario
 * @typedef {{scenarios: readonly Scenario[]}} Report
 */

const rules = 'electron/scenario/gallery/rules';
const scenarios = 'test/conformance/scenarios';

/** The rules in the order of the pages, by the beginnings of their scenarios' names. */
const titles = {
  'close-rule-1': 'InternetCloseHandle ends pending operations and discards outstanding data; TRUE, or FALSE with GetLastError',
  'close-rule-2': 'After ERROR_IO_PENDING it cancels that I/O, as long as no further call is made with the handle',
  'close-rule-3': 'It is safe inside a callback for the handle being closed',
  'close-rule-4': 'With a callback and a non-NULL context HANDLE_CLOSING is made, and is the last; with NULL there is none',
  'close-rule-5': 'With requests pending on the handle or a child it is invalidated, and closed when they have completed',
  'close-rule-6': 'GetLastError gives ERROR_IO_PENDING when requests were outstanding at the close',
  'cancel-rule-1': 'HttpCancelHttpRequest is synchronous with NULL, asynchronous with an OVERLAPPED',
  'cancel-rule-2': 'NO_ERROR on success; ERROR_CONNECTION_INVALID for a request that is unknown or finishing',
  'cancel-rule-3': 'The underlying transport connection is closed, and every other request on it is lost',
};

/** @param {string} text */
function cell(text) {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/** @param {Scenario | undefined} scenario */
function verdict(scenario) {
  if (scenario === undefined) return 'not run';
  if (!scenario.passed) return '**fails**';
  const reasons = [...new Set(scenario.steps.filter(({ state }) => state === 'known-difference').map(({ why }) => why ?? 'differs'))];
  return reasons.length === 0 ? 'as documented' : `differs: ${cell(reasons.join('; '))}`;
}

/** @param {Report} portable @param {Report} wine @param {string} folder */
function table(portable, wine, folder) {
  /** @param {Scenario} scenario */
  const name = ({ file }) => file.replaceAll('\\', '/').slice(file.replaceAll('\\', '/').indexOf(folder) + folder.length + 1);
  const onWine = new Map(wine.scenarios.map((scenario) => [name(scenario), scenario]));
  return portable.scenarios.filter(({ file }) => file.includes(folder)).map((scenario) => ({
    name: name(scenario),
    differs: verdict(onWine.get(name(scenario))) !== 'as documented',
    row: `| ${cell(scenario.title)} | ${verdict(scenario)} | ${verdict(onWine.get(name(scenario)))} |`,
  }));
}

/** @param {readonly string[]} args @returns {Promise<Report>} */
async function onPortable(args) {
  const { stdout, code, output } = await runNode([bundles.cli.output, ...args], { cwd: root });
  if (code > 1) throw new Advice(output);
  return JSON.parse(stdout);
}

/** @param {readonly string[]} args @returns {Promise<Report>} */
async function onWine(args) {
  const { stdout, stderr, code } = await runUnderWine(bundles.cli.output, args, { timeout: 600_000 });
  if (code > 1) throw new Advice(`${stdout}\n${stderr}`);
  return JSON.parse(stdout);
}

await main(async () => {
  await ensureDependencies();
  await buildStale(['cli'], (name) => say(`· Building ${name}`));
  process.chdir(root);
  const portable = await step('Running the rules on the portable engine', () => onPortable(['run', rules, '--json', '--engine', 'portable']));
  const wine = await step('Running the rules on the DLLs of Wine', () => onWine(['run', rules, '--json', '--engine', 'wine']));
  const rows = table(portable, wine, rules);
  const sections = Object.entries(titles).map(([prefix, title]) => [
    `## ${prefix.startsWith('close') ? 'Close' : 'Cancel'}, rule ${prefix.at(-1)}`, '', `${title}.`, '',
    '| scenario | portable | Wine 8.0 |', '|---|---|---|', ...rows.filter(({ name }) => name.startsWith(prefix)).map(({ row }) => row), '',
  ].join('\n'));
  const text = [
    '# Conformance', '',
    'Made by `npm run conformance`, from a run of each rule of the reference pages for InternetCloseHandle and HttpCancelHttpRequest on both engines.',
    '"As documented": every expectation of the scenario, taken from the page, was observed. "Differs": what was observed instead is recorded in the',
    `scenario (\`${rules}\`), and the tests fail when that difference disappears or changes. The scenarios of \`${scenarios}\` are held to the same rule.`, '',
    'Wine is not Windows: what differs here says how Wine departs from the page, not how Windows does.', '',
    ...sections,
  ].join('\n');
  await writeFile(inProject('docs', 'conformance.md'), `${text.trimEnd()}\n`);
  say(`docs/conformance.md: ${rows.length} scenarios, ${rows.filter(({ differs }) => differs).length} differ on Wine.`);
});
