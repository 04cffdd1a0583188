// SPDX-License-Identifier: EUPL-1.2
// Calendar programs that sign in by CalDAV: the address, how the usual ones are set up, and a password for each.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';

import { appPasswords, makeAppPassword, revoke, type AppPassword } from '../api/calendars';
import { t, type Key } from '../i18n';
import { complain, explain, mayWrite, say, who } from '../state/app';
import { copy } from '../ui/copy';
import { KoggeElement } from '../ui/element';
import { icon } from '../ui/icons';
import { calendarLook, usedCell } from './calendar-look';

const programs = ['thunderbird', 'apple', 'ios', 'davx5', 'evolution'] as const;

@customElement('kogge-calendar-programs')
export class KoggeCalendarPrograms extends KoggeElement {
  static override styles = calendarLook;

  @state() private passwords: AppPassword[] | null = null;
  @state() private made: { name: string; secret: string } | null = null;
  @state() private missing = false;
  @state() private failed = '';

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  async #load(): Promise<void> {
    try {
      this.passwords = await appPasswords(this.#user);
      this.failed = '';
    } catch (error) {
      this.failed = explain(error);
    }
  }

  get #user(): string {
    return who.value.session?.user.name ?? '';
  }

  override render() {
    const name = this.#user;
    return html`<section aria-labelledby="head"><h2 id="head">${t('programs.title')}</h2>
      <p class="quiet">${mayWrite() ? t('programs.intro') : t('programs.intro_reader')}</p>
      <div class="card"><div class="fields">
          <div class="field"><span class="label">${t('programs.address')}</span><code>${location.origin}/dav/</code></div>
          <div class="field"><span class="label">${t('signin.name')}</span><code>${name}</code></div></div>
        <div style="margin-block-start:14px">${programs.map((program) => html`<details><summary>${t(`programs.${program}` as Key)}</summary>
          <ol>${t(`programs.${program}.steps` as Key, { address: `${location.origin}/dav/`, host: location.host, name }).split(' | ').map((step) => html`<li>${step}</li>`)}</ol></details>`)}</div></div>
      <h3>${t('programs.passwords')}</h3>
      <p class="quiet">${t('programs.passwords.why')}</p>
      <form class="fields" novalidate @submit=${this.#make}>
        <div class="field"><label for="program">${t('programs.name')}</label><input id="program" maxlength="80" aria-invalid=${this.missing} aria-describedby="missing" /></div>
        <button type="submit">${t('programs.make')}</button></form>
      <p id="missing" class="error" role="alert">${this.missing ? t('programs.missing') : nothing}</p>
      <div aria-live="polite">${this.made ? this.#shown(this.made) : nothing}</div>
      ${this.failed ? html`<p class="error" role="alert">${this.failed}</p>` : this.#table(this.passwords ?? [])}</section>`;
  }

  #shown({ name, secret }: { name: string; secret: string }): TemplateResult {
    return html`<div class="card"><div class="field"><label for="secret">${t('programs.made', { name })}</label>
      <div class="row"><input id="secret" readonly size="48" .value=${secret} @focus=${(event: Event) => (event.target as HTMLInputElement).select()} />
        <button type="button" @click=${() => copy(secret, this.find<HTMLInputElement>('#secret'))}>${t('feeds.copy')}</button></div></div>
      <p class="hint">${t('programs.once')}</p></div>`;
  }

  #table(passwords: AppPassword[]): TemplateResult | typeof nothing {
    if (passwords.length === 0) return nothing;
    return html`<div class="card"><table>
      <thead><tr><th scope="col">${t('programs.name')}</th><th scope="col">${t('calendars.used')}</th><th scope="col"><span class="away">${t('calendars.end')}</span></th></tr></thead>
      <tbody>${passwords.map((each) => html`<tr><td><b>${each.name}</b></td>${usedCell(each.used)}
        <td class="do"><button type="button" @click=${() => void this.#end(each)}>${icon('close')}${t('calendars.end')}<span class="away">: ${each.name}</span></button></td></tr>`)}</tbody></table></div>`;
  }

  async #make(event: Event): Promise<void> {
    event.preventDefault();
    const name = this.find<HTMLInputElement>('#program')?.value.trim() ?? '';
    this.missing = !name;
    if (!name) return;
    try {
      const { token } = await makeAppPassword(this.#user, name, mayWrite() ? ['read', 'write'] : ['read']);
      this.made = { name, secret: token };
      await this.#load();
    } catch (error) {
      complain(error);
    }
  }

  async #end(password: AppPassword): Promise<void> {
    try {
      await revoke(password.id);
      this.made = null;
      await this.#load();
      say(t('calendars.ended', { name: password.name }), 'good');
    } catch (error) {
      complain(error);
    }
  }
}
