// SPDX-License-Identifier: EUPL-1.2
// The open needs for interpretation, filled as far as the pool goes.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';

import type { AssignProposal, Proposal } from '../api/types';
import { t, tCount } from '../i18n';
import { client } from '../state/app';
import './preview';
import { ProposalDialog } from './proposal-dialog';

@customElement('kogge-assign-dialog')
export class KoggeAssignDialog extends ProposalDialog {
  @property({ attribute: false }) names: ReadonlyMap<string, string> = new Map();
  #assigned: AssignProposal = { assignments: [], open: [], change_set: { reason: '', changes: [] } };

  protected heading(): string {
    return t('assign.title');
  }
  protected saveWord(): string {
    return t('preview.save');
  }
  protected form(): typeof nothing {
    return nothing;
  }

  protected async propose(signal: AbortSignal): Promise<Proposal> {
    this.#assigned = await client.assign(this.store.id, signal);
    return { entries: [], findings: [], change_set: this.#assigned.change_set };
  }

  protected override plan(): TemplateResult {
    const { assignments, open } = this.#assigned;
    if (assignments.length === 0 && open.length === 0) return html`<p>${t('assign.nothing')}</p>`;
    return html`<table><caption>${tCount('assign.count', assignments.length)}</caption>
      <thead><tr><th scope="col">${t('languages.item')}</th><th scope="col">${t('languages.interpreter')}</th></tr></thead>
      <tbody>${assignments.map(({ item, person }) => html`<tr><th scope="row">${this.titleOf(item)}</th><td>${this.names.get(person) ?? person}</td></tr>`)}
        ${open.map(({ item, missing }) => html`<tr><th scope="row">${this.titleOf(item)}</th><td class="error">${tCount('assign.missing', missing)}</td></tr>`)}</tbody></table>`;
  }
}
