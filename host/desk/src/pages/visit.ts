// SPDX-License-Identifier: EUPL-1.2
// A visit: its head, its tabs, and around the timeline everything that changes it.
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';

import { Problem } from '../api/client';
import { dateRange, localClock, t, tWord, locale, type Key } from '../i18n';
import { actorName, actorNames } from '../state/actors';
import { explain, notice } from '../state/app';
import { Follow } from '../state/store';
import { VisitStore, type VisitState } from '../state/visit';
import { parseTime } from '../timeline/time';
import { KoggeElement, look } from '../ui/element';
import { icon } from '../ui/icons';
import { levelLook, levelPills } from '../ui/level';
import './languages';
import './logistics';
import './programme';

const tabs = ['programme', 'logistics', 'languages'] as const;
export type Tab = (typeof tabs)[number];

@customElement('kogge-visit')
export class KoggeVisit extends KoggeElement {
  static override styles = [look, levelLook, css`
    :host { display: flex; flex-direction: column; gap: 12px; padding: 14px 20px 16px; }
    :host([tab='programme']) { flex: 1; min-block-size: 0; }
    header { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 4px 24px; align-items: end; }
    .back { font-size: 0.875rem; }
    h1 { overflow-wrap: anywhere; }
    .facts { display: flex; flex-wrap: wrap; gap: 2px 16px; color: var(--kogge-quiet); align-items: center; }
    .facts b { color: var(--kogge-text); font-weight: 600; }
    .right { display: flex; flex-wrap: wrap; gap: 6px 14px; justify-content: flex-end; align-items: center; }
    .live { display: inline-flex; align-items: center; gap: 6px; font-size: 0.875rem; color: var(--kogge-quiet); }
    .dot { inline-size: 8px; block-size: 8px; border-radius: 50%; background: var(--kogge-good); border: 1px solid transparent; }
    .offline { color: var(--kogge-release); font-weight: 600; }
    .changed { max-inline-size: 34ch; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    nav { display: flex; gap: 2px; border-block-end: 1px solid var(--kogge-line-strong); overflow-x: auto; }
    nav a { padding: 8px 14px; min-block-size: 38px; color: var(--kogge-text); text-decoration: none; font-weight: 550; border-block-end: 3px solid transparent; white-space: nowrap; }
    nav a:hover { background: var(--kogge-accent-soft); }
    nav a:focus-visible { outline-offset: -3px; }
    nav a[aria-current] { border-block-end-color: var(--kogge-brass); font-weight: 650; }
    @media (max-width: 700px) {
      :host { padding: 10px; }
      header { grid-template-columns: minmax(0, 1fr); }
      .right { justify-content: flex-start; }
      h1 { font-size: 1.3125rem; }
      nav a { padding-inline: 9px; }
    }
    @media print { nav, .back, .right { display: none; } }
  `];

  @property() visit = '';
  @property() tab: Tab = 'programme';
  @state() private store: VisitStore | null = null;
  #follow: Follow<VisitState> | undefined;

  constructor() {
    super();
    new Follow(this, actorNames);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.visit) this.#open();
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.store?.close();
    this.store = null;
  }
  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('visit') && this.visit !== this.store?.id) this.#open();
  }

  #open(): void {
    this.store?.close();
    this.store = new VisitStore(this.visit);
    if (this.#follow) this.removeController(this.#follow);
    this.#follow = new Follow(this, this.store);
    notice.set(null);
    void this.store.open();
  }

  override render() {
    const now = this.store?.value;
    if (!this.store || !now) return nothing;
    if (now.error) return this.#wrong(now.error);
    if (!now.visit || !now.timeline) return html`<p role="status">${t('app.loading')}</p>`;
    return html`${this.#head(now)}
      <nav aria-label=${t('tab.label')}>${tabs.map((tab) => html`
        <a href="/visits/${this.visit}${tab === 'programme' ? '' : `/${tab}`}" aria-current=${tab === this.tab ? 'page' : nothing}>${t(`tab.${tab}` as Key)}</a>`)}</nav>
      ${this.tab === 'programme' ? html`<kogge-programme .store=${this.store}></kogge-programme>`
        : this.tab === 'logistics' ? html`<kogge-logistics .store=${this.store}></kogge-logistics>`
          : html`<kogge-languages .store=${this.store}></kogge-languages>`}`;
  }

  #head(now: VisitState): TemplateResult {
    const visit = now.visit!;
    const title = now.texts.get(`visit/${visit.id}/title`) ?? visit.title.text;
    const starts = parseTime(visit.starts);
    document.title = `${title} · ${t('app.name')}`;
    const partner = now.partner ? (now.texts.get(`city/${now.partner.id}/name`) ?? now.partner.name.text) : '';
    return html`<header>
      <div><a class="back" href="/">← ${t('visit.back')}</a><h1>${title}</h1>
        <p class="facts">${partner ? html`<b>${partner}</b>` : nothing}<span>${tWord('visitkind', visit.kind_of_visit)}</span>
          <span>${dateRange(starts.instant, parseTime(visit.ends).instant, starts.zone)}</span><span>${tWord('status', visit.status)}</span>
          ${visit.case_number ? html`<span>${t('visit.case', { number: visit.case_number })}</span>` : nothing}</p></div>
      <div class="right">${levelPills(now.findings)}${this.#connection(now)}</div></header>`;
  }

  #connection(now: VisitState): TemplateResult {
    const time = localClock(now.updatedAt);
    const change = now.lastChange;
    const changed = change ? (change.reason ? t('visit.changed_by', { name: actorName(change.actor), reason: change.reason })
      : t('visit.changed_by_plain', { name: actorName(change.actor) })) : '';
    return html`<span class="live" role="status" lang=${locale.value}>${now.connected
      ? html`<span class="dot" aria-hidden="true"></span>${changed ? html`<span class="changed" title=${changed}>${changed}</span>` : html`<span title=${t('visit.updated', { time })}>${t('visit.live')}</span>`}`
      : html`<span class="live offline">${icon('offline')}${t('visit.offline', { time })}</span>`}</span>`;
  }

  #wrong(error: unknown): TemplateResult {
    const gone = error instanceof Problem && error.status === 404;
    return html`<div role="alert"><h1>${gone ? t('visit.gone') : t('app.name')}</h1><p>${explain(error)}</p>
      <p class="row"><button type="button" @click=${() => this.#open()}>${t('app.retry')}</button><a href="/">${t('visit.back')}</a></p></div>`;
  }
}
