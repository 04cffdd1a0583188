// SPDX-License-Identifier: EUPL-1.2
// How fast the timeline draws 500 and 5,000 items and how smoothly a bar is dragged, at desk's own bundle without a
// daemon: a page of the built desk, whose timeline is handed made-up rows. Prints; asserts nothing.
//   node tests/browser/bench/timeline.mjs
import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';

import { root } from '../support/daemon.mjs';
import { launch } from '../support/desk.mjs';

const dist = join(root, 'host/desk/dist');
if (!existsSync(join(dist, 'index.html'))) throw new Error(`${dist} is not there: build the desk first (host/up --build-only)`);

const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' };
const server = createServer((request, response) => {
  const path = new URL(request.url, 'http://localhost').pathname;
  if (path.startsWith('/api/')) return response.writeHead(401, { 'Content-Type': 'application/problem+json' }).end('{}');
  const file = join(dist, path === '/' ? 'index.html' : path);
  if (!existsSync(file)) return response.writeHead(404).end();
  response.writeHead(200, { 'Content-Type': types[extname(file)] ?? 'application/octet-stream' });
  return createReadStream(file).pipe(response);
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));

const browser = await launch();
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await page.evaluate(() => customElements.whenDefined('kogge-timeline').then(() => document.fonts.ready));
  console.log('items   first render ms (best of 5)   drag frame ms p50 / p99   bars in the DOM');
  for (const items of [500, 5000]) {
    const renders = [];
    for (let i = 0; i < 5; ++i) renders.push(await page.evaluate(render, items));
    const { frames, bars } = await drag(page);
    frames.sort((a, b) => a - b);
    const at = (share) => frames[Math.min(frames.length - 1, Math.floor(frames.length * share))].toFixed(1);
    console.log(`${String(items).padStart(5)}   ${Math.min(...renders).toFixed(1).padStart(27)}   ${`${at(0.5)} / ${at(0.99)}`.padStart(23)}   ${String(bars).padStart(15)}`);
  }
} finally {
  await browser.close();
  server.close();
}

/// A new timeline with so many items in rows of twenty; from handing over the rows to the frame that shows them.
async function render(items) {
  document.querySelector('kogge-timeline')?.remove();
  const minute = 60_000;
  const from = Date.parse('2027-04-21T06:00:00+02:00');
  const rows = Array.from({ length: items / 20 }, (_, r) => ({
    key: `tracks/${r}`, group: 'tracks', id: String(r), label: `Row ${r}`, detail: '',
    bars: Array.from({ length: 20 }, (_, i) => {
      const starts = from + (i * 45 + (r % 7) * 5) * minute;
      return {
        entry: { entity: i % 3 ? 'programme_item' : 'transport_leg', id: `${r}-${i}`, title: `Item ${i} of row ${r}`, status: 'confirmed', kind: 'meeting', mode: 'coach', tracks: [], people: [], interpreters: [], rev: 1, findings: [] },
        from: starts, to: starts + 40 * minute, zone: 'Europe/Berlin', zoneTo: 'Europe/Berlin',
      };
    }),
  }));
  const timeline = document.createElement('kogge-timeline');
  timeline.style.cssText = 'position:fixed;inset:0;z-index:99';
  const start = performance.now();
  Object.assign(timeline, { groups: [{ group: 'tracks', rows }], span: { from, to: from + 17 * 60 * minute }, zone: 'Europe/Berlin', label: 'bench', editable: true });
  document.body.append(timeline);
  await timeline.updateComplete;
  await new Promise((shown) => requestAnimationFrame(() => setTimeout(shown)));
  const took = performance.now() - start;
  timeline.addEventListener('entry-drag', ({ detail }) => {
    const bar = rows[0].bars.find(({ entry }) => entry.id === detail.id);
    timeline.drafts = new Map([[detail.id, { from: bar.from + detail.minutes * minute, to: bar.to + detail.minutes * minute }]]);
  });
  return took;
}

/// Drags a bar across the screen and back; the time between frames meanwhile.
async function drag(page) {
  const box = await page.locator('kogge-timeline [data-entry="0-4"]').boundingBox();
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + 10, y);
  await page.mouse.down();
  await page.evaluate(() => {
    window.frames_ = [];
    let last = performance.now();
    const tick = (now) => {
      window.frames_.push(now - last);
      last = now;
      window.ticking = requestAnimationFrame(tick);
    };
    window.ticking = requestAnimationFrame(tick);
  });
  for (const x of [500, -200, 300, 0]) await page.mouse.move(box.x + 10 + x, y, { steps: 60 });
  const measured = await page.evaluate(() => {
    cancelAnimationFrame(window.ticking);
    return { frames: window.frames_.slice(2), bars: document.querySelector('kogge-timeline').shadowRoot.querySelectorAll('.bar').length };
  });
  await page.mouse.up();
  return measured;
}
