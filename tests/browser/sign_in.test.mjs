// SPDX-License-Identifier: EUPL-1.2
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { desks, mission } from './support/desk.mjs';

const at = desks();

const words = {
  nl: { failed: 'Naam en wachtwoord horen niet bij elkaar', visits: 'Bezoeken', mission: 'Handelsmissie Hamburg 2027', dates: '21–23 april 2027' },
  de: { failed: 'Name und Kennwort passen nicht zusammen', visits: 'Besuche', mission: 'Wirtschaftsdelegation Groningen in Hamburg 2027', dates: '21.–23. April 2027' },
  en: { failed: 'Name and password do not go together', visits: 'Visits', mission: 'Trade mission to Hamburg 2027', dates: '21–23 April 2027' },
};

for (const [language, said] of Object.entries(words))
  test(`a wrong password is refused and the right one shows the visits, in ${language}`, () => at.with({ language, path: '/', signedIn: false }, async (desk) => {
    const form = desk.page.locator('kogge-sign-in');
    await form.locator('#name').fill('wiebke');
    await form.locator('#password').fill('guess');
    await desk.press('Enter');
    await desk.says(form.locator('.error'), said.failed);
    assert.equal((await desk.focused()).tag, 'input', 'the password is ready to be typed again');

    await desk.signIn();
    const visits = desk.page.locator('kogge-visits');
    await desk.says(visits.locator('h1'), said.visits);
    const row = visits.locator('li', { hasText: said.mission });
    assert.match((await row.innerText()).replace(/\s*–\s*/, '–'), new RegExp(said.dates));
    assert.match(await row.innerText(), /Hamburg/);
    assert.equal(await row.locator('.level.block_release').innerText().then((text) => Number(text.match(/\d+$/)[0])),
      (await at.daemon.get(`/api/v1/findings?visit=${mission}`)).findings.filter(({ level }) => level === 'block_release').length);
  }));

test('signing out leaves nothing behind', () => at.with({ path: '/' }, async (desk) => {
  await desk.click(desk.button('Sign out'));
  await desk.page.locator('kogge-sign-in form').waitFor();
  await desk.page.reload();
  await desk.page.locator('kogge-sign-in form').waitFor();
  assert.deepEqual(await desk.context.cookies(), []);
}));

test('a session that ended leads to signing in, and back to where one was', () => at.with({}, async (desk) => {
  await desk.bar('it-01').waitFor();
  await desk.context.clearCookies();
  await desk.click(desk.button('Changes'));
  await desk.says(desk.page.locator('kogge-sign-in .expired'), 'Your session has ended');
  await desk.signIn();
  await desk.bar('it-01').waitFor();
  assert.equal(new URL(desk.page.url()).pathname, `/visits/${mission}`);
}));

test('who may only read sees the programme and no way to change it', () => at.with({ user: 'lezer', language: 'en' }, async (desk) => {
  await desk.click(desk.bar('lg-02'));
  await desk.says(desk.panel.locator('h2'), 'Bremen');
  for (const name of ['Late …', 'Move …', 'Insert …', 'Calendar links …']) assert.equal(await desk.button(name).count(), 0, name);
  await desk.bar('lg-02').focus();
  await desk.press('ArrowRight');
  assert.equal(await desk.page.locator('.bar.draft').count(), 0);
}));
