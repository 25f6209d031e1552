// npm run package: installers and archives in out/packages. `-- --system linux|win32|all` says for which system (default:
// this one's), `--formats a,b` which of them, `--formats none` only the unpacked program;
// `--quick` hardly compresses, for tests.
import { parseArgs } from 'node:util';
import { ensureDependencies } from './setup/dependencies.mjs';
import { Advice, main, say } from './setup/terminal.mjs';

await main(async () => {
  const { values } = parseArgs({ options: { system: { type: 'string' }, formats: { type: 'string' }, quick: { type: 'boolean' } } });
  await ensureDependencies();
  // Loaded now and not before: they need the packages that the line above brings.
  const { targets } = await import('./packaging/targets.mjs');
  const { packTarget } = await import('./packaging/pack.mjs');
  const { writeRecords } = await import('./packaging/records.mjs');
  const asked = values.system ?? (process.platform in targets ? process.platform : 'linux');
  const chosen = Object.values(targets).filter(({ system }) => asked === 'all' || asked === system);
  if (chosen.length === 0) throw new Advice(`There is no package for “${asked}”: --system is ${Object.keys(targets).join(', ')} or all.`);
  const packed = [];
  for (const target of chosen) {
    const formats = values.formats === 'none' ? [] : (values.formats?.split(',') ?? target.formats);
    const unknown = formats.find((format) => !target.formats.includes(format));
    if (unknown !== undefined) throw new Advice(`There is no ${unknown} for ${target.system}: its formats are ${target.formats.join(', ')}.`);
    packed.push(await packTarget(target, formats, values.quick === true));
  }
  const records = await writeRecords(packed);
  for (const { unpacked, artifacts, notMade } of packed) {
    for (const file of [unpacked, ...artifacts]) process.stdout.write(`${file}\n`);
    for (const { format, why } of notMade) say(`· Not made here: ${format}, since ${why}`);
  }
  for (const file of records) process.stdout.write(`${file}\n`);
});
