import type { OthersCommands, OthersPlan, OthersScope } from '../../../preload/contract/record-others';

/** A program of System32 with its arguments, none of them quoted yet. */
export interface WindowsCommand {
  readonly program: 'logman.exe' | 'tracerpt.exe' | 'netsh.exe';
  readonly args: readonly string[];
}

const PROVIDERS: Readonly<Record<OthersScope, readonly string[]>> = {
  clients: ['Microsoft-Windows-WinINet'],
  servers: ['Microsoft-Windows-HttpService'],
  both: ['Microsoft-Windows-WinINet', 'Microsoft-Windows-HttpService'],
};

/** Every keyword, every level: the events that tell of handles are of level 4 and 5. */
const EVERYTHING = ['0xffffffffffffffff', '0xff'] as const;

/** The commands that begin a recording, one a provider (logman's page: `create trace`, `update trace`, `-ets`). */
export function startCommands(session: string, trace: string, { scope, megabytes }: Pick<OthersPlan, 'scope' | 'megabytes'>): readonly WindowsCommand[] {
  return PROVIDERS[scope].map((provider, place) => ({
    program: 'logman.exe',
    args: place === 0
      ? ['create', 'trace', session, '-ow', '-o', trace, '-p', provider, ...EVERYTHING, '-nb', '16', '256', '-bs', '1024', '-mode', 'Circular', '-f', 'bincirc', '-max', String(megabytes), '-ets']
      : ['update', 'trace', session, '-p', provider, ...EVERYTHING, '-ets'],
  }));
}

export function stopCommand(session: string): WindowsCommand {
  return { program: 'logman.exe', args: ['stop', session, '-ets'] };
}

/** XML names the fields of each event; CSV leaves that to its reader. */
export function convertCommand(trace: string, xml: string): WindowsCommand {
  return { program: 'tracerpt.exe', args: [trace, '-o', xml, '-of', 'XML', '-y'] };
}

export const SERVICE_STATE: WindowsCommand = { program: 'netsh.exe', args: ['http', 'show', 'servicestate', 'view=session', 'verbose=yes'] };

const FOLDER = '%TEMP%';

/** What a person types in an elevated command prompt to do the same. */
export function commandsToType(plan: OthersPlan, here: boolean): OthersCommands {
  const trace = `${FOLDER}\\hinspector.etl`;
  return {
    here,
    before: startCommands('hinspector', trace, plan).map(commandLine),
    after: [stopCommand('hinspector'), convertCommand(trace, `${FOLDER}\\hinspector.xml`)].map(commandLine),
    serviceState: `${commandLine(SERVICE_STATE)} > "${FOLDER}\\servicestate.txt"`,
  };
}

/** A command as cmd.exe takes it. Of what is built here only paths need quotes, and no path has a quote in it. */
export function commandLine({ program, args }: WindowsCommand): string {
  return [program.replace(/\.exe$/, ''), ...args.map((arg) => (/[\s&|<>^%()]/.test(arg) ? `"${arg}"` : arg))].join(' ');
}
