// SPDX-License-Identifier: EUPL-1.2
// The newest change sets of a visit, each of which can be taken back.
import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';

import type { LogEntry } from '../api/types';
import { moment, t, tCount } from '../i18n';
import { explain } from '../state/app';
import { actorName } from '../state/actors';
import { Follow } from '../state/store';
import type { VisitState, VisitStore } from '../state/visit';
import { KoggeElement, look } from './element';
import { icon } from './icons';

const shownAtMost = 20;
const import_ = 50; // changes; a change set as large as this was an import

@customElement('kogge-history')
export class KoggeHistory extends KoggeElement {
  static override styles = [look, css`
    :host { display: grid; gap: 12px; align-content: start; }
    ol { display: grid; }
    li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 2px 10px; padding-block: 10px; border-block-end: 1px solid var(--kogge-line); align-items: center; }
    .why { font-weight: 550; overflow-wrap: anywhere; }
    .when { grid-row: 2; color: var(--kogge-quiet); font-size: 0.875rem; }
    button { grid-row: 1 / span 2; grid-column: 2; }
  `];

  @property({ attribute: false }) store!: VisitStore;
  @property({ type: Boolean }) editable = false;
  @state() private sets: LogEntry[][] | null = null;
  @state() private failed = '';
  #seen = -1;
  #follow: Follow<VisitState> | undefined;

  protected override willUpdate(): void {
    this.#follow ??= new Follow(this, this.store);
    if (this.#seen === this.store.value.seq) return;
    this.#seen = this.store.value.seq;
    void this.#load();
  }

  async #load(): Promise<void> {
    try {
      this.sets = await this.store.history();
      this.failed = '';
    } catch (error) {
      this.failed = explain(error);
    }
  }

  override render() {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    return html`<h2 tabindex="-1">${t('history.title')}</h2>
      ${this.failed ? html`<p class="error" role="alert">${this.failed}</p>` : nothing}
      ${this.sets === null && !this.failed ? html`<p class="quiet">${t('app.loading')}</p>` : nothing}
      ${this.sets?.length === 0 ? html`<p class="quiet">${t('history.none')}</p>` : nothing}
      <ol>${(this.sets ?? []).slice(0, shownAtMost).map((set) => {
        const last = set[set.length - 1]!;
        const reason = last.reason || (set.length >= import_ ? t('history.import') : t('history.no_reason'));
        return html`<li><span class="why">${reason}</span>
          <span class="when">${moment(Date.parse(last.at), zone)} · ${actorName(last.actor)} · ${tCount('history.count', set.length)}</span>
          ${this.editable && set.length < import_ ? html`<button type="button" aria-label=${t('history.undo', { reason })} @click=${() => this.tell('undo', last.seq)}>${icon('undo')}${t('undo')}</button>` : nothing}</li>`;
      })}</ol>`;
  }

  override focus(): void {
    this.find('h2')?.focus();
  }
}
