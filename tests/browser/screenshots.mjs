// SPDX-License-Identifier: EUPL-1.2
// The two pictures of the README, taken at a real daemon:
//   node tests/browser/screenshots.mjs
import { statSync } from 'node:fs';
import { join } from 'node:path';

import { Daemon, root } from './support/daemon.mjs';
import { Desk, launch, mission } from './support/desk.mjs';

const folder = join(root, 'host/desk/screenshots');
const pictures = {
  'timeline.png': [{ width: 1440, height: 900 }, async (desk) => {
    await desk.day(1);
    await desk.drag(desk.bar('it-15', `tracks/${mission}.A`), 30);
    await desk.says(desk.panel.locator('.obstacle'), 'lg-15');
    await desk.page.mouse.move(0, 0);
  }],
  'late-train.png': [{ width: 1440, height: 900, dark: true }, async (desk) => {
    await desk.day(0);
    await desk.bar('lg-02', `tracks/${mission}.A`).click();
    await desk.button('Late …').click();
    await desk.dialogSays('people are told');
    await desk.page.mouse.move(0, 0);
  }],
};

const [daemon, browser] = await Promise.all([Daemon.start(), launch()]);
try {
  for (const [name, [options, prepare]] of Object.entries(pictures)) {
    const desk = await Desk.open(browser, daemon.url, options);
    await prepare(desk);
    const path = join(folder, name);
    await desk.page.screenshot({ path, animations: 'disabled', caret: 'hide' });
    console.log(`${path}: ${Math.round(statSync(path).size / 1024)} KB`);
    await desk.context.close();
  }
} finally {
  await browser.close();
  await daemon.stop();
}
