// SPDX-License-Identifier: EUPL-1.2
// Everything a pointer does can be done without one (WCAG 2.1.1, 2.5.7).
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { desks, mission } from './support/desk.mjs';

const at = desks();
const track = (letter) => `tracks/${mission}.${letter}`;

async function tabTo(desk, wanted, most = 40) {
  for (let i = 0; i < most; ++i) {
    await desk.press('Tab');
    if (wanted(await desk.focused())) return;
  }
  assert.fail(`not reached in ${most} steps; the focus is on ${JSON.stringify(await desk.focused())}`);
}

test('the skip link leads past the masthead, and Tab goes on to the bars', () => at.with({}, async (desk) => {
  await desk.bar('it-01').waitFor();
  await desk.page.reload();
  await desk.bar('it-01').waitFor();
  await desk.press('Tab');
  assert.equal((await desk.focused()).text, 'Skip to the content');
  await desk.press('Enter');
  assert.equal(await desk.page.evaluate(() => document.activeElement.id), 'main');
  await tabTo(desk, ({ entry }) => entry === 'it-01');
  await desk.press('Tab');
  assert.match((await desk.focused()).entry, /^lg-01/, 'the next bar of the row');
}));

test('arrows find their way about the rows, Home and End along one', () => at.with({}, async (desk) => {
  await desk.day(1);
  await desk.bar('it-15', track('A')).focus();
  await desk.press('ArrowDown');
  assert.equal((await desk.focused()).entry, 'it-13', 'what track B does meanwhile');
  await desk.press('ArrowUp');
  assert.match((await desk.focused()).entry, /^(it-14|it-15|lg-11|lg-12)$/, 'and what track A does then');
  await desk.press('Home');
  assert.equal((await desk.focused()).entry, 'lg-11');
  await desk.press('End');
  assert.equal((await desk.focused()).entry, 'lg-19r');
}));

test('arrows move a bar by five minutes, with Shift by thirty; Escape takes it back', () => at.with({}, async (desk) => {
  await desk.day(1);
  const bar = desk.bar('it-20', track('A'));
  await bar.focus();
  await desk.press('ArrowRight', 2);
  assert.match((await desk.focused()).text, /14:10–15:25/);
  await desk.press('Shift+ArrowLeft');
  assert.match((await desk.focused()).text, /13:40–14:55/);
  await desk.says(desk.page.locator('kogge-programme [role=status]'), '20 min earlier: 13:40 to 14:55');
  await desk.press('Escape');
  assert.match((await desk.focused()).text, /14:00–15:15/);
  assert.equal(await desk.page.locator('.bar.draft').count(), 0);
  assert.equal((await at.daemon.entry(mission, 'it-20')).rev, 1);
}));

test('the dialog moves what was not dragged', () => at.with({}, async (desk) => {
  await desk.day(1);
  await desk.bar('it-20', track('A')).focus();
  await desk.press('Enter');
  await tabTo(desk, ({ text }) => text === 'Move …');
  await desk.press('Enter');
  await tabTo(desk, ({ tag }) => tag === 'input');
  await desk.press('Control+a');
  await desk.type('25:00');
  await desk.press('Tab');
  await desk.says(desk.dialog.locator('.error'), '“25:00” is no time');
  await desk.press('Shift+Tab');
  await desk.press('Control+a');
  await desk.type('1430');
  await desk.press('Tab');
  await desk.says(desk.dialog.locator('output'), '15:45');
  await tabTo(desk, ({ text }) => text === 'Preview');
  await desk.press('Enter');
  await desk.says(desk.panel, 'people are told');
  await tabTo(desk, ({ text }) => text === 'Cancel');
  await desk.press('Enter');
  assert.equal((await desk.focused()).entry, 'it-20', 'the focus is back where the journey began');
}));

test('a finding leads to its cause', () => at.with({}, async (desk) => {
  await desk.day(0);
  await desk.click(desk.page.locator('kogge-findings li[data-code=WHEELCHAIR]').getByRole('button'));
  await desk.page.waitForFunction(() => document.querySelector('kogge-visit').shadowRoot.querySelector('kogge-programme').shadowRoot.querySelector('kogge-timeline').shadowRoot.activeElement?.dataset.entry === 'lg-19');
  assert.equal(await desk.page.locator('kogge-programme .days button').nth(1).getAttribute('aria-pressed'), 'true', 'on another day');
}));

test('findings are shown by level', () => at.with({}, async (desk) => {
  const list = desk.page.locator('kogge-findings li');
  await list.first().waitFor();
  const all = await list.count();
  const notes = desk.page.locator('kogge-findings .filter .note');
  const count = Number((await notes.innerText()).trim());
  await desk.click(notes);
  assert.equal(await list.count(), all - count);
  assert.equal(await notes.getAttribute('aria-pressed'), 'false');
  await desk.click(notes);
  assert.equal(await list.count(), all);
}));
