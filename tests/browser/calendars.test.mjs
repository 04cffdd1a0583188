// SPDX-License-Identifier: EUPL-1.2
// Calendars that go out and come in: links with their readers, programs that sign in, other calendars as taken time.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { desks, mission } from './support/desk.mjs';

const at = desks();
const path = '/calendars';
const titles = { nl: 'Agenda’s', de: 'Kalender', en: 'Calendars' };

/// As a calendar program fetches it.
const fetched = (url, client) => fetch(at.daemon.url + new URL(url).pathname, { headers: { 'User-Agent': client } });

test('a link is made, read, seen to be read, and ended', () => at.with({ path }, async (desk) => {
  await desk.click(desk.button('New link …'));
  await desk.page.locator('kogge-link-form #scope').selectOption('person');
  await desk.page.locator('kogge-link-form #whose').selectOption('p-g01');
  await desk.page.locator('kogge-link-form #language').selectOption('de');
  await desk.page.locator('kogge-link-form #alarm').selectOption('15');
  await desk.page.locator('kogge-link-form #note').fill('the mayor’s secretary');
  await desk.click(desk.button('Make the link'));
  const made = desk.page.locator('kogge-made-link');
  const url = await made.locator('#url').inputValue();
  assert.equal(await made.getByRole('link', { name: 'Opens the calendar of this device' }).getAttribute('href'), url.replace(/^https?:/, 'webcal:'));
  assert.ok(await made.getByRole('img', { name: /QR code/ }).isVisible());
  const row = desk.page.locator('kogge-calendar-links tbody tr', { hasText: 'the mayor’s secretary' });
  await desk.says(row, 'never');
  const feed = await (await fetched(url, 'Mozilla/5.0 Thunderbird/128.4.0')).text();
  assert.match(feed, /TRIGGER.*:-PT15M/);
  assert.match(feed, /Treffpunkt/);
  await desk.page.reload();
  await desk.says(row, 'Thunderbird');
  await desk.click(row.getByRole('button', { name: /Revoke/ }));
  await desk.dialogSays('Thunderbird');
  assert.deepEqual(await desk.axe(), [], 'the question');
  await desk.click(desk.dialog.getByRole('button', { name: 'Revoke' }));
  await desk.says(desk.toast, 'has ended');
  await row.waitFor({ state: 'detached' });
  assert.equal((await fetched(url, 'x')).status, 404);
}));

test('a program signs in with a password of its own, until that is revoked', () => at.with({ path }, async (desk) => {
  await desk.page.locator('kogge-calendar-programs #program').fill('telephone');
  await desk.click(desk.button('Make a password'));
  const secret = await desk.page.locator('kogge-calendar-programs #secret').inputValue();
  const ask = () => fetch(`${at.daemon.url}/dav/calendars/wiebke/`, {
    method: 'PROPFIND', headers: { Authorization: `Basic ${Buffer.from(`wiebke:${secret}`).toString('base64')}`, Depth: '1' } });
  const answer = await ask();
  assert.equal(answer.status, 207);
  assert.match(await answer.text(), new RegExp(`visit\\.${mission}`));
  await desk.click(desk.page.locator('kogge-calendar-programs').getByRole('button', { name: /^Revoke ?: telephone$/ }));
  await desk.says(desk.toast, 'has ended');
  assert.equal((await ask()).status, 401);
}));

const shift = (from, to) => ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:x', 'BEGIN:VEVENT', 'UID:shift', 'DTSTAMP:20260101T000000Z', `DTSTART:${from}`, `DTEND:${to}`,
  'SUMMARY:Dentist', 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');

test('a calendar from elsewhere is looked at first, takes time in the timeline, and is taken back', () => at.with({ path }, async (desk) => {
  const rows = (await at.daemon.timeline(mission)).entries.find(({ id }) => id === 'it-20').people;
  await desk.click(desk.button('Add a calendar …'));
  const part = desk.page.locator('kogge-calendar-elsewhere');
  await part.locator('#owner').selectOption(rows[0]);
  await part.locator('#from').selectOption('file');
  await part.locator('#file').setInputFiles({ name: 'ada.ics', mimeType: 'text/calendar', buffer: Buffer.from(shift('20270422T150000Z', '20270422T153000Z')) });
  await part.locator('#consent').fill('by telephone, 24 November');
  await desk.click(desk.button('Look at it first'));
  await desk.says(part, 'This would come in');
  assert.deepEqual(await desk.axe(), [], 'preview');
  assert.equal((await at.daemon.get('/api/v1/calendars/foreign')).calendars.length, 0, 'nothing has come in yet');
  await desk.click(desk.button('Take it in'));
  await desk.says(desk.toast, '1 taken time has come in');
  assert.equal((await at.daemon.timeline(mission)).busy.length, 1);

  const undo = desk.toast.getByRole('button', { name: 'Undo' });
  await desk.click(undo);
  await desk.says(desk.toast, 'Undone');
  assert.equal((await at.daemon.timeline(mission)).busy.length, 0);
}));

test('taken time is drawn behind the row of whom it is of', () => at.with({}, async (desk) => {
  const people = desk.page.locator('kogge-timeline .toggle', { hasText: 'People' });
  const row = desk.page.locator('kogge-timeline [data-row^="people/"]').first();
  await desk.click(people);
  const person = (await row.getAttribute('data-row')).slice('people/'.length);
  const { id } = await at.daemon.post('/api/v1/calendars/foreign', { kind: 'file', name: 'x', person, consent: 'test', text: shift('20270421T100000Z', '20270421T113000Z') });
  await desk.page.reload();
  await desk.click(people);
  const strip = desk.page.locator(`kogge-timeline [data-row="people/${person}"] .taken`).first();
  await strip.waitFor({ state: 'attached' });
  assert.equal(await strip.getAttribute('aria-label'), 'Taken elsewhere: 12:00 to 13:30');
  assert.deepEqual(await desk.axe(), []);
  await at.daemon.post(`/api/v1/calendars/foreign/${id}/undo`);
}));

test('an entry says which links know how it is now', () => at.with({}, async (desk) => {
  const { url } = await at.daemon.post(`/api/v1/visits/${mission}/feeds`, { scope: 'track', id: `${mission}.A`, lang: 'nl', note: 'reads it' });
  await at.daemon.post(`/api/v1/visits/${mission}/feeds`, { scope: 'track', id: `${mission}.A`, lang: 'nl', note: 'never reads' });
  assert.equal((await fetched(url, 'Google-Calendar-Importer')).status, 200);
  await desk.day(1);
  await desk.click(desk.bar('it-20'));
  await desk.click(desk.panel.getByText('Who has seen this change'));
  await desk.says(desk.panel.locator('kogge-seen li', { hasText: 'reads it' }).first(), 'seen');
  await desk.says(desk.panel.locator('kogge-seen li', { hasText: 'never reads' }), 'not yet');
  assert.deepEqual(await desk.axe(), []);
}));

for (const [language, title] of Object.entries(titles))
  test(`the page speaks ${language}, in both lights and without a violation`, () => at.with({ path, language, dark: language === 'de' }, async (desk) => {
    await desk.says(desk.page.locator('h1'), title);
    await desk.page.locator('kogge-calendar-links button').first().click();
    await desk.page.locator('kogge-link-form #scope').waitFor();
    for (const summary of await desk.page.locator('kogge-calendar-programs summary').all()) await summary.click();
    assert.deepEqual(await desk.axe(), []);
  }));

test('the page fits into 320 pixels, for readers, too', () => at.with({ path, width: 320, height: 640, user: 'lezer' }, async (desk) => {
  await desk.page.locator('h1').waitFor();
  await desk.page.locator('kogge-calendar-programs h2').waitFor();
  assert.equal(await desk.page.locator('kogge-calendar-links').count(), 0, 'links are given out by who may edit');
  assert.equal(await desk.sideways(), 0);
}));
