import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elevating, encoded, quoted } from '../../../electron/shell/record-others/powershell';
import { recordingScript, serviceStateScript, talkFiles } from '../../../electron/shell/record-others/elevated-scripts';
import { commandLine, commandsToType, convertCommand, startCommands } from '../../../electron/shell/record-others/windows-commands';

const PLAN = { scope: 'both', seconds: 60, megabytes: 512 } as const;

/** What PowerShell makes of a text in single quotes: any kind of single quote doubled is that quote once. */
function unquoted(text: string): string | undefined {
  const inner = /^'((?:[^'\u2018\u2019\u201A\u201B]|(['\u2018\u2019\u201A\u201B])\2)*)'$/.exec(text)?.[1];
  return inner?.replaceAll(/(['\u2018\u2019\u201A\u201B])\1/g, '$1');
}

describe('the commands of a recording', () => {
  it('are those of the pages of logman and tracerpt, one a provider', () => {
    expect(commandsToType(PLAN, false)).toEqual({
      here: false,
      before: [
        'logman create trace hinspector -ow -o "%TEMP%\\hinspector.etl" -p Microsoft-Windows-WinINet 0xffffffffffffffff 0xff -nb 16 256 -bs 1024 -mode Circular -f bincirc -max 512 -ets',
        'logman update trace hinspector -p Microsoft-Windows-HttpService 0xffffffffffffffff 0xff -ets',
      ],
      after: ['logman stop hinspector -ets', 'tracerpt "%TEMP%\\hinspector.etl" -o "%TEMP%\\hinspector.xml" -of XML -y'],
      serviceState: 'netsh http show servicestate view=session verbose=yes > "%TEMP%\\servicestate.txt"',
    });
  });

  it('name only the providers that were asked for', () => {
    const providers = (scope: 'clients' | 'servers'): readonly string[] => startCommands('s', 'f', { scope, megabytes: 1 }).flatMap(({ args }) => args.filter((arg) => arg.startsWith('Microsoft')));
    expect([providers('clients'), providers('servers')]).toEqual([['Microsoft-Windows-WinINet'], ['Microsoft-Windows-HttpService']]);
  });

  it('keep a path with blanks in one piece', () => {
    expect(commandLine(convertCommand('C:\\Users\\Jane Doe\\a.etl', 'C:\\b.xml'))).toBe('tracerpt "C:\\Users\\Jane Doe\\a.etl" -o C:\\b.xml -of XML -y');
  });
});

describe('what is given to PowerShell', () => {
  it('comes out of its quotes as it went in, whatever it is', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', '\'', '\u2018', '\u2019', '\u201A', '\u201B', '"', '$', '`', ';', '\n', '(') }), (text) => { expect(unquoted(quoted(text))).toBe(text); }));
    expect(quoted("O'Brien’s $(x)")).toBe("'O''Brien’’s $(x)'");
  });

  it('is encoded so that nothing on the way can misread it', () => {
    const outer = elevating('Step "ä"');
    const inner = /'-EncodedCommand', '([A-Za-z0-9+/=]+)'/.exec(outer)?.[1] ?? '';
    expect(Buffer.from(inner, 'base64').toString('utf16le')).toBe('Step "ä"');
    expect(outer).toContain('-Verb RunAs');
    expect(encoded('a')).toBe('YQA=');
  });

  it('runs programs by their full path, and every path stands in quotes', () => {
    const script = recordingScript('hinspector-1', talkFiles("C:\\Users\\O'Brien\\T", 'recording'), PLAN);
    expect(script).toContain("& \"$system\\logman.exe\" 'create' 'trace' 'hinspector-1' '-ow' '-o' 'C:\\Users\\O''Brien\\T\\recording.etl'");
    expect(script).toContain("& \"$system\\tracerpt.exe\" 'C:\\Users\\O''Brien\\T\\recording.etl' '-o' 'C:\\Users\\O''Brien\\T\\recording.xml' '-of' 'XML' '-y'");
    expect(serviceStateScript(talkFiles('C:\\T', 'service-state'))).toContain("& \"$system\\netsh.exe\" 'http' 'show' 'servicestate' 'view=session' 'verbose=yes' | Out-File -Encoding utf8 -LiteralPath 'C:\\T\\servicestate.txt'");
  });

  it('stops the recording in every case, after the time that was set at the latest', () => {
    const script = recordingScript('s', talkFiles('C:\\T', 'recording'), { ...PLAN, seconds: 30 });
    expect(script).toMatch(/AddSeconds\(30\)[^]*Test-Path -LiteralPath 'C:\\T\\stop'[^]*finally \{[^}]*'stop' 's' '-ets'/);
  });

  it('fits on a command line of Windows', () => {
    const script = recordingScript('hinspector-12345678', talkFiles(`C:\\Users\\${'n'.repeat(100)}\\AppData\\Local\\Temp\\hinspector-abcdef`, 'recording'), PLAN);
    expect(encoded(elevating(script)).length).toBeLessThan(32_000);
  });
});
