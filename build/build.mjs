// npm run build: brings dist/ up to date; a second call finds nothing to do.
import { buildStale, bundles, everyBundle } from './bundles/bundles.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { main, say } from './setup/terminal.mjs';

await main(async () => {
  await ensureDependencies();
  const absent = await buildStale(everyBundle, (name) => say(`· Building ${name}`));
  for (const name of absent) say(`· ${name}: not in this checkout (${bundles[name].entry} is missing)`);
});
