// SPDX-License-Identifier: EUPL-1.2
// One entry of the programme: when, where, who, what the checks say, and what can be done with it.
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';

import type { Finding, Timeline } from '../api/types';
import { clockSpan, longDay, t, tCount, tWord } from '../i18n';
import type { Bar } from '../timeline/rows';
import { minutesBetween } from '../timeline/time';
import { KoggeElement, look } from './element';
import { icon } from './icons';
import { findingCard, findingLook, levelLook } from './level';
import './seen';

@customElement('kogge-details')
export class KoggeDetails extends KoggeElement {
  static override styles = [look, levelLook, findingLook, css`
    :host { display: grid; gap: 14px; align-content: start; }
    dl { display: grid; grid-template-columns: minmax(5.5rem, auto) minmax(0, 1fr); gap: 6px 14px; }
    dt { color: var(--kogge-quiet); font-size: 0.9375rem; }
    dd { overflow-wrap: anywhere; }
    .when { font-weight: 650; font-variant-numeric: tabular-nums; }
    ul { display: grid; gap: 6px; }
    summary { cursor: pointer; min-block-size: 24px; }
    .id { color: var(--kogge-quiet); font-size: 0.875rem; }
  `];

  @property({ attribute: false }) bar!: Bar;
  @property() name = '';
  @property() zone = '';
  @property({ attribute: false }) timeline!: Timeline;
  @property({ attribute: false }) titles: ReadonlyMap<string, string> = new Map();
  @property({ attribute: false }) findings: Finding[] = [];
  @property({ type: Boolean }) editable = false;
  @property() visit = '';

  override render() {
    const { bar } = this;
    const { entry } = bar;
    const { rows } = this.timeline;
    const named = (list: { id: string; name: string }[], id: string): string => list.find((each) => each.id === id)?.name ?? id;
    const leg = entry.entity === 'transport_leg';
    const tracks = rows.tracks.filter((track) => entry.tracks.includes(track.id)).map((track) => track.code);
    return html`
      <div><h2 tabindex="-1">${this.name}</h2><p class="id">${leg ? tWord('mode', entry.mode ?? 'other') : tWord('kind', entry.kind)} · ${entry.id}</p></div>
      ${this.editable ? this.#actions(leg) : nothing}
      <dl>
        ${row(t('details.time'), html`<span class="when">${clockSpan({ instant: bar.from, zone: bar.zone }, { instant: bar.to, zone: bar.zoneTo }, this.zone)}</span><br />
          <span class="quiet">${longDay(bar.from, bar.zone)} · ${tCount('minutes', minutesBetween(bar.from, bar.to))}</span>`)}
        ${leg ? row(t('details.route'), `${named(rows.venues, entry.from ?? '')} → ${named(rows.venues, entry.to ?? '')}`)
          : entry.venue ? row(t('details.place'), named(rows.venues, entry.venue)) : nothing}
        ${row(t('details.status'), tWord('status', entry.status))}
        ${entry.service ? row(t('details.service'), entry.service) : nothing}
        ${entry.vehicle ? row(t('details.vehicle'), named(rows.vehicles, entry.vehicle)) : nothing}
        ${entry.fallback_of ? row(t('details.fallback_for'), this.titles.get(entry.fallback_of) ?? entry.fallback_of) : nothing}
        ${tracks.length ? row(t('details.tracks'), tracks.join(', ')) : nothing}
        ${row(t('details.people'), entry.people.length === 0 ? '0' : html`<details><summary>${tCount('details.people', entry.people.length)}</summary>
          <ul>${entry.people.map((id) => html`<li>${named(rows.people, id)}</li>`)}</ul></details>`)}
        ${entry.interpreters.length ? row(t('details.interpreters'), entry.interpreters.map((id) => named(rows.interpreters, id)).join(', ')) : nothing}
      </dl>
      ${this.editable && this.visit ? html`<kogge-seen visit=${this.visit} .entry=${entry}></kogge-seen>` : nothing}
      ${this.findings.length ? html`<ul>${this.findings.map((finding) => html`<li>${findingCard(finding)}</li>`)}</ul>` : nothing}`;
  }

  override focus(): void {
    this.find('h2')?.focus();
  }

  #actions(leg: boolean): TemplateResult {
    const { entry } = this.bar;
    const act = (what: string) => () => this.tell('act', what);
    const standby = entry.status === 'fallback' || entry.status === 'cancelled';
    const tookOver = entry.status === 'active' && !!entry.fallback_of;
    const spare = this.timeline.entries.find((each) => each.fallback_of === entry.id && each.status !== 'cancelled');
    return html`<div class="row">
      ${leg && !standby ? html`<button type="button" class="primary" @click=${act('late')}>${icon('late')}${t('details.late')}</button>` : nothing}
      <button type="button" @click=${act('move')}>${icon('move')}${t('details.move')}</button>
      ${spare && !standby ? html`<button type="button" @click=${act('fallback')}>${icon('swap')}${t('details.fallback')}</button>` : nothing}
      ${tookOver ? html`<button type="button" @click=${act('fallback')}>${icon('swap')}${t('details.switch_back')}</button>` : nothing}
      ${standby ? nothing : html`<button type="button" @click=${act('insert')}>${icon('insert')}${t('details.insert')}</button>`}</div>`;
  }
}

const row = (name: string, value: unknown): TemplateResult => html`<dt>${name}</dt><dd>${value}</dd>`;
