// SPDX-License-Identifier: EUPL-1.2
// The list of visits, the next one first.
import { css, html, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';

import type { City, Finding, Visit } from '../api/types';
import { dateRange, locale, t, tWord } from '../i18n';
import { client, explain } from '../state/app';
import { parseTime } from '../timeline/time';
import { KoggeElement, look } from '../ui/element';
import { levelLook, levelPills } from '../ui/level';

@customElement('kogge-visits')
export class KoggeVisits extends KoggeElement {
  static override styles = [look, levelLook, css`
    :host { display: block; padding: 28px 20px 40px; max-inline-size: 76rem; inline-size: 100%; margin-inline: auto; }
    h1 { margin-block-end: 18px; }
    .list { background: var(--kogge-paper); border: 1px solid var(--kogge-line); border-radius: 10px; overflow: hidden; }
    li { position: relative; display: grid; grid-template-columns: minmax(0, 2.2fr) minmax(0, 1fr) minmax(0, 1.3fr) minmax(0, 0.8fr) minmax(0, 1.4fr); gap: 4px 18px; padding: 16px 20px; align-items: center; border-inline-start: 5px solid transparent; }
    li + li { border-block-start: 1px solid var(--kogge-line); }
    li:hover { background: var(--kogge-accent-soft); border-inline-start-color: var(--kogge-brass); }
    a { font-size: 1.125rem; font-weight: 650; text-decoration: none; overflow-wrap: anywhere; }
    a::after { content: ''; position: absolute; inset: 0; }
    a:hover { text-decoration: underline; }
    .kind { display: block; color: var(--kogge-quiet); font-size: 0.9375rem; }
    .key { display: none; }
    .closed { color: var(--kogge-quiet); }
    @media (max-width: 860px) {
      :host { padding: 16px 10px 32px; }
      li { grid-template-columns: minmax(0, 1fr); gap: 6px; padding: 14px; }
      .key { display: inline; color: var(--kogge-quiet); font-size: 0.9375rem; }
      .key::after { content: ': '; }
    }
  `];

  @state() private visits: Visit[] | null = null;
  @state() private failed = '';
  #cities = new Map<string, City>();
  #findings = new Map<string, Finding[]>();
  #titles = new Map<string, string>();
  #language = '';

  protected override willUpdate(): void {
    if (this.#language === locale.value) return;
    this.#language = locale.value;
    void this.#load();
  }

  async #load(): Promise<void> {
    try {
      const [visits, cities, { findings }] = await Promise.all([client.visits(), client.cities(), client.findings()]);
      const texts = await Promise.all(visits.map(({ id }) => client.texts(id).catch(() => [])));
      this.#titles = new Map(texts.flat().map((row) => [`${row.entity}/${row.id}/${row.field}`, row.text]));
      this.#cities = new Map(cities.map((city) => [city.id, city]));
      this.#findings = new Map(visits.map(({ id }) => [id, findings.filter(({ visit }) => visit === id)]));
      this.visits = inOrder(visits);
      this.failed = '';
    } catch (error) {
      this.failed = explain(error);
    }
  }

  override render() {
    document.title = `${t('visits.title')} · ${t('app.name')}`;
    return html`<h1>${t('visits.title')}</h1>${this.#body()}`;
  }

  #body(): TemplateResult {
    if (this.failed) return html`<p class="error" role="alert">${this.failed}</p><p><button type="button" @click=${() => this.#load()}>${t('app.retry')}</button></p>`;
    if (!this.visits) return html`<p role="status">${t('app.loading')}</p>`;
    if (this.visits.length === 0) return html`<p class="quiet">${t('visits.none')}</p>`;
    return html`<ul class="list">${this.visits.map((visit) => this.#row(visit))}</ul>`;
  }

  #row(visit: Visit): TemplateResult {
    const starts = parseTime(visit.starts);
    const city = visit.partner_city ? this.#cities.get(visit.partner_city) : undefined;
    const partner = city ? (this.#titles.get(`city/${city.id}/name`) ?? city.name.text) : '–';
    return html`<li class=${visit.status}>
      <span><a href="/visits/${visit.id}">${this.#titles.get(`visit/${visit.id}/title`) ?? visit.title.text}</a>
        <span class="kind">${tWord('visitkind', visit.kind_of_visit)} · ${tWord('direction', visit.direction)}</span></span>
      <span><span class="key">${t('visits.partner')}</span>${partner}</span>
      <span class="numbers"><span class="key">${t('visits.dates')}</span>${dateRange(starts.instant, parseTime(visit.ends).instant, starts.zone)}</span>
      <span><span class="key">${t('visits.status')}</span>${tWord('status', visit.status)}</span>
      <span>${levelPills(this.#findings.get(visit.id) ?? [])}</span></li>`;
  }
}

/// What is to come, the nearest first; then what is over, the newest first.
function inOrder(visits: Visit[]): Visit[] {
  const now = Date.now();
  const at = (visit: Visit): number => parseTime(visit.starts).instant;
  const over = (visit: Visit): boolean => parseTime(visit.ends).instant < now;
  return [...visits].sort((a, b) => Number(over(a)) - Number(over(b)) || (over(a) ? at(b) - at(a) : at(a) - at(b)));
}
