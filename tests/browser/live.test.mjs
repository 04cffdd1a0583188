// SPDX-License-Identifier: EUPL-1.2
// Two people at two desks, a network that goes away, and a change that came too late.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { desks, mission, patience } from './support/desk.mjs';

const at = desks();
const trackA = `tracks/${mission}.A`;
const starts = (desk, id) => desk.bar(id, trackA).getAttribute('aria-label');

async function moveByApi(id, from, to, reason) {
  const { rev } = await at.daemon.entry(mission, id);
  return at.daemon.post('/api/v1/changes', { reason, confirm: ['*'], changes: [{ op: 'update', entity: 'programme_item', id, rev,
    fields: { starts: `2027-04-22T${from}:00+02:00[Europe/Berlin]`, ends: `2027-04-22T${to}:00+02:00[Europe/Berlin]` } }] });
}

test('what one saves, the other sees at once, and who it was', () => at.with({ user: 'jurriaan', language: 'nl' }, async (other) => {
  await at.with({}, async (desk) => {
    await other.day(1);
    await desk.day(1);
    await other.says(other.page.locator('.live'), 'Live');
    await desk.bar('it-20', trackA).focus();
    await desk.press('Shift+ArrowRight');
    await desk.press('Enter');
    await desk.click(desk.panel.getByRole('button', { name: 'Save' }));
    await other.page.locator(`[data-row="${trackA}"] [data-entry="it-20"][aria-label*="14:30"]`).waitFor();
    await other.says(other.page.locator('.live'), 'Gewijzigd door wiebke: it-20 +30 min');
    assert.equal((await desk.page.locator('.live').innerText()).trim(), 'Live', 'nobody is told of their own change');

    await desk.click(desk.toast.getByRole('button', { name: 'Undo' }));
    await other.page.locator(`[data-row="${trackA}"] [data-entry="it-20"][aria-label*="14:00"]`).waitFor();
  });
}));

test('without the network the page says since when; with it again it catches up', () => at.with({}, async (desk) => {
  await desk.day(1);
  await desk.bar('it-20', trackA).waitFor();
  await at.daemon.halt();
  await desk.says(desk.page.locator('.offline'), /Not connected. Last updated \d\d:\d\d/);
  assert.match(await starts(desk, 'it-20'), /14:00/, 'what was there is still there to read');
  await desk.bar('it-20', trackA).focus();
  await desk.press('Shift+ArrowRight');
  await desk.press('Enter');
  await desk.says(desk.panel.locator('.error'), 'Kogge cannot be reached');
  await desk.press('Escape');
  await at.daemon.resume();
  await moveByApi('it-20', '14:10', '15:25', 'while you were away');
  await desk.page.locator(`[data-row="${trackA}"] [data-entry="it-20"][aria-label*="14:10"]`).waitFor();
  await desk.page.locator('.offline').waitFor({ state: 'detached' });
  await moveByApi('it-20', '14:00', '15:15', 'and back');
  await desk.page.locator(`[data-row="${trackA}"] [data-entry="it-20"][aria-label*="14:00"]`).waitFor();
}));

test('a tab nobody sees holds no connection, and catches up when it is seen again', () => at.with({}, async (desk) => {
  const streams = async () => Number((await at.daemon.text('/metrics')).match(/^kogge_event_streams_open (\d+)/m)[1]);
  const show = (hidden) => desk.page.evaluate((value) => {
    Object.defineProperty(document, 'hidden', { value, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
  await desk.day(1);
  await desk.bar('it-20', trackA).waitFor();
  await show(true);
  await moveByApi('it-20', '14:10', '15:25', 'unseen');
  assert.match(await starts(desk, 'it-20'), /14:00/);
  const end = Date.now() + patience;
  while ((await streams()) > 0) assert.ok(Date.now() < end, 'the stream is still open');
  await show(false);
  await desk.page.locator(`[data-row="${trackA}"] [data-entry="it-20"][aria-label*="14:10"]`).waitFor();
  await moveByApi('it-20', '14:00', '15:15', 'back for the others');
  await desk.page.locator(`[data-row="${trackA}"] [data-entry="it-20"][aria-label*="14:00"]`).waitFor();
}));

test('a change based on what is no longer so is refused, with the newest state on the page', () => at.with({}, async (desk) => {
  await desk.day(1);
  const bar = desk.bar('it-20', trackA);
  // The other's change arrives between the preview and the save: the stream must not be faster than the click.
  await desk.page.route('**/api/v1/events*', (route) => route.abort());
  await desk.page.reload();
  await bar.focus();
  await desk.press('Shift+ArrowRight');
  await desk.press('Enter');
  await desk.says(desk.panel, 'people are told');
  await moveByApi('it-20', '14:05', '15:20', 'somebody was faster');
  await desk.click(desk.panel.getByRole('button', { name: 'Save' }));
  await desk.says(desk.panel.locator('.obstacle'), 'Somebody else changed this in the meantime');
  assert.equal(await desk.panel.getByRole('button', { name: 'Save' }).isDisabled(), true);
  assert.match((await at.daemon.entry(mission, 'it-20')).starts, /T14:05/);
  await desk.click(desk.panel.getByRole('button', { name: 'Cancel' }));
  assert.match(await starts(desk, 'it-20'), /14:05–15:20/);
  await moveByApi('it-20', '14:00', '15:15', 'back for the others');
  desk.wrong = desk.wrong.filter((text) => !text.includes('net::ERR_FAILED')); // the stream that was cut on purpose
}));
