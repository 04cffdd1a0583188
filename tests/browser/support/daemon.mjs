// SPDX-License-Identifier: EUPL-1.2
// A real daemon with the sample mission in it, for as long as a test lasts. Its start is seen by a watch on the note it
// leaves in its data folder, its end by the process itself: nothing here sleeps.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, watch, openSync, closeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(fileURLToPath(import.meta.url), '../../../..');
const build = process.env.KOGGE_BUILD ?? join(root, 'build/dev');
const deadline = 120_000; // ms, under a sanitizer too

export const password = 'a ship in the harbour';

export class Daemon {
  static async start() {
    const daemon = new Daemon();
    try {
      await daemon.#run('demo');
      await daemon.#serve();
      for (const [name, role, language] of [['wiebke', 'planner', 'en'], ['jurriaan', 'admin', 'nl'], ['lezer', 'reader', 'nl']])
        await daemon.post('/api/v1/users', { name, password, role, language });
    } catch (error) {
      await daemon.stop();
      throw error;
    }
    return daemon;
  }

  data = mkdtempSync(join(tmpdir(), 'kogge-browser-'));
  url = '';
  #token = '';
  #process;

  get #environment() {
    const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('KOGGE_')));
    return {
      ...own, KOGGE_DATA_DIR: this.data, KOGGE_SERVER_LISTEN: this.url ? new URL(this.url).host : '127.0.0.1:0', KOGGE_PLUGINS_FOLDER: join(build, 'plugins'),
      KOGGE_DEMO_SCENARIO: join(root, 'config/demo/demo.json'), LC_ALL: 'C.UTF-8',
      // Who works on the desk tests its folder without linking the daemon anew; else it is the one in the program.
      ...(process.env.KOGGE_TEST_WEB_ROOT ? { KOGGE_SERVER_WEB_ROOT: process.env.KOGGE_TEST_WEB_ROOT } : {}),
    };
  }

  #spawn(command) {
    const log = openSync(join(this.data, `${command}.log`), 'a');
    const child = spawn(join(build, 'bin/kogge'), [command], { env: this.#environment, stdio: ['ignore', log, log] });
    closeSync(log);
    const ended = new Promise((done, failed) => {
      child.once('error', failed);
      child.once('exit', (code, signal) => done(code ?? signal));
    });
    ended.catch(() => undefined);
    return { child, ended };
  }

  log(command) {
    const path = join(this.data, `${command}.log`);
    return existsSync(path) ? readFileSync(path, 'utf8').slice(-4000) : '';
  }

  async #run(command) {
    const code = await this.#spawn(command).ended;
    if (code !== 0) throw new Error(`kogge ${command} ended with ${code}:\n${this.log(command)}`);
  }

  async #serve() {
    const note = join(this.data, 'serving.json');
    rmSync(note, { force: true });
    let seen;
    const there = new Promise((found) => {
      const look = () => {
        try {
          const { url, token } = JSON.parse(readFileSync(note, 'utf8'));
          if (url && token) found({ url, token });
        } catch {
          // not yet there, or half written: the watch tells again
        }
      };
      seen = watch(this.data, look);
    });
    this.#process = this.#spawn('serve');
    let late;
    const over = new Promise((_, failed) => (late = setTimeout(() => failed(new Error(`did not serve within ${deadline} ms:\n${this.log('serve')}`)), deadline)));
    const ended = this.#process.ended.then((code) => Promise.reject(new Error(`kogge serve ended with ${code}:\n${this.log('serve')}`)));
    try {
      ({ url: this.url, token: this.#token } = await Promise.race([there, ended, over]));
    } finally {
      seen.close();
      clearTimeout(late);
    }
  }

  /// Down, and up again at the same address: what a restart of the server looks like from a browser.
  async halt() {
    this.#process.child.kill('SIGTERM');
    await this.#process.ended;
  }
  async resume() {
    await this.#serve();
  }

  async stop() {
    if (this.#process) await this.halt().catch(() => undefined);
    rmSync(this.data, { recursive: true, force: true });
  }

  // ---- its API, as an administrator ----

  async #ask(method, path, body) {
    const response = await fetch(path.startsWith('http') ? path : this.url + path, {
      method, body: body ? JSON.stringify(body) : undefined,
      headers: { Authorization: `Bearer ${this.#token}`, ...(body ? { 'Content-Type': 'application/json' } : {}) },
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 800)}`);
    return text;
  }
  async get(path) {
    return JSON.parse(await this.#ask('GET', path));
  }
  async post(path, body) {
    return JSON.parse((await this.#ask('POST', path, body)) || 'null');
  }
  text(path) {
    return this.#ask('GET', path);
  }

  timeline(visit) {
    return this.get(`/api/v1/visits/${visit}/timeline`);
  }
  async entry(visit, id) {
    const found = (await this.timeline(visit)).entries.find((each) => each.id === id);
    if (!found) throw new Error(`${visit} has no entry ${id}`);
    return found;
  }
}
