// SPDX-License-Identifier: EUPL-1.2
// Calendar links: whose calendar, in which language; the daemon mints a token of its own for each.
import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';

import type { FeedLink, Named, Timeline } from '../api/types';
import { languages, locale, t, type Key, type Language } from '../i18n';
import { client, explain, say } from '../state/app';
import './dialog';
import { KoggeElement, look } from './element';
import { icon } from './icons';

type Scope = 'visit' | 'track' | 'person' | 'vehicle' | 'interpreter';
const scopes: Scope[] = ['visit', 'track', 'person', 'vehicle', 'interpreter'];

@customElement('kogge-feeds-dialog')
export class KoggeFeedsDialog extends KoggeElement {
  static override styles = [look, css`
    form, .made { display: grid; gap: 14px; }
    .fields { display: flex; flex-wrap: wrap; gap: 12px 16px; align-items: end; }
    .made { margin-block-start: 18px; padding: 14px; border: 1px solid var(--kogge-line-strong); border-radius: var(--kogge-radius); background: var(--kogge-good-soft); }
    .link { display: flex; gap: 8px; align-items: stretch; inline-size: 100%; }
    .link input { flex: 1; min-inline-size: 0; font-size: 0.875rem; }
  `];

  @property() visit = '';
  @property({ attribute: false }) timeline: Timeline | null = null;
  @state() private scope: Scope = 'visit';
  @state() private whose = '';
  @state() private language: Language = locale.value;
  @state() private link: FeedLink | null = null;
  @state() private failed = '';

  get #choices(): Named[] {
    const rows = this.timeline?.rows;
    if (!rows || this.scope === 'visit') return [];
    if (this.scope === 'track') return rows.tracks.map((track) => ({ id: track.id, name: `${track.code} · ${track.name}` }));
    const list = { person: rows.people, vehicle: rows.vehicles, interpreter: rows.interpreters }[this.scope];
    return [...list].sort((a, b) => a.name.localeCompare(b.name, locale.value));
  }

  override render() {
    const choices = this.#choices;
    return html`<kogge-dialog heading=${t('feeds.title')}>
      <form novalidate @submit=${this.#make}><p class="quiet">${t('feeds.intro')}</p>
        <div class="fields">
          <div class="field"><label for="scope">${t('feeds.scope')}</label>
            <select id="scope" data-first @change=${this.#rescope}>${scopes.map((scope) => html`<option value=${scope} ?selected=${scope === this.scope}>${t(`feeds.scope.${scope}` as Key)}</option>`)}</select></div>
          ${this.scope === 'visit' ? nothing : html`<div class="field"><label for="whose">${t('feeds.whose')}</label>
            <select id="whose" .value=${this.whose} @change=${(event: Event) => { this.whose = (event.target as HTMLSelectElement).value; this.link = null; }}>${choices.map((choice) => html`
              <option value=${choice.id} ?selected=${choice.id === this.whose}>${choice.name}</option>`)}</select></div>`}
          <div class="field"><label for="language">${t('feeds.language')}</label>
            <select id="language" @change=${(event: Event) => { this.language = (event.target as HTMLSelectElement).value as Language; this.link = null; }}>${languages.map(({ code, name }) => html`
              <option value=${code} lang=${code} ?selected=${code === this.language}>${name}</option>`)}</select></div>
          <button class="primary" type="submit">${icon('calendar')}${t('feeds.make')}</button>
        </div></form>
      <div aria-live="polite">${this.failed ? html`<p class="error">${this.failed}</p>` : nothing}${this.link ? this.#made(this.link) : nothing}</div></kogge-dialog>`;
  }

  #made(link: FeedLink) {
    return html`<div class="made">
      <div class="field"><label for="url">${t('feeds.https')}</label>
        <div class="link"><input id="url" readonly .value=${link.url} @focus=${(event: Event) => (event.target as HTMLInputElement).select()} />
          <button type="button" @click=${() => this.#copy(link.url)}>${t('feeds.copy')}</button></div></div>
      <p><a href=${link.webcal}>${t('feeds.webcal')}</a></p>
      <p class="hint">${t('feeds.once')}</p></div>`;
  }

  #rescope(event: Event): void {
    this.scope = (event.target as HTMLSelectElement).value as Scope;
    this.whose = this.#choices[0]?.id ?? '';
    this.link = null;
  }

  async #make(event: Event): Promise<void> {
    event.preventDefault();
    this.failed = '';
    try {
      this.link = await client.feed(this.visit, this.scope, this.scope === 'visit' ? '' : this.whose, this.language);
    } catch (error) {
      this.failed = explain(error);
    }
  }

  async #copy(url: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(url);
      say(t('feeds.copied'), 'good');
    } catch {
      this.find<HTMLInputElement>('#url')?.select(); // no permission: selected, ready for Ctrl-C
    }
  }
}
