// SPDX-License-Identifier: EUPL-1.2
// A change the daemon works out: late leg, insertion, fallback. The form asks, the daemon proposes, the preview shows, one
// click saves. Each kind is a subclass that renders its form and says how to ask.
import { css, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';

import { isBlocked, toConfirm } from '../api/levels';
import type { Entry, Outcome, Proposal, ProposedEntry } from '../api/types';
import { clockSpan, t, tCount } from '../i18n';
import { explain } from '../state/app';
import type { VisitStore } from '../state/visit';
import { parseTime } from '../timeline/time';
import './dialog';
import { KoggeElement, look } from './element';
import { findingCard, findingLook, levelLook } from './level';

const typingPause = 180; // ms

export const proposalLook = [look, levelLook, findingLook, css`
  form { display: grid; gap: 16px; }
  .form { display: flex; flex-wrap: wrap; gap: 12px 16px; align-items: end; }
  .result { display: grid; gap: 14px; min-block-size: 7em; align-content: start; }
  .actions { display: flex; flex-wrap: wrap; gap: 8px; justify-content: flex-end; padding-block-start: 12px; border-block-start: 1px solid var(--kogge-line); position: sticky; inset-block-end: -20px; margin-block-end: -20px; padding-block-end: 14px; background: var(--kogge-raised); }
  td.time { white-space: nowrap; font-variant-numeric: tabular-nums; }
  td.becomes { font-weight: 650; }
  td.why { min-inline-size: 9em; color: var(--kogge-quiet); }
  td:last-child, th:last-child { padding-inline-end: 0; }
  .chips { display: flex; flex-wrap: wrap; gap: 6px; }
  .chips button { min-inline-size: 44px; padding-inline: 10px; }
  @media (max-width: 480px) {
    thead { position: absolute; clip-path: inset(50%); }
    tbody tr { display: grid; grid-template-columns: 1fr 1fr; padding-block: 6px; border-block-end: 1px solid var(--kogge-line); }
    tbody th, tbody td { border: 0; padding-block: 2px; }
    tbody th, tbody td.why { grid-column: 1 / -1; }
  }
`];

export abstract class ProposalDialog extends KoggeElement {
  static override styles = proposalLook;

  @property({ attribute: false }) store!: VisitStore;
  @property({ attribute: false }) titles: ReadonlyMap<string, string> = new Map();
  @property({ attribute: false }) entry: Entry | null = null;

  @state() protected proposal: Proposal | null = null;
  @state() private outcome: Outcome | null = null;
  @state() private failed = '';
  @state() private asking = true; // what is shown may not be what the form says
  @state() private saving = false;
  @state() private confirmed = false;

  #round: AbortController | undefined;
  #pause: ReturnType<typeof setTimeout> | undefined;

  protected abstract heading(): string;
  protected abstract form(): TemplateResult | typeof nothing;
  protected abstract saveWord(): string;
  /// Null while the form is not fit to ask.
  protected abstract propose(signal: AbortSignal): Promise<Proposal> | null;

  protected titleOf(id: string): string {
    return this.titles.get(id) ?? id;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.updateComplete.then(() => this.ask());
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#pause);
    this.#round?.abort();
  }

  protected askSoon(): void {
    this.asking = true;
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => void this.ask(), typingPause);
  }

  protected async ask(): Promise<void> {
    clearTimeout(this.#pause);
    this.#round?.abort();
    const round = (this.#round = new AbortController());
    this.asking = true;
    this.confirmed = false;
    this.failed = '';
    const asked = this.propose(round.signal);
    if (!asked) {
      this.proposal = this.outcome = null;
      this.asking = false;
      return;
    }
    try {
      const proposal = await asked;
      const outcome = proposal.change_set.changes.length ? await this.store.tryChange(proposal.change_set, round.signal) : null;
      if (round.signal.aborted) return;
      this.proposal = proposal;
      this.outcome = outcome;
      this.asking = false;
    } catch (error) {
      if (round.signal.aborted) return;
      this.asking = false;
      this.proposal = this.outcome = null;
      this.failed = explain(error);
    }
  }

  async #save(event: Event): Promise<void> {
    event.preventDefault();
    if (!this.#ready || !this.proposal || !this.outcome) return;
    this.saving = true;
    try {
      const outcome = await this.store.save(this.proposal.change_set, toConfirm(this.outcome).map((finding) => finding.key));
      if (outcome.verdict === 'committed' || outcome.verdict === 'unchanged') {
        this.tell('saved', outcome);
        this.#close();
      } else if (outcome.verdict === 'conflict') {
        await this.ask(); // the plan as it is now, worked out anew
        this.failed = t('error.conflict');
      } else {
        this.outcome = outcome;
        this.confirmed = false;
      }
    } catch (error) {
      this.failed = explain(error);
    } finally {
      this.saving = false;
    }
  }

  #close(): void {
    this.find<HTMLElement & { close(): void }>('kogge-dialog')?.close();
  }

  get #ready(): boolean {
    const { outcome } = this;
    return !!outcome && !this.asking && !this.saving && !isBlocked(outcome) && (toConfirm(outcome).length === 0 || this.confirmed);
  }

  override render() {
    return html`<kogge-dialog heading=${this.heading()}>
      <form novalidate @submit=${this.#save}>
        ${this.form()}
        <div class="result" aria-live="polite">${this.#result()}</div>
        <div class="actions">
          <button type="button" @click=${this.#close}>${t('app.cancel')}</button>
          <button type="submit" class="primary" ?disabled=${!this.#ready}>${this.saveWord()}</button>
        </div></form></kogge-dialog>`;
  }

  #result(): TemplateResult | typeof nothing {
    const { proposal } = this;
    if (this.failed) return html`<p class="error" role="alert">${this.failed}</p>${proposal ? this.plan(proposal) : nothing}`;
    if (!proposal) return this.asking ? html`<p class="quiet">${t('preview.checking')}</p>` : nothing;
    return html`${this.plan(proposal)}
      ${proposal.findings.length ? html`<ul class="row">${proposal.findings.map((finding) => html`<li>${findingCard(finding)}</li>`)}</ul>` : nothing}
      ${this.outcome ? html`<kogge-preview .outcome=${this.outcome} ?confirmed=${this.confirmed}
        @confirmed=${(event: CustomEvent<boolean>) => (this.confirmed = event.detail)}></kogge-preview>` : nothing}`;
  }

  /// What would become of what.
  protected plan({ entries }: Proposal): TemplateResult {
    if (entries.length === 0) return html`<p>${t('preview.entries_none')}</p>`;
    return html`<table><caption>${tCount('preview.entries', entries.length)}</caption>
      <thead><tr><th scope="col">${t('preview.entry')}</th><th scope="col">${t('preview.was')}</th><th scope="col">${t('preview.becomes')}</th><th scope="col">${t('preview.why')}</th></tr></thead>
      <tbody>${entries.map((entry) => html`<tr data-id=${entry.id}><th scope="row">${this.nameOf(entry)}</th>
        <td class="time">${entry.starts && entry.ends ? span(entry.starts, entry.ends) : html`<span class="quiet">${t('preview.new')}</span>`}</td>
        <td class="time becomes">${entry.new_starts && entry.new_ends ? span(entry.new_starts, entry.new_ends) : '–'}</td>
        <td class="why">${entry.why}</td></tr>`)}</tbody></table>`;
  }

  protected nameOf(entry: ProposedEntry): string {
    return this.titles.get(entry.id) ?? entry.id;
  }
}

export const span = (starts: string, ends: string): string => clockSpan(parseTime(starts), parseTime(ends));
