// SPDX-License-Identifier: EUPL-1.2
// Calendars that people have elsewhere: their times count as taken. What would come in is shown first; an upload can be
// taken back.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';

import { addElsewhere, askPreview, elsewheres, refreshElsewhere, removeElsewhere, tryElsewhere, undoUpload, type Elsewhere, type NewElsewhere, type Preview } from '../api/calendars';
import type { Named } from '../api/types';
import { locale, localZone, moment, t, tCount, type Key } from '../i18n';
import { client, complain, explain, mayWrite, say } from '../state/app';
import { parseTime } from '../timeline/time';
import '../ui/dialog';
import { KoggeElement } from '../ui/element';
import { icon } from '../ui/icons';
import { select } from '../ui/link-form';
import { calendarLook } from './calendar-look';

const kinds = ['ics', 'caldav', 'file'] as const;
const askAgain = 700; // ms, while somebody else's server is being asked

@customElement('kogge-calendar-elsewhere')
export class KoggeCalendarElsewhere extends KoggeElement {
  static override styles = calendarLook;

  @state() private calendars: Elsewhere[] | null = null;
  @state() private own: string | null = null;
  @state() private people: Named[] = [];
  @state() private adding = false;
  @state() private kind: Elsewhere['kind'] = 'ics';
  @state() private person = '';
  @state() private preview: Preview | null = null;
  @state() private ending: Elsewhere | null = null;
  @state() private failed = '';
  @state() private wrong = '';
  #file = '';
  #fileName = '';
  #wish: NewElsewhere | null = null;
  #language = '';

  protected override willUpdate(): void {
    if (this.#language === locale.value) return;
    this.#language = locale.value;
    void this.#load();
  }

  async #load(): Promise<void> {
    try {
      const { calendars, person } = await elsewheres();
      this.calendars = calendars;
      this.own = person;
      if (mayWrite() && this.people.length === 0)
        this.people = (await client.all<{ id: string; given_name: string; family_name: string }>('person'))
          .map(({ id, given_name, family_name }) => ({ id, name: [given_name, family_name].filter(Boolean).join(' ') }))
          .sort((a, b) => a.name.localeCompare(b.name, locale.value));
      this.person ||= person ?? this.people[0]?.id ?? '';
      this.failed = '';
    } catch (error) {
      this.failed = explain(error);
    }
  }

  override render() {
    const may = mayWrite() || this.own !== null;
    return html`<section aria-labelledby="head"><div class="row"><h2 id="head">${t('elsewhere.title')}</h2>
        ${may ? html`<button type="button" aria-expanded=${this.adding} @click=${() => this.#open(!this.adding)}>${icon('insert')}${t('elsewhere.add')}</button>` : nothing}</div>
      <p class="quiet">${may ? t('elsewhere.intro') : t('elsewhere.nobody')}</p>
      ${this.adding ? html`<div class="card">${this.#form()}</div>` : nothing}
      ${this.failed ? html`<p class="error" role="alert">${this.failed}</p>` : this.#table(this.calendars ?? [])}
      ${this.ending ? this.#ask(this.ending) : nothing}</section>`;
  }

  #form(): TemplateResult {
    const others = this.person !== this.own;
    return html`<form class="fields" novalidate @submit=${this.#try} @input=${() => (this.preview = null)}>
        ${mayWrite() ? select('owner', t('elsewhere.whose'), this.people.map(({ id, name }): [string, string] => [id, name]), this.person, (id) => (this.person = id)) : nothing}
        ${select('from', t('elsewhere.from'), kinds.map((kind): [string, string] => [kind, t(`elsewhere.kind.${kind}`)]), this.kind, (kind) => this.#rekind(kind as Elsewhere['kind']))}
        ${this.kind === 'file' ? html`<div class="field"><label for="file">${t('elsewhere.file')}</label><input id="file" type="file" accept=".ics,text/calendar" @change=${this.#read} /></div>`
          : html`<div class="field"><label for="address">${t('elsewhere.address')}</label><input id="address" type="url" size="34" placeholder="https://" /></div>`}
        ${this.kind === 'caldav' ? html`<div class="field"><label for="login">${t('signin.name')}</label><input id="login" autocomplete="off" /></div>
          <div class="field"><label for="word">${t('signin.password')}</label><input id="word" type="password" autocomplete="new-password" /></div>` : nothing}
        <div class="field"><label for="called">${t('elsewhere.called')}</label><input id="called" maxlength="120" /></div>
        ${others ? html`<div class="field"><label for="consent">${t('elsewhere.consent')}</label><input id="consent" size="30" maxlength="300" /><span class="hint">${t('elsewhere.consent.hint')}</span></div>`
          : html`<div class="field"><span class="row"><input id="details" type="checkbox" /><label for="details">${t('elsewhere.details')}</label></span></div>`}
        <button type="submit" class="primary">${t('elsewhere.preview')}</button></form>
      <div aria-live="polite">${this.wrong ? html`<p class="error">${this.wrong}</p>` : nothing}${this.preview ? this.#shown(this.preview) : nothing}</div>`;
  }

  #shown(preview: Preview): TemplateResult {
    if (preview.state === 'looking') return html`<p role="status">${t('elsewhere.looking')}</p>`;
    if (preview.state === 'failed') return html`<p class="error">${preview.error?.text}</p>`;
    const first = preview.first ?? [];
    return html`<h3 style="margin-block-start:14px">${t('elsewhere.would')}</h3>
      <p>${t('elsewhere.counts', { events: preview.events ?? 0, busy: preview.busy ?? 0, free: preview.free ?? 0 })}</p>
      ${first.length ? html`<table><caption>${t('elsewhere.first')}</caption><tbody>${first.map((each) => {
        const starts = parseTime(each.starts);
        return html`<tr><td class="numbers">${moment(starts.instant, starts.zone)}</td><td>${each.title ?? t('elsewhere.busy')}${each.tentative ? ` · ${t('elsewhere.tentative')}` : ''}</td></tr>`;
      })}</tbody></table>` : nothing}
      ${(preview.remarks ?? []).map((remark) => html`<p class="quiet">${remark}</p>`)}
      <p class="row" style="margin-block-start:12px"><button type="button" class="primary" @click=${() => void this.#add()}>${t('elsewhere.take')}</button>
        <button type="button" @click=${() => this.#open(false)}>${t('app.cancel')}</button></p>`;
  }

  #table(calendars: Elsewhere[]): TemplateResult {
    if (calendars.length === 0) return html`<p class="quiet">${t('elsewhere.none')}</p>`;
    return html`<div class="card"><table>
      <thead><tr><th scope="col">${t('elsewhere.called')}</th><th scope="col">${t('elsewhere.whose')}</th><th scope="col">${t('elsewhere.state')}</th><th scope="col">${t('elsewhere.busy')}</th><th scope="col"><span class="away">${t('calendars.end')}</span></th></tr></thead>
      <tbody>${calendars.map((each) => html`<tr data-calendar=${each.id}>
        <td><b>${each.name}</b> <span class="quiet">${each.kind === 'file' ? t('elsewhere.kind.file') : each.host}</span></td>
        <td data-head=${t('elsewhere.whose')}>${each.person_name}</td>
        <td data-head=${t('elsewhere.state')}>${each.error ? html`<span class="bad">${each.error.text}</span>` : t(`elsewhere.state.${each.state}` as Key)}${each.last_ok ? html` <span class="quiet numbers">${moment(Date.parse(each.last_ok), localZone())}</span>` : nothing}</td>
        <td data-head=${t('elsewhere.busy')} class="numbers">${each.busy}</td>
        <td class="do">${each.kind === 'file' ? nothing : html`<button type="button" @click=${() => void this.#refresh(each)}>${t('elsewhere.refresh')}<span class="away">: ${each.name}</span></button> `}
          <button type="button" @click=${() => (this.ending = each)}>${icon('close')}${t('elsewhere.remove')}<span class="away">: ${each.name}</span></button></td></tr>`)}</tbody></table></div>`;
  }

  #ask(calendar: Elsewhere): TemplateResult {
    return html`<kogge-dialog heading=${t('elsewhere.remove.title', { name: calendar.name })} @closed=${() => (this.ending = null)}>
      <p>${tCount('elsewhere.remove.what', calendar.busy)}</p>
      <p class="row" style="margin-block-start:16px"><button type="button" class="primary" data-first @click=${() => void this.#remove(calendar)}>${t('elsewhere.remove')}</button>
        <button type="button" @click=${() => (this.ending = null)}>${t('app.cancel')}</button></p></kogge-dialog>`;
  }

  #open(adding: boolean): void {
    this.adding = adding;
    this.preview = null;
    this.wrong = '';
  }

  #rekind(kind: Elsewhere['kind']): void {
    this.kind = kind;
    this.preview = null;
    this.#file = '';
  }

  async #read(event: Event): Promise<void> {
    const file = (event.target as HTMLInputElement).files?.[0];
    this.#file = file ? await file.text() : '';
    this.#fileName = file?.name ?? '';
  }

  #wished(): NewElsewhere {
    const value = (id: string): string => this.find<HTMLInputElement>(`#${id}`)?.value.trim() ?? '';
    const consent = value('consent');
    return {
      person: this.person, kind: this.kind, name: value('called') || this.#fileName.replace(/\.ics$/i, ''), show_details: this.find<HTMLInputElement>('#details')?.checked ?? false,
      ...(this.kind === 'file' ? { text: this.#file } : { url: value('address') }),
      ...(this.kind === 'caldav' ? { user: value('login'), password: value('word') } : {}),
      ...(consent ? { consent } : {}),
    };
  }

  async #try(event: Event): Promise<void> {
    event.preventDefault();
    const wish = this.#wished();
    this.wrong = wish.kind === 'file' ? (wish.text ? '' : t('elsewhere.no_file')) : wish.url ? '' : t('elsewhere.no_address');
    if (!this.wrong && this.person !== this.own && !wish.consent) this.wrong = t('elsewhere.no_consent');
    if (this.wrong) return;
    this.#wish = wish;
    try {
      this.preview = await tryElsewhere(wish);
      const { preview } = this.preview;
      while (preview && this.preview?.preview === preview && this.preview.state === 'looking' && this.isConnected) {
        await new Promise((done) => setTimeout(done, askAgain));
        this.preview = await askPreview(preview);
      }
    } catch (error) {
      this.preview = null;
      this.wrong = explain(error);
    }
  }

  async #add(): Promise<void> {
    if (!this.#wish) return;
    try {
      const { id, came_in } = await addElsewhere(this.#wish);
      this.#open(false);
      await this.#load();
      const text = came_in ? tCount('elsewhere.came_in', came_in.new) : t('elsewhere.added');
      say(text, 'good', { label: t('undo'), run: () => void this.#undo(id, !!came_in) });
    } catch (error) {
      this.wrong = explain(error);
    }
  }

  async #undo(id: string, upload: boolean): Promise<void> {
    try {
      await (upload ? undoUpload(id) : removeElsewhere(id));
      await this.#load();
      say(t('undone'), 'good');
    } catch (error) {
      complain(error);
    }
  }

  async #refresh({ id }: Elsewhere): Promise<void> {
    try {
      await refreshElsewhere(id);
      await this.#load();
    } catch (error) {
      complain(error);
    }
  }

  async #remove(calendar: Elsewhere): Promise<void> {
    try {
      await removeElsewhere(calendar.id);
      this.ending = null;
      await this.#load();
      say(t('calendars.ended', { name: calendar.name }), 'good');
    } catch (error) {
      complain(error);
    }
  }
}
