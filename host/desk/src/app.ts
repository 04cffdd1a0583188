// SPDX-License-Identifier: EUPL-1.2
// The shell: masthead, the page the address names, notices. In the light DOM, so that the skip link reaches the content.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';

import { isLanguage, languages, locale, t, type Key } from './i18n';
import './pages/calendars';
import './pages/sign-in';
import './pages/visit';
import './pages/visits';
import { askWho, complain, place, setLanguage, setTheme, signOut, theme, who, type Place, type Theme, type Who } from './state/app';
import { Follow } from './state/store';
import { KoggeElement } from './ui/element';
import { mark } from './ui/icons';
import './ui/toast';

const themes: Theme[] = ['system', 'light', 'dark'];

@customElement('kogge-app')
export class KoggeApp extends KoggeElement {
  #who = new Follow<Who>(this, who);
  #place = new Follow<Place>(this, place);

  constructor() {
    super();
    new Follow(this, theme);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override render() {
    const { session, known } = this.#who.value;
    return html`<div class="shell"><header class="mast">
        <a class="home" href="/">${mark}<span>${t('app.name')}</span></a>
        ${session ? html`<nav aria-label=${t('app.pages')}>${(['visits', 'calendars'] as const).map((page) => html`
          <a href=${page === 'visits' ? '/' : '/calendars'} aria-current=${this.#place.value.page === page ? 'page' : nothing}>${t(`${page}.title`)}</a>`)}</nav>` : nothing}
        <div class="settings">
          <label><span class="away">${t('app.language')}</span><select @change=${this.#language}>${languages.map(({ code, name }) => html`<option value=${code} lang=${code} ?selected=${code === locale.value}>${name}</option>`)}</select></label>
          <label><span class="away">${t('app.theme')}</span><select @change=${(event: Event) => setTheme((event.target as HTMLSelectElement).value as Theme)}>${themes.map((each) => html`<option value=${each} ?selected=${each === theme.value}>${t(`app.theme.${each}` as Key)}</option>`)}</select></label>
          ${session ? html`<span class="user" title=${t('app.signed_in_as', { name: session.user.name })}>${session.user.name}</span>
            <button type="button" @click=${this.#leave}>${t('app.sign_out')}</button>` : nothing}
        </div></header>
      <main id="main" tabindex="-1">${known ? this.#page() : html`<p class="wait" role="status">${t('app.loading')}</p>`}</main></div>
      <kogge-toast></kogge-toast>`;
  }

  #page(): TemplateResult {
    const { session, expired, error } = this.#who.value;
    if (!session && error) return html`<div class="wait" role="alert"><p>${error}</p><p><button type="button" @click=${() => void askWho()}>${t('app.retry')}</button></p></div>`;
    if (!session) return html`<kogge-sign-in ?expired=${expired}></kogge-sign-in>`;
    const at = this.#place.value;
    if (at.page === 'visits') return html`<kogge-visits></kogge-visits>`;
    if (at.page === 'calendars') return html`<kogge-calendars></kogge-calendars>`;
    if (at.page === 'visit') return html`<kogge-visit visit=${at.visit} tab=${at.tab}></kogge-visit>`;
    return html`<div class="wait"><h1>${t('app.not_found')}</h1><p>${t('app.not_found.hint')}</p><p><a href="/">${t('visit.back')}</a></p></div>`;
  }

  protected override updated(): void {
    const skip = document.getElementById('skip');
    if (skip) skip.textContent = t('app.skip');
  }

  #language(event: Event): void {
    const code = (event.target as HTMLSelectElement).value;
    if (isLanguage(code)) setLanguage(code);
  }

  async #leave(): Promise<void> {
    try {
      await signOut();
    } catch (error) {
      complain(error);
    }
  }
}
