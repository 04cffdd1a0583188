// SPDX-License-Identifier: EUPL-1.2
// The way to move an entry without dragging (WCAG 2.5.7): day and time, then the same preview as after a drag.
import { css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';

import { clock, longDay, t } from '../i18n';
import type { Bar } from '../timeline/rows';
import { addDays, clockOf, dayOf, daysBetween, instantAt, minutesBetween } from '../timeline/time';
import './dialog';
import { KoggeElement, look } from './element';
import './time-field';

@customElement('kogge-move-dialog')
export class KoggeMoveDialog extends KoggeElement {
  static override styles = [look, css`
    form { display: grid; gap: 16px; }
    .fields { display: flex; flex-wrap: wrap; gap: 16px; align-items: start; }
    .actions { display: flex; flex-wrap: wrap; gap: 8px; justify-content: flex-end; padding-block-start: 12px; border-block-start: 1px solid var(--kogge-line); }
  `];

  @property({ attribute: false }) bar!: Bar;
  @property() name = '';
  @property({ attribute: false }) days: string[] = [];
  @state() private day = '';
  @state() private time = '';

  override connectedCallback(): void {
    super.connectedCallback();
    this.day = dayOf(this.bar.from, this.bar.zone);
    this.time = clockOf(this.bar.from, this.bar.zone);
  }

  get #minutes(): number {
    return minutesBetween(this.bar.from, instantAt(this.day, this.time, this.bar.zone, this.bar.from));
  }

  override render() {
    const { bar } = this;
    const same = this.#minutes === 0;
    const ends = bar.to + this.#minutes * 60_000;
    const days = this.days.includes(this.day) ? this.days : daysBetween(addDays(this.day, -1), addDays(this.day, 1));
    return html`<kogge-dialog heading=${t('move.title', { title: this.name })}>
      <form novalidate @submit=${this.#submit}>
        <div class="fields">
          <div class="field"><label for="day">${t('move.day')}</label>
            <select id="day" data-first @change=${(event: Event) => (this.day = (event.target as HTMLSelectElement).value)}>${days.map((day) => html`
              <option value=${day} ?selected=${day === this.day}>${longDay(instantAt(day, '12:00', bar.zone), bar.zone)}</option>`)}</select></div>
          <kogge-time-field label=${t('move.starts')} .value=${this.time} @time=${(event: CustomEvent<string>) => (this.time = event.detail)}></kogge-time-field>
          <div class="field"><span class="label">${t('move.ends')}</span><output class="numbers" style="padding-block:9px">${clock(ends, bar.zoneTo)}</output>
            <span class="hint">${t('move.keep_length', { minutes: minutesBetween(bar.from, bar.to) })}</span></div>
        </div>
        <p class="hint" ?hidden=${!same}>${t('move.same')}</p>
        <div class="actions">
          <button type="button" @click=${this.#close}>${t('app.cancel')}</button>
          <button type="submit" class="primary" ?disabled=${same}>${t('move.preview')}</button></div></form></kogge-dialog>`;
  }

  #submit(event: Event): void {
    event.preventDefault();
    if (this.#minutes === 0) return;
    const minutes = this.#minutes;
    this.#close();
    this.tell('entry-drop', { id: this.bar.entry.id, minutes });
  }

  #close(): void {
    this.find<HTMLElement & { close(): void }>('kogge-dialog')?.close();
  }
}
