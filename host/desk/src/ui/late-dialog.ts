// SPDX-License-Identifier: EUPL-1.2
// A leg is late: minutes, what follows from it, confirm. Opens with half an hour worked out already.
import { html } from 'lit';
import { customElement, state } from 'lit/decorators.js';

import type { Proposal } from '../api/types';
import { t } from '../i18n';
import { client } from '../state/app';
import './preview';
import { ProposalDialog } from './proposal-dialog';

const presets = [10, 15, 20, 30, 45, 60];
const usual = '30';
const longest = 1440;

@customElement('kogge-late-dialog')
export class KoggeLateDialog extends ProposalDialog {
  @state() private minutes = usual;

  protected heading(): string {
    return t('late.title', { title: this.titleOf(this.entry!.id) });
  }
  protected saveWord(): string {
    return t('late.confirm');
  }

  get #read(): number | null {
    const minutes = Number(this.minutes);
    return Number.isInteger(minutes) && minutes >= 1 && minutes <= longest ? minutes : null;
  }

  protected propose(signal: AbortSignal): Promise<Proposal> | null {
    const minutes = this.#read;
    return minutes === null ? null : client.delay(this.store.id, this.entry!.id, minutes, signal);
  }

  protected form() {
    const wrong = this.#read === null;
    return html`<div class="form">
      <div class="field"><label for="minutes">${t('late.minutes')}</label>
        <input id="minutes" data-first inputmode="numeric" size="5" autocomplete="off" .value=${this.minutes} aria-invalid=${wrong ? 'true' : 'false'}
          aria-describedby=${wrong ? 'wrong' : 'none'} @input=${(event: Event) => this.#set((event.target as HTMLInputElement).value)} />
        <span id=${wrong ? 'wrong' : 'none'} class="error" ?hidden=${!wrong}>${t('late.wrong')}</span></div>
      <div class="chips" role="group" aria-label=${t('late.presets')}>${presets.map((minutes) => html`
        <button type="button" aria-pressed=${String(minutes) === this.minutes} @click=${() => this.#set(String(minutes))}>+${minutes}</button>`)}</div></div>`;
  }

  #set(minutes: string): void {
    this.minutes = minutes.trim();
    this.askSoon();
  }
}
