import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { bringUp, SCREENS } from './screens';
import { expect, test } from './window';

/** The three looks of the window, as the system asks for them. */
const LOOKS = [
  { name: 'dark', media: { colorScheme: 'dark', forcedColors: 'none' } },
  { name: 'light', media: { colorScheme: 'light', forcedColors: 'none' } },
  { name: 'high contrast', media: { colorScheme: 'dark', forcedColors: 'active' } },
] as const;

let folder = '';
test.beforeEach(async () => { folder = await mkdtemp(path.join(tmpdir(), 'haxe-')); });
test.afterEach(async () => rm(folder, { recursive: true }));

for (const screen of SCREENS) {
  test(`axe finds nothing serious in ${screen.name}, in any theme`, async ({ page, inspector }) => {
    // A colour that fades is not one that is read.
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await bringUp(screen, { inspector, page, folder });
    const found: string[] = [];
    for (const { name, media } of LOOKS) {
      await page.emulateMedia(media);
      await inspector.settled();
      // axe adds a page of its own for frames, which there are none of here.
      const axe = new AxeBuilder({ page }).setLegacyMode();
      // A theme changes colours and nothing else: all the other rules are asked once.
      const { violations } = await (name === LOOKS[0].name ? axe : axe.withRules(['color-contrast'])).analyze();
      for (const { id, impact, nodes } of violations) {
        if (impact !== 'serious' && impact !== 'critical') continue;
        for (const node of nodes) {
          // The name of a row says in words what its columns show in signs and cut short; its label stands in it as it is shown.
          if (id === 'label-content-name-mismatch' && / role="(treeitem|option)"/.test(node.html)) continue;
          found.push(`${name}: ${id}: ${node.target.join(' ')}: ${node.any[0]?.message ?? node.all[0]?.message ?? node.none[0]?.message ?? ''}`);
        }
      }
    }
    expect(found).toEqual([]);
  });
}
