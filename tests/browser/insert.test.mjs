// SPDX-License-Identifier: EUPL-1.2
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { desks, mission } from './support/desk.mjs';

const at = desks();

test('an item is inserted, what follows gives way, and undo takes it out again', () => at.with({}, async (desk) => {
  const before = await at.daemon.timeline(mission);
  await desk.day(1);
  await desk.click(desk.bar('it-16', `tracks/${mission}.C`));
  await desk.click(desk.button('Insert after …'));
  const form = desk.dialog.locator('form');
  assert.match(await form.locator('#after option:checked').innerText(), /Knowledge session/);
  await form.locator('#name').fill('Second coffee');
  await form.locator('#minutes').fill('20');
  await desk.says(desk.dialog.locator('tbody tr').first(), 'Second coffee');
  await desk.says(desk.dialog.locator('tbody tr').first(), '11:30–11:50');
  await desk.says(desk.dialog.locator('tbody'), '11:50–12:35'); // lg-14 waits for it
  const obstacle = desk.dialog.getByRole('checkbox');
  if (await obstacle.count()) await desk.click(obstacle);
  await desk.click(desk.dialog.getByRole('button', { name: 'Save' }));
  await desk.says(desk.toast, 'Saved');
  await desk.page.locator('kogge-timeline .bar[aria-label*="Second coffee 11:30–11:50"]').first().waitFor();
  const after = await at.daemon.timeline(mission);
  assert.equal(after.entries.length, before.entries.length + 1);

  await desk.click(desk.toast.getByRole('button', { name: 'Undo' }));
  await desk.says(desk.toast, 'Undone');
  const undone = await at.daemon.timeline(mission);
  assert.deepEqual(undone.entries.map(({ id, starts, ends }) => [id, starts, ends]), before.entries.map(({ id, starts, ends }) => [id, starts, ends]));
}));

test('a calendar link is made for one person and works at once', () => at.with({}, async (desk) => {
  await desk.click(desk.button('Calendar links …'));
  await desk.dialog.locator('#scope').selectOption('person');
  await desk.dialog.locator('#whose').selectOption('p-g01');
  await desk.dialog.locator('#language').selectOption('de');
  await desk.click(desk.button('Make the link'));
  const url = await desk.dialog.locator('#url').inputValue();
  assert.equal(await desk.dialog.locator('a[href^="webcal:"]').count(), 1);
  const feed = await fetch(at.daemon.url + new URL(url).pathname);
  assert.equal(feed.status, 200);
  const text = await feed.text();
  assert.match(text, /^BEGIN:VCALENDAR/);
  assert.match(text.replace(/\r\n[ \t]/g, ''), /Goldene/);
}));
