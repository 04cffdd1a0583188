// SPDX-License-Identifier: EUPL-1.2
// The findings of a visit, by level; each one leads to its cause.
import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';

import { byWeight, countByLevel, levels } from '../api/levels';
import type { Finding, Level } from '../api/types';
import { t, tCount } from '../i18n';
import { KoggeElement, look } from './element';
import { icon, levelIcon } from './icons';
import { findingCard, findingLook, levelLook, levelName } from './level';

@customElement('kogge-findings')
export class KoggeFindings extends KoggeElement {
  static override styles = [look, levelLook, findingLook, css`
    :host { display: grid; gap: 12px; align-content: start; }
    .filter { display: flex; flex-wrap: wrap; gap: 6px; }
    .filter button { min-block-size: 32px; min-inline-size: 44px; padding: 3px 10px; border-radius: 99px; font-variant-numeric: tabular-nums; }
    .filter button[aria-pressed='false'] { background: none; color: var(--kogge-quiet); text-decoration: line-through; border-style: dashed; }
    .filter button[aria-pressed='true'] { background: var(--soft); border-color: currentColor; }
    .filter button[aria-pressed='true']:hover:not(:disabled) { background: var(--soft); border-color: currentColor; box-shadow: 0 0 0 1px currentColor; }
    .filter .block[aria-pressed='true'] { color: var(--kogge-block); }
    .filter .block_release[aria-pressed='true'] { color: var(--kogge-release); }
    .filter .warn[aria-pressed='true'] { color: var(--kogge-warn); }
    .filter .note[aria-pressed='true'] { color: var(--kogge-note); }
    ul { display: grid; gap: 8px; }
    .jump { grid-column: 2; justify-self: start; min-block-size: 28px; padding: 2px 0; border: 0; background: none; font-size: 0.875rem; text-decoration: underline; text-underline-offset: 0.2em; }
    .jump svg.icon { inline-size: 0.75rem; block-size: 0.75rem; }
    .jump:hover:not(:disabled) { background: none; text-decoration-thickness: 2px; }
    :host(:dir(rtl)) .jump svg { transform: scaleX(-1); }
  `];

  @property({ attribute: false }) findings: Finding[] = [];
  /// Where a finding leads to; null when there is nothing to show.
  @property({ attribute: false }) cause: (finding: Finding) => string | null = () => null;
  @state() private hidden_: ReadonlySet<Level> = new Set();

  override render() {
    const counts = countByLevel(this.findings);
    const shown = this.findings.filter(({ level }) => !this.hidden_.has(level));
    shown.sort(byWeight);
    return html`<h2>${t('findings.title')} <span class="quiet numbers">${this.findings.length}</span></h2>
      ${this.findings.length === 0 ? html`<p class="quiet">${t('findings.none')}</p>` : html`
        <div class="filter" role="group" aria-label=${t('findings.filter')}>${levels.filter((level) => counts.has(level)).map((level) => html`
          <button type="button" class=${level} aria-pressed=${!this.hidden_.has(level)} title=${levelName(level)}
            aria-label=${t('level.count', { level: levelName(level), n: counts.get(level)! })} @click=${() => this.#flip(level)}>${levelIcon(level)}${counts.get(level)}</button>`)}</div>`}
      <p class="away" role="status">${tCount('entry.findings', shown.length)}</p>
      ${this.findings.length && shown.length === 0 ? html`<p class="quiet">${t('findings.none_left')}</p>` : nothing}
      <ul>${shown.map((finding) => html`<li data-code=${finding.code}>${findingCard(finding, this.cause(finding) === null ? nothing : html`
        <button type="button" class="jump" aria-label="${t('findings.jump')}: ${finding.subject}" @click=${() => this.tell('jump', finding)}>${t('findings.jump')}${icon('chevron')}</button>`)}</li>`)}</ul>`;
  }

  #flip(level: Level): void {
    const hidden = new Set(this.hidden_);
    if (!hidden.delete(level)) hidden.add(level);
    this.hidden_ = hidden;
  }
}
