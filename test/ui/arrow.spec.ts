import { expect, test } from './window';

test('the selected pending call points along its bar for as long as it is pending', async ({ page, inspector }) => {
  await inspector.open();
  await inspector.newClient(`${await inspector.core.silent()}/slow`, { context: 'NULL' });
  const row = inspector.row(/GET \/slow/);
  await row.dblclick();
  await inspector.settled();
  const overlay = page.getByRole('application', { name: /^Timeline/ }).locator('canvas').nth(1);
  const drawn = (): Promise<number> => overlay.evaluate((canvas: HTMLCanvasElement) => {
    const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? new Uint8ClampedArray();
    const columns = new Set<number>();
    for (let at = 3; at < data.length; at += 4) if ((data[at] ?? 0) > 128) columns.add(((at - 3) / 4) % canvas.width);
    return columns.size;
  });
  await page.mouse.move(0, 0);
  const before = await drawn();
  await inspector.events().filter({ hasText: 'HttpSendRequest' }).first().click();
  await expect.poll(drawn).toBeGreaterThan(before + 100);
});
