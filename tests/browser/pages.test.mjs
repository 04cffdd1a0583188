// SPDX-License-Identifier: EUPL-1.2
// What every page must hold: languages, direction, narrow screens, tables, clocks.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { desks, mission } from './support/desk.mjs';

const at = desks();

const words = {
  nl: { tabs: ['Programma', 'Vervoer en kamers', 'Talen'], title: 'Handelsmissie Hamburg 2027', item: 'Verzamelen, koffie, reisdocumenten', day: 'wo 21 apr' },
  de: { tabs: ['Programm', 'Transport und Zimmer', 'Sprachen'], title: 'Wirtschaftsdelegation Groningen in Hamburg 2027', item: 'Treffpunkt, Kaffee, Reiseunterlagen', day: 'Mi., 21. Apr.' },
  en: { tabs: ['Programme', 'Transport and rooms', 'Languages'], title: 'Trade mission to Hamburg 2027', item: 'Gathering, coffee, travel papers', day: 'Wed 21 Apr' },
};

for (const [language, said] of Object.entries(words))
  test(`the visit speaks ${language}: the desk's words and the programme's own`, () => at.with({ language }, async (desk) => {
    await desk.says(desk.page.locator('h1'), said.title);
    assert.deepEqual(await desk.page.locator('kogge-visit nav a').allInnerTexts(), said.tabs);
    assert.match(await desk.bar('it-01').getAttribute('aria-label'), new RegExp(said.item));
    assert.match((await desk.page.locator('kogge-programme .days button').first().innerText()).replace(',', ''), new RegExp(said.day.replace(',', '')));
    assert.equal(await desk.page.evaluate(() => document.documentElement.lang), language);
  }));

test('changing the language changes the page, and is remembered', () => at.with({}, async (desk) => {
  await desk.says(desk.page.locator('h1'), words.en.title);
  await desk.page.locator('.mast select').first().selectOption('de');
  await desk.says(desk.page.locator('h1'), words.de.title);
  await desk.page.reload();
  await desk.says(desk.page.locator('h1'), words.de.title);
}));

test('a language that runs from right to left turns the page round, time too', () => at.with({ rtl: true }, async (desk) => {
  await desk.day(1);
  const [first, later, name] = await Promise.all(['it-14', 'it-15'].map((id) => desk.bar(id, `tracks/${mission}.A`).boundingBox())
    .concat(desk.page.locator('kogge-timeline .line .name').nth(1).boundingBox()));
  assert.ok(later.x < first.x, 'later lies further left');
  assert.ok(name.x > first.x, 'the names of the rows stand on the right');
  const [timeline, panel] = await Promise.all([desk.page.locator('kogge-timeline').boundingBox(), desk.panel.boundingBox()]);
  assert.ok(panel.x < timeline.x, 'the panel stands on the left');
  await desk.drag(desk.bar('it-15', `tracks/${mission}.A`), -30); // to the left
  assert.match(await desk.panel.locator('.times').innerText(), /11:35–12:35/, 'which is later');
  await desk.press('Escape');
  await desk.bar('it-15', `tracks/${mission}.A`).focus();
  await desk.press('ArrowLeft');
  assert.match((await desk.focused()).text, /11:10–12:10/);
  assert.equal(await desk.sideways(), 0);
}));

for (const path of ['/', `/visits/${mission}`, `/visits/${mission}/logistics`, `/visits/${mission}/languages`])
  test(`${path} fits into 320 pixels`, () => at.with({ width: 320, height: 640, path }, async (desk) => {
    await desk.page.locator('h1').waitFor();
    await desk.page.locator('kogge-visits li, kogge-agenda li, kogge-logistics table, kogge-languages table').first().waitFor();
    assert.equal(await desk.sideways(), 0);
  }));

test('on a phone the day is a list; an entry opens, moves by dialog, and its dialogs fit', () => at.with({ width: 320, height: 640 }, async (desk) => {
  await desk.day(1);
  const entry = desk.page.locator('kogge-agenda [data-entry="it-15"]');
  await desk.click(entry);
  await desk.says(desk.panel.locator('h2'), 'Talks port and city');
  await desk.click(desk.button('Move …'));
  const box = await desk.page.getByRole('dialog').boundingBox();
  assert.ok(box.x >= 0 && box.x + box.width <= 320, JSON.stringify(box));
  await desk.click(desk.dialog.getByRole('button', { name: /5 minutes later/ }));
  await desk.click(desk.dialog.getByRole('button', { name: 'Preview' }));
  await desk.says(desk.panel, 'people are told');
  assert.equal(await desk.sideways(), 0);
  await desk.click(desk.panel.getByRole('button', { name: 'Cancel' }));
  await desk.click(desk.button('Timeline'));
  await desk.bar('it-15').waitFor({ state: 'attached' });
  assert.equal(await desk.sideways(), 0);
}));

test('no target is smaller than 24 pixels', () => at.with({ width: 320, height: 640 }, async (desk) => {
  await desk.page.locator('kogge-agenda li').first().waitFor();
  const small = await desk.page.evaluate(() => {
    const found = [];
    const look = (node) => {
      for (const each of node.querySelectorAll('*')) {
        if (each.shadowRoot) look(each.shadowRoot);
        if (!each.matches('button, select, input, summary, nav a')) continue;
        const { width, height } = each.getBoundingClientRect();
        if (width && height && (width < 24 || height < 24)) found.push(`${each.localName} ${each.textContent.trim()} ${width}x${height}`);
      }
    };
    look(document);
    return found;
  });
  assert.deepEqual(small, []);
}));

test('dark is dark, by the system and by choice', () => at.with({ dark: true }, async (desk) => {
  const light = () => desk.page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).slice(0, 3).reduce((sum, each) => sum + Number(each), 0));
  assert.ok((await light()) < 200);
  await desk.page.locator('.mast select').nth(1).selectOption('light');
  assert.ok((await light()) > 600);
  await desk.page.reload();
  await desk.page.locator('h1').waitFor();
  assert.ok((await light()) > 600, 'and stays');
}));

test('the night the clocks go back has its hour twice, and 450 minutes', () => at.with({ path: '/visits/visit-ol-dst' }, async (desk) => {
  await desk.page.locator('kogge-timeline .bar').first().waitFor();
  const { entries } = await at.daemon.timeline('visit-ol-dst');
  const night = entries.find(({ starts, ends }) => starts.startsWith('2027-10-30T20:00') && ends.startsWith('2027-10-31T02:30'));
  assert.ok(night, 'the scenario has it');
  const hours = (await desk.page.locator('.hour span').allInnerTexts()).map((text) => text.trim());
  assert.equal(hours.filter((text) => text.startsWith('02:00')).length, 2, hours.join(' '));
  const [box, scale] = await Promise.all([desk.bar(night.id).boundingBox(), desk.page.locator('kogge-timeline').evaluate((timeline) => timeline.pxPerMinute)]);
  assert.ok(Math.abs((box.width + 2) / scale - 450) < 2, `${box.width / scale} minutes wide`);
  await desk.click(desk.bar(night.id));
  await desk.says(desk.panel, '450 minutes');
  await desk.says(desk.panel.locator('.when'), /20:00\D+02:30/);
}));

test('passengers, rooms and languages are tables with captions', () => at.with({ path: `/visits/${mission}/logistics` }, async (desk) => {
  const { legs } = await at.daemon.get(`/api/v1/visits/${mission}/manifest`);
  const tables = desk.page.locator('kogge-logistics table');
  await tables.first().waitFor();
  assert.equal(await tables.count(), legs.filter(({ vehicle }) => vehicle).length + 1);
  await desk.says(desk.page.locator('kogge-logistics caption'), 'Hotel');
  await desk.click(desk.page.getByRole('link', { name: 'Languages', exact: true }));
  await desk.says(desk.page.locator('kogge-languages caption'), 'Interpretation needed');
  const row = desk.page.locator('kogge-languages tr', { hasText: 'whispered' }).first();
  await row.waitFor();
  await desk.page.emulateMedia({ media: 'print' });
  assert.equal(await desk.page.locator('.mast').isVisible(), false, 'paper has no masthead');
}));

test('interpreters are assigned as far as the pool goes, and what is missing is said', () => at.with({ path: `/visits/${mission}/languages` }, async (desk) => {
  const proposal = await at.daemon.post(`/api/v1/visits/${mission}/interpreters/assign`, {});
  await desk.click(desk.button('Assign …'));
  const rows = desk.dialog.locator('tbody tr');
  await rows.first().waitFor();
  assert.equal(await rows.count(), proposal.assignments.length + proposal.open.length);
  assert.ok(proposal.open.length > 0, 'three interpreters are not enough');
  await desk.dialogSays('still missing');
  const obstacle = desk.dialog.getByRole('checkbox');
  if (await obstacle.count()) await desk.click(obstacle);
  await desk.click(desk.dialog.getByRole('button', { name: 'Save' }));
  await desk.says(desk.toast, 'Saved');
  const assigned = async () => (await at.daemon.get(`/api/v1/visits/${mission}/interpreters`)).needs.flatMap((need) => need.assigned).length;
  assert.equal(await assigned(), proposal.assignments.length);
  await desk.click(desk.toast.getByRole('button', { name: 'Undo' }));
  await desk.says(desk.toast, 'Undone');
  assert.equal(await assigned(), 0);
}));

test('an address nobody has says so', () => at.with({ path: '/visits/visit-nowhere' }, async (desk) => {
  await desk.says(desk.page.locator('h1'), 'This visit is not there');
  await desk.page.getByRole('link', { name: 'All visits' }).click();
  await desk.page.locator('kogge-visits h1').waitFor();
}));
