// SPDX-License-Identifier: EUPL-1.2
// Workflow 3: move one item by half an hour. Budget: 4 clicks, 10 keys.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { feedsOf, sequences, steady } from './support/feeds.mjs';
import { desks, mission } from './support/desk.mjs';

const at = desks();
const trackA = `tracks/${mission}.A`;

function withinBudget(desk) {
  assert.ok(desk.clicks <= 4, `${desk.clicks} clicks of 4`);
  assert.ok(desk.keys <= 10, `${desk.keys} keys of 10`);
}

test('it-15 by 30 minutes is refused until somebody confirms the clash with lg-15 for track A', () => at.with({}, async (desk) => {
  const before = await at.daemon.entry(mission, 'it-15');
  await desk.day(1);
  desk.clicks = 0;
  await desk.drag(desk.bar('it-15', trackA), 30);
  const obstacle = desk.panel.locator('.obstacle');
  await desk.says(obstacle, 'lg-15');
  assert.match(await obstacle.innerText(), /track A/);
  assert.match(await desk.panel.locator('.times').innerText(), /11:05–12:05\s+11:35–12:35/);

  const save = desk.panel.getByRole('button', { name: 'Save' });
  assert.equal(await save.isDisabled(), true, 'nothing can be saved unconfirmed');
  await assert.rejects(at.daemon.post('/api/v1/changes', { reason: 'behind its back', changes: [{ op: 'update', entity: 'programme_item', id: 'it-15', rev: before.rev,
    fields: { starts: '2027-04-22T11:35:00+02:00[Europe/Berlin]', ends: '2027-04-22T12:35:00+02:00[Europe/Berlin]' } }] }), /422.*lg-15/s, 'nor by the API');
  assert.equal((await at.daemon.entry(mission, 'it-15')).starts, before.starts);

  await desk.click(obstacle.getByRole('checkbox'));
  await desk.click(save);
  await desk.says(desk.toast, 'Saved');
  withinBudget(desk);
  assert.match((await at.daemon.entry(mission, 'it-15')).starts, /T11:35/);

  await desk.click(desk.toast.getByRole('button', { name: 'Undo' }));
  await desk.says(desk.toast, 'Undone');
  assert.equal((await at.daemon.entry(mission, 'it-15')).starts, before.starts);
}));

test('it-20 by 30 minutes clashes with nobody, reaches the feeds of those concerned and no others, and can be undone', () => at.with({}, async (desk) => {
  const item = await at.daemon.entry(mission, 'it-20');
  const concerned = new Set([...item.people, ...item.interpreters]);
  assert.ok(concerned.size > 1);
  const feeds = await feedsOf(at.daemon, mission);
  const before = await feeds.read();
  for (const [who, text] of before) assert.equal('it-20' in sequences(text), concerned.has(who), who);

  await desk.day(1);
  desk.clicks = 0;
  await desk.drag(desk.bar('it-20', trackA), 30);
  await desk.says(desk.panel, 'INTERPRETERS');
  const said = await desk.preview();
  assert.doesNotMatch(said, /OVERLAP|NO_TRANSPORT/);
  assert.match(said, /14:30/);
  assert.match(said, new RegExp(`${concerned.size} people are told`));
  await desk.click(desk.panel.getByRole('button', { name: 'Save' }));
  await desk.says(desk.toast, `${concerned.size} people are told`);
  withinBudget(desk);

  const moved = await feeds.read();
  for (const [who, text] of moved) {
    const was = sequences(before.get(who));
    const is = sequences(text);
    if (concerned.has(who)) {
      assert.deepEqual(is, { ...was, 'it-20': was['it-20'] + 1 }, who);
      assert.match(text, /T143000/);
    } else assert.equal(text, before.get(who), `${who} is not concerned`);
  }

  await desk.click(desk.toast.getByRole('button', { name: 'Undo' }));
  await desk.says(desk.toast, 'Undone');
  const undone = await feeds.read();
  for (const [who, text] of undone) {
    assert.equal(steady(text), steady(before.get(who)), who);
    if (concerned.has(who)) assert.equal(sequences(text)['it-20'], sequences(moved.get(who))['it-20'] + 1, 'a calendar must see the way back, too');
  }
}));

test('the same move by keys alone: 4 of 10', () => at.with({}, async (desk) => {
  await desk.day(1);
  await desk.bar('it-20', trackA).focus();
  desk.clicks = desk.keys = 0;
  await desk.press('Shift+ArrowRight');
  await desk.press('Enter');
  await desk.says(desk.panel, 'people are told');
  await desk.page.waitForFunction(() => {
    const panel = document.querySelector('kogge-visit').shadowRoot.querySelector('kogge-programme').shadowRoot;
    return panel.activeElement?.matches('aside button.primary');
  });
  await desk.press('Enter');
  await desk.says(desk.toast, 'Saved');
  assert.match((await at.daemon.entry(mission, 'it-20')).starts, /T14:30/);
  assert.equal(desk.clicks, 0);
  withinBudget(desk);
  await desk.page.waitForFunction(() => document.querySelector('kogge-visit').shadowRoot.querySelector('kogge-programme').shadowRoot.querySelector('kogge-timeline').shadowRoot.activeElement?.dataset.entry === 'it-20');
}));

test('the history takes back a change, too', () => at.with({}, async (desk) => {
  const reason = 'it-20 +30 min';
  await desk.click(desk.button('Changes'));
  const row = desk.panel.locator('li', { hasText: reason }).first();
  await desk.click(row.getByRole('button'));
  await desk.says(desk.toast, 'Undone');
  assert.match((await at.daemon.entry(mission, 'it-20')).starts, /T14:00/);
}));
