// SPDX-License-Identifier: EUPL-1.2
// Workflow 4: the train is half an hour late. Budget: 3 clicks, 4 keys.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { root } from './support/daemon.mjs';
import { desks, mission } from './support/desk.mjs';

const at = desks();
const golden = JSON.parse(readFileSync(join(root, 'tests/data/expected.json'), 'utf8')).delay_lg02_plus30;
const clock = (time) => time.slice(11, 16);

test('lg-02 late: three clicks, exactly the six entries, the plenary untouched', () => at.with({}, async (desk) => {
  const before = await at.daemon.timeline(mission);
  await desk.day(0);
  desk.clicks = 0;
  await desk.click(desk.bar('lg-02', `tracks/${mission}.A`));
  await desk.click(desk.button('Late …'));
  const rows = desk.dialog.locator('tbody tr');
  await rows.nth(golden.length - 1).waitFor();
  const shown = await rows.evaluateAll((each) => each.map((row) => ({ id: row.dataset.id, becomes: row.querySelector('.becomes').textContent.trim() })));
  assert.deepEqual(shown, golden.map(({ id, new_start, new_end }) => ({ id, becomes: `${new_start}–${new_end}` })));
  for (const row of await rows.locator('.why').allInnerTexts()) assert.ok(row.trim(), 'every entry says why');
  await desk.dialogSays('people are told');
  await desk.click(desk.dialog.getByRole('button', { name: 'Confirm' }));
  await desk.says(desk.toast, 'Saved');
  assert.equal(desk.clicks, 3);
  assert.ok(desk.keys <= 4, `${desk.keys} keys`);

  const after = await at.daemon.timeline(mission);
  const changed = after.entries.filter((entry) => {
    const was = before.entries.find(({ id }) => id === entry.id);
    return was.starts !== entry.starts || was.ends !== entry.ends;
  });
  assert.deepEqual(changed.map(({ id, starts, ends }) => ({ id, new_start: clock(starts), new_end: clock(ends) })).sort((a, b) => a.id.localeCompare(b.id)),
    [...golden].sort((a, b) => a.id.localeCompare(b.id)));
  const plenary = ({ entries }) => entries.find(({ id }) => id === 'it-04');
  assert.deepEqual(plenary(after), plenary(before));

  await desk.click(desk.toast.getByRole('button', { name: 'Undo' }));
  await desk.says(desk.toast, 'Undone');
  const undone = await at.daemon.timeline(mission);
  assert.deepEqual(undone.entries.map(({ id, starts, ends, status }) => [id, starts, ends, status]), before.entries.map(({ id, starts, ends, status }) => [id, starts, ends, status]));
}));

test('another delay is typed: four keys', () => at.with({}, async (desk) => {
  await desk.day(0);
  await desk.click(desk.bar('lg-02'));
  await desk.click(desk.button('Late …'));
  await desk.dialog.locator('tbody tr').first().waitFor();
  desk.keys = 0;
  await desk.type('5'); // the field is selected: this replaces the 30
  await desk.says(desk.dialog.locator('tbody tr').first(), '10:06');
  assert.equal(await desk.dialog.locator('tbody tr').count(), 1, 'nine minutes to change are enough');
  await desk.type('x');
  await desk.dialogSays('Give a number of minutes');
  assert.equal(await desk.dialog.getByRole('button', { name: 'Confirm' }).isDisabled(), true);
  await desk.press('Escape');
  await desk.dialog.waitFor({ state: 'detached' });
}));

test('lg-01 gives way to its fallback bus, and takes over again', () => at.with({}, async (desk) => {
  const status = async (id) => (await at.daemon.entry(mission, id)).status;
  await desk.day(0);
  await desk.click(desk.bar('lg-01'));
  await desk.click(desk.button('Switch to fallback …'));
  await desk.dialogSays('people are told');
  await desk.click(desk.dialog.getByRole('button', { name: 'Switch' }));
  await desk.says(desk.toast, 'Saved');
  assert.deepEqual([await status('lg-01'), await status('lg-01f')], ['cancelled', 'active']);
  await desk.click(desk.bar('lg-01f'));
  await desk.click(desk.button('Switch back …'));
  await desk.dialogSays('people are told');
  await desk.click(desk.dialog.getByRole('button', { name: 'Switch' }));
  await desk.dialog.waitFor({ state: 'detached' });
  assert.deepEqual([await status('lg-01'), await status('lg-01f')], ['planned', 'fallback']);
}));
