// SPDX-License-Identifier: EUPL-1.2
// What the pages of tables share: loading anew whenever the visit changes, and a look that prints.
import { css, html, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';

import { explain } from '../state/app';
import { t } from '../i18n';
import { Follow } from '../state/store';
import type { VisitState, VisitStore } from '../state/visit';
import { KoggeElement, look } from '../ui/element';
import { icon } from '../ui/icons';

export const tablesLook = [look, css`
  :host { display: grid; gap: 20px; align-content: start; padding-block-end: 24px; }
  .head { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; justify-content: space-between; }
  .card { background: var(--kogge-paper); border: 1px solid var(--kogge-line); border-radius: var(--kogge-radius); padding: 12px 16px; overflow-x: auto; }
  .cards { display: grid; gap: 14px; grid-template-columns: repeat(auto-fill, minmax(min(24rem, 100%), 1fr)); align-items: start; }
  caption small { display: block; color: var(--kogge-quiet); font-weight: 400; font-size: 0.875rem; }
  .short { color: var(--kogge-release); font-weight: 650; }
  td.number, th.number { text-align: end; font-variant-numeric: tabular-nums; }
  td:last-child, th:last-child { padding-inline-end: 0; }
  @media print {
    .head .row { display: none; }
    .cards { display: block; }
    .card { border: 0; padding: 0 0 12px; break-inside: avoid; overflow: visible; }
    table { font-size: 10pt; }
    thead { display: table-header-group; }
    tr { break-inside: avoid; }
  }
`];

export abstract class TablesPage<T> extends KoggeElement {
  static override styles = tablesLook;

  @property({ attribute: false }) store!: VisitStore;
  @state() protected data: T | null = null;
  @state() private failed = '';
  #follow: Follow<VisitState> | undefined;
  #seen: VisitState | null = null;

  protected abstract load(visit: string): Promise<T>;
  protected abstract tables(data: T): TemplateResult;

  protected override willUpdate(): void {
    this.#follow ??= new Follow(this, this.store);
    if (this.#seen === this.store.value) return;
    if (this.#seen?.timeline === this.store.value.timeline) return; // connection came or went
    this.#seen = this.store.value;
    void this.#fetch();
  }

  async #fetch(): Promise<void> {
    try {
      this.data = await this.load(this.store.id);
      this.failed = '';
    } catch (error) {
      this.failed = explain(error);
    }
  }

  override render() {
    if (this.failed) return html`<p class="error" role="alert">${this.failed}</p>`;
    if (!this.data) return html`<p role="status">${t('app.loading')}</p>`;
    return this.tables(this.data);
  }

  protected titleOf(entity: string, id: string): string {
    const { texts, bars } = this.store.value;
    return texts.get(`${entity}/${id}/title`) ?? bars.find((bar) => bar.entry.id === id)?.entry.title ?? id;
  }
  protected nameOf(person: string): string {
    const rows = this.store.value.timeline?.rows;
    return [...(rows?.people ?? []), ...(rows?.interpreters ?? [])].find(({ id }) => id === person)?.name ?? person;
  }
  protected printButton(): TemplateResult {
    return html`<button type="button" @click=${() => print()}>${icon('print')}${t('logistics.print')}</button>`;
  }
}
