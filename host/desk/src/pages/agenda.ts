// SPDX-License-Identifier: EUPL-1.2
// The same programme as a list in order of time: what a phone shows first, and what prints.
import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';

import type { Timeline } from '../api/types';
import { clock, longDay, t, tCount, tWord, zoneName } from '../i18n';
import type { Bar } from '../timeline/rows';
import { dayOf, offsetAt } from '../timeline/time';
import type { Marks } from '../timeline/words';
import { KoggeElement, look } from '../ui/element';
import { levelIcon, modeIcon } from '../ui/icons';
import { levelLook, levelName } from '../ui/level';

@customElement('kogge-agenda')
export class KoggeAgenda extends KoggeElement {
  static override styles = [look, levelLook, css`
    :host { display: block; overflow-y: auto; min-block-size: 0; background: var(--kogge-paper); border: 1px solid var(--kogge-line); border-radius: var(--kogge-radius); }
    h2 { padding: 10px 14px; background: var(--kogge-sunken); border-block-end: 1px solid var(--kogge-line-strong); position: sticky; inset-block-start: 0; }
    li + li { border-block-start: 1px solid var(--kogge-line); }
    button { display: grid; grid-template-columns: 5.2em minmax(0, 1fr) auto; gap: 2px 12px; inline-size: 100%; padding: 10px 14px; border: 0; border-radius: 0; background: none; color: var(--kogge-text); text-align: start; align-items: start; justify-content: stretch; font-weight: 400; line-height: 1.35; }
    button:focus-visible { outline-offset: -3px; }
    button.selected { background: var(--kogge-accent-soft); }
    .time { font-variant-numeric: tabular-nums; font-weight: 600; }
    .time span { display: block; color: var(--kogge-quiet); font-weight: 400; }
    .title { font-weight: 550; overflow-wrap: anywhere; }
    .leg .title { font-weight: 400; display: flex; gap: 6px; }
    .leg .title svg { color: var(--kogge-leg-edge); margin-block-start: 2px; }
    .more { display: block; color: var(--kogge-quiet); font-size: 0.9375rem; overflow-wrap: anywhere; }
    .cancelled .title, .cancelled .time { text-decoration: line-through; }
    .fallback { color: var(--kogge-quiet); }
    .none { padding: 14px; }
  `];

  @property({ attribute: false }) bars: readonly Bar[] = [];
  @property() zone = '';
  @property({ attribute: false }) timeline!: Timeline;
  @property({ attribute: false }) titles: ReadonlyMap<string, string> = new Map();
  @property({ attribute: false }) marks: ReadonlyMap<string, Marks> = new Map();
  @property() selected = '';

  override render() {
    const days = new Map<string, Bar[]>();
    for (const bar of this.bars) {
      const day = dayOf(bar.from, this.zone);
      days.set(day, [...(days.get(day) ?? []), bar]);
    }
    if (days.size === 0) return html`<p class="none quiet">${t('timeline.empty_day')}</p>`;
    return [...days.values()].map((bars) => html`<section><h2>${longDay(bars[0]!.from, this.zone)}</h2>
      <ol>${bars.map((bar) => this.#item(bar))}</ol></section>`);
  }

  #item(bar: Bar) {
    const { entry } = bar;
    const leg = entry.entity === 'transport_leg';
    const marks = this.marks.get(entry.id);
    const { rows } = this.timeline;
    const venue = rows.venues.find((each) => each.id === entry.venue)?.name;
    const tracks = rows.tracks.filter((track) => entry.tracks.includes(track.id)).map((track) => track.code).join(' ');
    const more = [leg ? tWord('mode', entry.mode ?? 'other') : venue, tracks, ['confirmed', 'planned'].includes(entry.status) ? '' : tWord('status', entry.status)];
    return html`<li><button type="button" class="${leg ? 'leg' : 'item'} ${entry.status} ${entry.id === this.selected ? 'selected' : ''}" data-entry=${entry.id}
      @click=${() => this.tell('entry-select', { id: entry.id })}>
      <span class="time">${this.#at(bar.from, bar.zone)}<span>${this.#at(bar.to, bar.zoneTo)}</span></span>
      <span><span class="title">${leg ? modeIcon(entry.mode ?? '') : nothing}<span>${this.titles.get(entry.id) ?? entry.title}</span></span>
        <span class="more">${more.filter(Boolean).join(' · ')}</span></span>
      ${marks ? html`<span class="level ${marks.level} numbers">${levelIcon(marks.level)}<span class="away">${levelName(marks.level)}, ${tCount('entry.findings', marks.count)}</span></span>` : html`<span></span>`}
    </button></li>`;
  }

  #at(instant: number, zone: string): string {
    return clock(instant, zone) + (offsetAt(instant, zone) !== offsetAt(instant, this.zone) ? ` ${zoneName(instant, zone)}` : '');
  }

  show(id: string): void {
    const button = this.find<HTMLElement>(`[data-entry="${CSS.escape(id)}"]`);
    button?.focus();
    button?.scrollIntoView({ block: 'nearest' });
  }
}
