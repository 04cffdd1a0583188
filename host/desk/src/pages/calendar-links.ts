// SPDX-License-Identifier: EUPL-1.2
// The calendar links given out: whose, how much, to whom, and who has looked last; a new one, and the end of an old one.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';

import { linksOf, revoke, type Link } from '../api/calendars';
import type { Named, Timeline, Vehicle, Visit } from '../api/types';
import { languages, locale, t, tWord, type Key } from '../i18n';
import { client, complain, explain, say } from '../state/app';
import '../ui/dialog';
import { KoggeElement } from '../ui/element';
import { icon } from '../ui/icons';
import { select, subjectsOf, type Subjects } from '../ui/link-form';
import { calendarLook, usedCell } from './calendar-look';

interface PersonName extends Record<string, unknown> {
  id: string;
  given_name: string;
  family_name: string;
}

@customElement('kogge-calendar-links')
export class KoggeCalendarLinks extends KoggeElement {
  static override styles = calendarLook;

  @state() private visits: Named[] = [];
  @state() private links: Link[] | null = null;
  @state() private visit = '';
  @state() private subjects: Subjects = {};
  @state() private making = false;
  @state() private ending: Link | null = null;
  @state() private failed = '';
  #names = new Map<string, string>();
  #everywhere: Subjects = {};
  #language = '';

  protected override willUpdate(): void {
    if (this.#language === locale.value) return;
    this.#language = locale.value;
    void this.#load();
  }

  async #load(): Promise<void> {
    try {
      const [visits, people, vehicles, venues, interpreters, tracks] = await Promise.all([
        client.visits(), client.all<PersonName>('person'), client.all<Vehicle>('vehicle').catch(() => []), client.all<Named>('venue'),
        client.all<{ person: string }>('interpreter').catch(() => []), client.all<{ id: string; code: string }>('track')]);
      const texts = await Promise.all(visits.map(({ id }) => client.texts(id).catch(() => [])));
      const titles = new Map(texts.flat().map((row) => [`${row.entity}/${row.id}/${row.field}`, row.text]));
      const titleOf = (visit: Visit): string => titles.get(`visit/${visit.id}/title`) ?? visit.title.text;
      const person = people.map(({ id, given_name, family_name }) => ({ id, name: [given_name, family_name].filter(Boolean).join(' ') }));
      const vehicle = vehicles.map(({ id, name, vehicle_kind, seats }) => ({ id, name: (name ?? tWord('mode', vehicle_kind)) + (seats ? ` (${seats})` : '') }));
      const venue = venues.map(({ id, name }) => ({ id, name }));
      const pool = new Set(interpreters.map((each) => each.person));
      this.#everywhere = { person, vehicle, driver: person, interpreter: person.filter(({ id }) => pool.has(id)), venue, office: [] };
      this.#names = new Map([...person, ...vehicle, ...venue].map(({ id, name }) => [id, name]));
      for (const { id, code } of tracks) this.#names.set(id, t('track.named', { code }));
      this.visits = visits.map((each) => ({ id: each.id, name: titleOf(each) }));
      if (this.visit === '') this.subjects = this.#everywhere;
      await this.#list();
      this.failed = '';
    } catch (error) {
      this.failed = explain(error);
    }
  }

  async #list(): Promise<void> {
    const all = await Promise.all(['', ...this.visits.map(({ id }) => id)].map(linksOf));
    this.links = all.flat().sort((a, b) => this.#title(a).localeCompare(this.#title(b), locale.value));
  }

  async #choose(visit: string): Promise<void> {
    try {
      this.subjects = visit ? { ...subjectsOf(await client.timeline(visit) as Timeline), driver: this.#everywhere.driver ?? [] } : this.#everywhere;
      this.visit = visit;
    } catch (error) {
      complain(error);
    }
  }

  #title(link: Link): string {
    if (link.scope === 'office') return t('feeds.scope.office');
    if (link.scope === 'visit') return this.#visitName(link.visit);
    return this.#names.get(link.subject) ?? link.subject;
  }
  #visitName(id: string | null): string {
    return id ? (this.visits.find((visit) => visit.id === id)?.name ?? id) : t('calendars.all_visits');
  }

  override render() {
    return html`<section aria-labelledby="head"><div class="row"><h2 id="head">${t('calendars.links')}</h2>
        <button type="button" aria-expanded=${this.making} @click=${() => (this.making = !this.making)}>${icon('calendar')}${t('calendars.new_link')}</button></div>
      <p class="quiet">${t('feeds.intro')}</p>
      ${this.making ? html`<div class="card">
        <div class="fields" style="margin-block-end:14px">${select('visit', t('calendars.of_visit'), [['', t('calendars.all_visits')], ...this.visits.map(({ id, name }): [string, string] => [id, name])], this.visit, (visit) => void this.#choose(visit))}</div>
        <kogge-link-form visit=${this.visit} .subjects=${this.subjects} @made=${() => void this.#list().catch(complain)}></kogge-link-form></div>` : nothing}
      ${this.failed ? html`<p class="error" role="alert">${this.failed}</p>` : this.links ? this.#table(this.links) : html`<p role="status">${t('app.loading')}</p>`}
      ${this.ending ? this.#ask(this.ending) : nothing}</section>`;
  }

  #table(links: Link[]): TemplateResult {
    if (links.length === 0) return html`<p class="quiet">${t('calendars.no_links')}</p>`;
    return html`<div class="card"><table>
      <thead><tr><th scope="col">${t('feeds.scope')}</th><th scope="col">${t('calendars.of_visit')}</th><th scope="col">${t('app.language')}</th><th scope="col">${t('feeds.detail')}</th>
        <th scope="col">${t('feeds.note')}</th><th scope="col">${t('calendars.used')}</th><th scope="col"><span class="away">${t('calendars.end')}</span></th></tr></thead>
      <tbody>${links.map((link) => html`<tr data-link=${link.id}>
        <td><b>${this.#title(link)}</b> <span class="quiet">${t(`feeds.kind.${link.scope}` as Key)}</span></td>
        <td data-head=${t('calendars.of_visit')}>${link.scope === 'visit' ? '–' : this.#visitName(link.visit)}</td>
        <td data-head=${t('app.language')}>${languages.find(({ code }) => code === link.language)?.name ?? link.language}</td>
        <td data-head=${t('feeds.detail')}>${t(`feeds.detail.${link.detail}`)}</td>
        <td data-head=${t('feeds.note')}>${link.note || '–'}</td>
        ${usedCell(link.used)}
        <td class="do"><button type="button" @click=${() => (this.ending = link)}>${icon('close')}${t('calendars.end')}<span class="away">: ${this.#title(link)}</span></button></td></tr>`)}</tbody></table></div>`;
  }

  #ask(link: Link): TemplateResult {
    return html`<kogge-dialog heading=${t('calendars.end.title', { name: this.#title(link) })} @closed=${() => (this.ending = null)}>
      <p>${link.used ? t('calendars.end.used', { client: link.used.client || t('calendars.somebody') }) : t('calendars.end.unused')}</p>
      <p class="row" style="margin-block-start:16px"><button type="button" class="primary" data-first @click=${() => void this.#end(link)}>${t('calendars.end')}</button>
        <button type="button" @click=${() => (this.ending = null)}>${t('app.cancel')}</button></p></kogge-dialog>`;
  }

  async #end(link: Link): Promise<void> {
    try {
      await revoke(link.id);
      this.ending = null;
      await this.#list();
      say(t('calendars.ended', { name: this.#title(link) }), 'good');
    } catch (error) {
      complain(error);
    }
  }
}
