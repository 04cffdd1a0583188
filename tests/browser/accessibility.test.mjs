// SPDX-License-Identifier: EUPL-1.2
// No violation of WCAG 2.2 A and AA that axe-core can find: light, dark, from right to left, dialogs, 320 pixels.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { desks, mission } from './support/desk.mjs';

const at = desks();

const looks = { light: {}, dark: { dark: true }, 'from right to left': { rtl: true }, '320 pixels': { width: 320, height: 640 } };
const ready = 'kogge-visits li, kogge-timeline .bar, kogge-agenda li, kogge-logistics table, kogge-languages table';

for (const [look, options] of Object.entries(looks)) {
  test(`sign-in and every page, ${look}`, () => at.with({ ...options, path: '/', signedIn: false }, async (desk) => {
    assert.deepEqual(await desk.axe(), [], 'sign-in');
    await desk.signIn();
    for (const path of ['/', `/visits/${mission}`, `/visits/${mission}/logistics`, `/visits/${mission}/languages`]) {
      await desk.page.goto(at.daemon.url + path);
      await desk.page.locator(ready).first().waitFor();
      assert.deepEqual(await desk.axe(), [], path);
    }
  }));

  test(`panels and dialogs, ${look}`, () => at.with(options, async (desk) => {
    await desk.day(1);
    const bar = desk.page.locator('[data-entry="it-15"]').first();
    await desk.click(bar);
    await desk.says(desk.panel.locator('h2'), 'Talks port and city');
    assert.deepEqual(await desk.axe(), [], 'details');
    await desk.click(desk.button('Move …'));
    await desk.page.getByRole('dialog').waitFor();
    assert.deepEqual(await desk.axe(), [], 'move');
    for (let i = 0; i < 6; ++i) await desk.click(desk.dialog.getByRole('button', { name: /5 minutes later/ }));
    await desk.click(desk.dialog.getByRole('button', { name: 'Preview' }));
    await desk.says(desk.panel.locator('.obstacle'), 'lg-15');
    assert.deepEqual(await desk.axe(), [], 'preview with an obstacle');
    await desk.click(desk.panel.getByRole('button', { name: 'Cancel' }));
    await desk.day(0);
    await desk.click(desk.page.locator('[data-entry="lg-02"]').first());
    await desk.click(desk.button('Late …'));
    await desk.dialogSays('people are told');
    assert.deepEqual(await desk.axe(), [], 'late');
    await desk.press('Escape');
    await desk.click(desk.button('Insert …'));
    await desk.dialog.locator('tbody tr').first().waitFor();
    assert.deepEqual(await desk.axe(), [], 'insert');
    await desk.press('Escape');
    await desk.click(desk.button('Calendar links …'));
    await desk.click(desk.button('Make the link'));
    await desk.dialog.locator('#url').waitFor();
    assert.deepEqual(await desk.axe(), [], 'calendar links');
    await desk.press('Escape');
    await desk.click(desk.button('Changes'));
    await desk.says(desk.panel, 'Changes');
    assert.deepEqual(await desk.axe(), [], 'changes');
    await desk.page.goto(`${at.daemon.url}/visits/${mission}/languages`);
    await desk.click(desk.button('Assign …'));
    await desk.dialog.locator('tbody tr').first().waitFor();
    assert.deepEqual(await desk.axe(), [], 'assign');
  }));
}

test('forced colours leave every bar its border', () => at.with({}, async (desk) => {
  await desk.page.emulateMedia({ forcedColors: 'active' });
  const bar = desk.bar('lg-02');
  await bar.waitFor();
  const { width, style } = await bar.evaluate((node) => ({ width: parseFloat(getComputedStyle(node).borderTopWidth), style: getComputedStyle(node).borderTopStyle }));
  assert.ok(width >= 2 && style !== 'none', `${width}px ${style}`);
  assert.deepEqual(await desk.axe(), []);
}));
