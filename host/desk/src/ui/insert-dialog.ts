// SPDX-License-Identifier: EUPL-1.2
// Insert and shift: a new item after another one; what follows gives way as far as its slack does not.
import { html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';

import type { Entry, Proposal, ProposedEntry } from '../api/types';
import { locale, t, tWord, weekday } from '../i18n';
import { client } from '../state/app';
import { parseTime } from '../timeline/time';
import './preview';
import { ProposalDialog, span } from './proposal-dialog';

const kinds = ['other', 'logistics', 'meal', 'plenary', 'ceremony', 'bilateral', 'meeting', 'tour', 'workshop', 'briefing', 'site_visit', 'press', 'reception', 'culture'];

@customElement('kogge-insert-dialog')
export class KoggeInsertDialog extends ProposalDialog {
  /// What it can come after, in order of time.
  @property({ attribute: false }) entries: Entry[] = [];
  @state() private place = '';
  @state() private name = t('insert.default_name');
  @state() private minutes = '15';
  @state() private kind = 'other';

  override connectedCallback(): void {
    super.connectedCallback();
    this.place = this.entry?.id ?? this.entries[0]?.id ?? '';
  }

  protected heading(): string {
    return t('insert.title');
  }
  protected saveWord(): string {
    return t('insert.save');
  }

  protected propose(signal: AbortSignal): Promise<Proposal> | null {
    const minutes = Number(this.minutes);
    if (!this.place || !this.name.trim() || !Number.isInteger(minutes) || minutes < 1 || minutes > 1440) return null;
    const fields = { title: { text: this.name.trim(), language: locale.value }, item_kind: this.kind, status: 'proposed' };
    return client.insert(this.store.id, this.place, minutes, fields, signal);
  }

  protected override nameOf(entry: ProposedEntry): string {
    return this.titles.get(entry.id) ?? this.name;
  }

  protected form() {
    const minutes = Number(this.minutes);
    const wrong = !Number.isInteger(minutes) || minutes < 1 || minutes > 1440;
    const nameless = !this.name.trim();
    const set = (field: 'place' | 'name' | 'minutes' | 'kind') => (event: Event) => {
      this[field] = (event.target as HTMLInputElement).value;
      this.askSoon();
    };
    return html`<div class="form">
      <div class="field"><label for="after">${t('insert.after')}</label>
        <select id="after" @change=${set('place')}>${this.entries.map((entry) => html`<option value=${entry.id} ?selected=${entry.id === this.place}>${this.#said(entry)}</option>`)}</select></div>
      <div class="field"><label for="name">${t('insert.name')}</label>
        <input id="name" data-first .value=${this.name} aria-invalid=${nameless ? 'true' : 'false'} aria-describedby="name-wrong" @input=${set('name')} />
        <span id="name-wrong" class="error" ?hidden=${!nameless}>${t('insert.missing')}</span></div>
      <div class="field"><label for="minutes">${t('insert.minutes')}</label>
        <input id="minutes" inputmode="numeric" size="5" autocomplete="off" .value=${this.minutes} aria-invalid=${wrong ? 'true' : 'false'} aria-describedby="minutes-wrong" @input=${set('minutes')} />
        <span id="minutes-wrong" class="error" ?hidden=${!wrong}>${t('late.wrong')}</span></div>
      <div class="field"><label for="kind">${t('insert.kind')}</label>
        <select id="kind" @change=${set('kind')}>${kinds.map((kind) => html`<option value=${kind} ?selected=${kind === this.kind}>${tWord('kind', kind)}</option>`)}</select></div>
    </div>`;
  }

  #said(entry: Entry): string {
    const starts = parseTime(entry.starts);
    return `${weekday(starts.instant, starts.zone)}, ${span(entry.starts, entry.ends)} ${this.titleOf(entry.id)}`;
  }
}
