// SPDX-License-Identifier: EUPL-1.2
// A browser at the desk: signed in, counted (clicks and keys are a budget), and watched for anything the page must not do.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before } from 'node:test';

import { Daemon, password, root } from './daemon.mjs';

const require = createRequire(join(root, 'host/desk/package.json'));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

export { password } from './daemon.mjs';
export const mission = 'visit-hh-2027';
export const patience = 30_000; // ms: a sanitizer build on a busy machine

const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--force-prefers-reduced-motion'];

export const launch = () => chromium.launch({ executablePath: process.env.KOGGE_CHROMIUM ?? '/usr/bin/chromium', args: flags });

/// One daemon and one browser for the tests of a file.
export function desks() {
  const here = { daemon: undefined, browser: undefined };
  before(async () => {
    [here.daemon, here.browser] = await Promise.all([Daemon.start(), launch()]);
  }, { timeout: 240_000 });
  after(async () => {
    await here.browser?.close();
    await here.daemon?.stop();
  }, { timeout: 240_000 });
  return {
    get daemon() {
      return here.daemon;
    },
    /// Runs `body` with a desk of its own; what went wrong on the page fails the test.
    async with(options, body) {
      const desk = await Desk.open(here.browser, here.daemon.url, options);
      try {
        await body(desk);
        desk.assertClean();
      } catch (error) {
        if (process.env.KOGGE_TEST_SHOTS) await desk.page.screenshot({ path: join(process.env.KOGGE_TEST_SHOTS, `failed-${Date.now()}.png`) });
        throw error;
      } finally {
        await desk.context.close();
      }
    },
  };
}

// What the browser itself reports of an answer the desk handles: wrong password, refused change, lost network.
const expected = /Failed to load resource: (the server responded with a status of 4\d\d|net::ERR_(INTERNET_DISCONNECTED|CONNECTION_REFUSED|EMPTY_RESPONSE|INCOMPLETE_CHUNKED_ENCODING|CONNECTION_RESET))|net::ERR_INTERNET_DISCONNECTED/;

export class Desk {
  clicks = 0;
  keys = 0;
  wrong = [];

  static async open(browser, url, { width = 1440, height = 900, language = 'en', dark = false, user = 'wiebke', path = `/visits/${mission}`, rtl = false, signedIn = true } = {}) {
    const context = await browser.newContext({ viewport: { width, height }, locale: language, colorScheme: dark ? 'dark' : 'light', timezoneId: 'America/New_York' });
    context.setDefaultTimeout(patience);
    const desk = new Desk(context, await context.newPage(), url);
    await desk.#watch();
    if (rtl) await desk.page.addInitScript(() => {
      new MutationObserver(() => document.documentElement?.setAttribute('dir', 'rtl')).observe(document, { childList: true });
    });
    await desk.page.goto(url + path);
    await desk.page.locator('kogge-sign-in form').waitFor();
    if (language !== 'en' || (await desk.page.evaluate(() => document.documentElement.lang)) !== language)
      await desk.page.locator('.mast select').first().selectOption(language);
    if (signedIn) await desk.signIn(user);
    desk.clicks = desk.keys = 0;
    return desk;
  }

  constructor(context, page, url) {
    Object.assign(this, { context, page, url });
  }

  async #watch() {
    this.page.on('pageerror', (error) => this.wrong.push(`error: ${error.message}`));
    this.page.on('console', (message) => {
      if (message.type() === 'error' && !expected.test(message.text())) this.wrong.push(`console: ${message.text()}`);
    });
    await this.page.exposeFunction('koggeViolation', (text) => this.wrong.push(`content security policy: ${text}`));
    await this.page.addInitScript(() => document.addEventListener('securitypolicyviolation', (event) =>
      window.koggeViolation(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`)));
  }

  assertClean() {
    assert.deepEqual(this.wrong, []);
  }

  async signIn(user = 'wiebke', word = password) {
    await this.page.locator('kogge-sign-in #name').fill(user);
    await this.page.locator('kogge-sign-in #password').fill(word);
    await this.page.keyboard.press('Enter');
    await this.page.locator('.mast .user').waitFor({ state: 'attached' });
  }

  // ---- a person's hands ----

  async click(target) {
    ++this.clicks;
    await target.click();
  }
  async press(key, times = 1) {
    for (let i = 0; i < times; ++i) {
      ++this.keys;
      await this.page.keyboard.press(key);
    }
  }
  async type(text) {
    this.keys += text.length;
    await this.page.keyboard.type(text);
  }
  /// Press, move, release: one click of the budget.
  async drag(bar, minutes) {
    ++this.clicks;
    const box = await bar.boundingBox();
    const pixels = minutes * (await this.page.locator('kogge-timeline').evaluate((timeline) => timeline.pxPerMinute));
    const from = { x: box.x + Math.min(box.width / 2, 30), y: box.y + box.height / 2 };
    await this.page.mouse.move(from.x, from.y);
    await this.page.mouse.down();
    await this.page.mouse.move(from.x + pixels / 2, from.y, { steps: 4 });
    await this.page.mouse.move(from.x + pixels, from.y, { steps: 4 });
    await this.page.mouse.up();
  }

  // ---- what is on the page ----

  bar(id, row) {
    return row ? this.page.locator(`[data-row="${row}"] [data-entry="${id}"]`) : this.page.locator(`kogge-timeline [data-entry="${id}"]`).first();
  }
  button(name) {
    return this.page.getByRole('button', { name, exact: true });
  }
  get panel() {
    return this.page.locator('kogge-programme aside');
  }
  get toast() {
    return this.page.locator('kogge-toast .toast');
  }
  get dialog() {
    return this.page.locator('kogge-dialog');
  }
  async day(index) {
    await this.page.locator('kogge-programme .days button').nth(index).click();
  }
  /// Waits for the sentence; what was there instead is in the error of the assertion.
  async says(locator, text) {
    await locator.filter({ hasText: text }).first().waitFor();
  }
  /// All the preview says: text within shadow roots is no innerText of what surrounds them.
  async preview() {
    const preview = this.page.locator('kogge-preview');
    await preview.locator('.told').first().waitFor({ state: 'attached' });
    return preview.evaluate((node) => node.shadowRoot.textContent.replace(/\s+/g, ' '));
  }
  /// The element round a dialog has no box of its own, so it only has to be there.
  async dialogSays(text) {
    await this.dialog.filter({ hasText: text }).waitFor({ state: 'attached' });
  }
  focused() {
    return this.page.evaluate(() => {
      let node = document.activeElement;
      while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
      return { entry: node?.dataset?.entry ?? null, tag: node?.localName ?? '', text: (node?.getAttribute('aria-label') || node?.textContent || '').trim() };
    });
  }
  /// How far the page itself can be scrolled sideways.
  sideways() {
    return this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  }

  /// Violations of WCAG 2.2 A and AA. Injected by the debugger: a script element would be refused, rightly.
  async axe() {
    const session = await this.context.newCDPSession(this.page);
    await session.send('Runtime.evaluate', { expression: `${axe};0` });
    await session.detach();
    return this.page.evaluate(async () => {
      const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
      const { violations, passes } = await window.axe.run(document, { runOnly: { type: 'tag', values: tags } });
      if (passes.length < 10) throw new Error(`axe looked at next to nothing: ${passes.length} rules passed`);
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${JSON.stringify(target)} ${failureSummary}`).join(' | ')}`.slice(0, 900));
    });
  }
}
