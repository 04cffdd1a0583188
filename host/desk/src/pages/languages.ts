// SPDX-License-Identifier: EUPL-1.2
// Where interpreters are needed, who does not follow what is spoken, and how much each interpreter works.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';

import type { Interpreters, LanguageGaps, Outcome } from '../api/types';
import { t, tWord, weekday } from '../i18n';
import { client, mayWrite } from '../state/app';
import { saidSaved } from '../state/saved';
import { parseTime } from '../timeline/time';
import '../ui/assign-dialog';
import { icon } from '../ui/icons';
import { span } from '../ui/proposal-dialog';
import { TablesPage } from './tables';

interface Lists {
  interpreters: Interpreters;
  gaps: LanguageGaps;
}

const item = 'programme_item';

@customElement('kogge-languages')
export class KoggeLanguages extends TablesPage<Lists> {
  @state() private assigning = false;

  protected async load(visit: string): Promise<Lists> {
    const [interpreters, gaps] = await Promise.all([client.interpreters(visit), client.languageGaps(visit)]);
    return { interpreters, gaps };
  }

  protected tables({ interpreters, gaps }: Lists): TemplateResult {
    const open = interpreters.needs.some(({ assigned, needed }) => assigned.length < needed);
    return html`<div class="head"><h2>${t('tab.languages')}</h2><div class="row">
        ${open && mayWrite() ? html`<button type="button" @click=${() => (this.assigning = true)}>${icon('people')}${t('assign.button')}</button>` : nothing}${this.printButton()}</div></div>
      ${this.#needs(interpreters)}${this.#gaps(gaps)}${this.#load(interpreters)}
      ${this.assigning ? html`<kogge-assign-dialog .store=${this.store} .titles=${new Map(interpreters.needs.map((need) => [need.item, this.titleOf(item, need.item)]))}
        .names=${new Map(interpreters.pool.map(({ person, name }) => [person, name]))} @closed=${() => (this.assigning = false)}
        @saved=${(event: CustomEvent<Outcome>) => saidSaved(this.store, event.detail)}></kogge-assign-dialog>` : nothing}`;
  }

  #needs({ needs, pool }: Interpreters): TemplateResult {
    const names = new Map(pool.map(({ person, name }) => [person, name]));
    return html`<div class="card"><table><caption>${t('languages.needs')}</caption>
      <thead><tr><th scope="col">${t('languages.item')}</th><th scope="col">${t('languages.when')}</th><th scope="col">${t('languages.mode')}</th><th scope="col">${t('languages.pair')}</th>
        <th scope="col" class="number">${t('languages.needed')}</th><th scope="col">${t('languages.assigned')}</th></tr></thead>
      <tbody>${needs.length === 0 ? html`<tr><td colspan="6">${t('languages.no_needs')}</td></tr>` : needs.map((need) => {
        const starts = parseTime(need.starts);
        const short = need.assigned.length < need.needed;
        return html`<tr><th scope="row">${this.titleOf(item, need.item)}</th><td>${weekday(starts.instant, starts.zone)}, ${span(need.starts, need.ends)}</td>
          <td>${tWord('mode', need.mode)}</td><td>${need.from} ↔ ${need.to}</td><td class="number">${need.needed}</td>
          <td class=${short ? 'short' : ''}>${need.assigned.length ? need.assigned.map((person) => names.get(person) ?? this.nameOf(person)).join(', ') : t('languages.nobody')}</td></tr>`;
      })}</tbody></table></div>`;
  }

  #gaps({ gaps }: LanguageGaps): TemplateResult {
    const rows = Object.entries(gaps);
    return html`<div class="card"><table><caption>${t('languages.gaps')}</caption>
      <thead><tr><th scope="col">${t('languages.item')}</th><th scope="col">${t('languages.people')}</th><th scope="col">${t('languages.covered')}</th></tr></thead>
      <tbody>${rows.length === 0 ? html`<tr><td colspan="3">${t('languages.no_gaps')}</td></tr>` : rows.map(([id, gap]) => html`
        <tr><th scope="row">${this.titleOf(item, id)}</th><td>${gap.persons.map((person) => this.nameOf(person)).join(', ')}</td>
          <td class=${gap.covered_by ? '' : 'short'}>${gap.covered_by ? tWord('mode', gap.covered_by) : t('languages.uncovered')}</td></tr>`)}</tbody></table></div>`;
  }

  #load({ pool, minutes }: Interpreters): TemplateResult {
    const days = [...new Set(Object.values(minutes).flatMap((each) => Object.keys(each)))].sort();
    const noon = (day: string): number => Date.parse(`${day}T12:00:00Z`);
    return html`<div class="card"><table><caption>${t('languages.load')}</caption>
      <thead><tr><th scope="col">${t('languages.interpreter')}</th>${days.map((day) => html`<th scope="col" class="number">${weekday(noon(day), 'UTC')}</th>`)}
        <th scope="col" class="number">${t('languages.limit')}</th></tr></thead>
      <tbody>${pool.map(({ person, name, day_limit_minutes }) => html`<tr><th scope="row">${name}</th>${days.map((day) => {
        const worked = minutes[person]?.[day] ?? 0;
        return html`<td class="number ${worked > day_limit_minutes ? 'short' : ''}">${worked || '–'}</td>`;
      })}<td class="number">${day_limit_minutes}</td></tr>`)}</tbody></table></div>`;
  }
}
