// SPDX-License-Identifier: EUPL-1.2
// A time of day in 24 hours, in every language: the browser's own field follows the browser's language, not the page's.
import { css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';

import { t } from '../i18n';
import { readClock } from '../timeline/time';
import { KoggeElement, look } from './element';

@customElement('kogge-time-field')
export class KoggeTimeField extends KoggeElement {
  static override styles = [look, css`
    :host { display: block; }
    input { inline-size: 6.5em; font-variant-numeric: tabular-nums; }
    .controls { display: flex; gap: 4px; }
  `];

  @property() label = '';
  @property() value = '';
  @state() private wrong = '';

  override render() {
    return html`<div class="field"><label for="time">${this.label}</label>
      <div class="controls">
        <button type="button" aria-label="${t('time.earlier')}, ${this.label}" @click=${() => this.#step(-5)}>−5</button>
        <input id="time" inputmode="numeric" autocomplete="off" maxlength="5" .value=${this.value} aria-describedby="hint"
          aria-invalid=${this.wrong ? 'true' : 'false'} @change=${this.#read} @keydown=${this.#keys} />
        <button type="button" aria-label="${t('time.later')}, ${this.label}" @click=${() => this.#step(5)}>+5</button>
      </div>
      <div id="hint" class=${this.wrong ? 'error' : 'hint'} role=${this.wrong ? 'alert' : 'note'}>${this.wrong || t('time.hint')}</div></div>`;
  }

  override focus(): void {
    this.find<HTMLInputElement>('input')?.focus();
  }

  #read(event: Event): void {
    const text = (event.target as HTMLInputElement).value;
    const read = readClock(text);
    this.wrong = read ? '' : t('time.wrong', { value: text });
    if (read) this.#set(read);
  }

  #keys(event: KeyboardEvent): void {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    this.#step(event.key === 'ArrowUp' ? 5 : -5);
  }

  #step(minutes: number): void {
    const [hours = 0, mins = 0] = this.value.split(':').map(Number);
    const total = (hours * 60 + mins + minutes + 1440) % 1440;
    this.wrong = '';
    this.#set(`${String(Math.floor(total / 60)).padStart(2, '0')}:${String(total % 60).padStart(2, '0')}`);
  }

  #set(value: string): void {
    this.value = value;
    this.tell('time', value);
  }
}
