import { expect, test } from './window';

test('F1 opens the manual where the reading ended; links, contents and search lead through it', async ({ page, inspector }) => {
  await inspector.open();
  await page.keyboard.press('F1');
  const manual = page.getByRole('dialog', { name: 'Manual' });
  await expect(manual.getByRole('heading', { name: 'First steps', level: 3 })).toBeVisible();
  await manual.getByRole('button', { name: 'Keys', exact: true }).last().click();
  await expect(manual.getByRole('region', { name: 'Keys' })).toBeVisible();
  await manual.getByRole('navigation', { name: 'Contents' }).getByRole('button', { name: 'Find a leak' }).click();
  await expect(manual.getByRole('region', { name: 'Find a leak' })).toContainText('12001');

  const search = manual.getByLabel('Search the manual');
  await search.fill('12017 handle_closing');
  const hits = manual.getByRole('navigation', { name: 'Found in the manual' });
  await expect(hits.getByRole('status')).toContainText(/Found in (one place|\d+ places)/);
  await hits.getByRole('button', { name: /What a close promises/ }).click();
  await expect(manual.getByRole('heading', { name: 'What a close promises' })).toBeInViewport();
  await search.fill('no such word');
  await expect(hits).toContainText('does not speak of “no such word”');

  await page.keyboard.press('Escape');
  await expect(manual).toBeHidden();
  await page.keyboard.press('F1');
  await expect(manual.getByRole('region', { name: 'What hangs when I close' })).toBeVisible();
});

test('a command in the manual leaves it and is given; one that is off says why and does nothing', async ({ page, inspector }) => {
  await inspector.open();
  await page.keyboard.press('F1');
  const manual = page.getByRole('dialog', { name: 'Manual' });
  await manual.getByRole('navigation').getByRole('button', { name: 'Clients and servers by hand' }).click();
  const respond = manual.getByRole('button', { name: 'Respond', exact: true });
  await expect(respond).toHaveAttribute('aria-description', /received server request/);
  await respond.click({ force: true });
  await manual.getByRole('button', { name: 'New server', exact: true }).click();
  await expect(manual).toBeHidden();
  await expect(inspector.dialog()).toHaveAccessibleName('New server');
  await expect(inspector.dialog().getByLabel('URL prefix')).toBeFocused();
});

test('the ? of a dialog, and F1 in it, lead to its page; what was typed is still there', async ({ page, inspector }) => {
  await inspector.open();
  await page.keyboard.press('Control+N');
  const form = page.getByRole('dialog', { name: 'New client' });
  await form.getByLabel('URL').fill('http://typed.test/');
  await form.getByRole('button', { name: 'Help for this dialog' }).click();
  const manual = page.getByRole('dialog', { name: 'Manual' });
  await expect(manual.getByRole('region', { name: 'Clients and servers by hand' })).toBeVisible();
  // It would take the place of the form and of what stands in it.
  await expect(manual.getByRole('button', { name: 'New server', exact: true })).toHaveAttribute('aria-description', /leave it first/);
  await page.keyboard.press('Escape');
  await expect(manual).toBeHidden();
  await expect(form.getByLabel('URL')).toHaveValue('http://typed.test/');
  await page.keyboard.press('F1');
  await expect(manual).toBeVisible();
});

test('F1 leads to the page of the part that has the focus', async ({ page, inspector }) => {
  await inspector.open();
  await page.keyboard.press('Control+F');
  await page.keyboard.press('F1');
  await expect(page.getByRole('dialog', { name: 'Manual' }).getByRole('region', { name: 'Filter' })).toBeVisible();
});
