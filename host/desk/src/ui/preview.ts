// SPDX-License-Identifier: EUPL-1.2
// What a change would do, before it is saved: findings that come, go or shift, who is told, and, where the daemon wants it,
// the confirmation that somebody has looked. One component for moves, delays, insertions and fallbacks.
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';

import { byWeight, toConfirm } from '../api/levels';
import type { Finding, Outcome } from '../api/types';
import { t, tCount } from '../i18n';
import { KoggeElement, look } from './element';
import { icon } from './icons';
import { findingCard, findingLook, levelLook } from './level';

const namesAtOnce = 8;

@customElement('kogge-preview')
export class KoggePreview extends KoggeElement {
  static override styles = [look, levelLook, findingLook, css`
    :host { display: grid; gap: 14px; align-content: start; }
    section { display: grid; gap: 8px; }
    h3 { display: flex; align-items: center; gap: 6px; }
    ul { display: grid; gap: 6px; }
    .good { color: var(--kogge-good); display: flex; gap: 8px; align-items: center; font-weight: 550; }
    .obstacle { display: grid; gap: 10px; padding: 12px; border: 2px solid var(--kogge-release); border-radius: var(--kogge-radius); background: var(--kogge-release-soft); }
    .obstacle.blocked { border-color: var(--kogge-block); background: var(--kogge-block-soft); }
    .obstacle .finding { background: none; padding: 0; border: 0; }
    .obstacle h3 { color: var(--kogge-release); }
    .obstacle.blocked h3 { color: var(--kogge-block); }
    .confirm { display: flex; gap: 10px; align-items: center; min-block-size: 32px; cursor: pointer; }
    .resolved .finding { border-inline-start-style: dotted; }
    .resolved .what { text-decoration: line-through; text-decoration-thickness: 1px; }
    details summary { cursor: pointer; font-weight: 650; font-size: 0.9375rem; min-block-size: 28px; display: flex; align-items: center; gap: 6px; }
    summary .arrow svg.icon { inline-size: 0.75rem; block-size: 0.75rem; }
    details[open] summary .arrow { transform: rotate(90deg); }
    summary .arrow { display: inline-flex; }
    .names { color: var(--kogge-quiet); font-size: 0.9375rem; }
    .names span { color: var(--kogge-text); }
    .checking { color: var(--kogge-quiet); min-block-size: 3em; }
  `];

  @property({ attribute: false }) outcome: Outcome | null = null;
  @property({ type: Boolean }) checking = false;
  @property({ type: Boolean }) confirmed = false;

  override render() {
    const { outcome } = this;
    if (!outcome) return html`<p class="checking" role="status">${t('preview.checking')}</p>`;
    const obstacles = toConfirm(outcome);
    const others = outcome.introduced.filter(({ level }) => level !== 'block_release' && level !== 'block');
    return html`
      ${this.#obstacles(outcome, obstacles)}
      ${outcome.introduced.length === 0 && outcome.verdict !== 'conflict' ? html`<p class="good">${icon('check')}${t('preview.clean')}</p>` : nothing}
      ${this.#list(t('preview.introduced'), others)}
      ${this.#list(t('preview.shifted'), outcome.shifted)}
      ${this.#list(t('preview.resolved'), outcome.resolved, 'resolved')}
      ${this.#told(outcome)}`;
  }

  #obstacles(outcome: Outcome, obstacles: Finding[]): TemplateResult | typeof nothing {
    if (outcome.verdict === 'conflict')
      return html`<div class="obstacle blocked" role="alert"><h3>${icon('block')}${t('preview.conflict')}</h3><p>${t('error.conflict')}</p></div>`;
    if (outcome.verdict === 'refused') {
      const blocks = outcome.introduced.filter(({ level }) => level === 'block');
      return html`<div class="obstacle blocked" role="alert"><h3>${t('preview.refused')}</h3><ul>${blocks.map((finding) => html`<li>${findingCard(finding)}</li>`)}</ul></div>`;
    }
    if (obstacles.length === 0) return nothing;
    return html`<div class="obstacle" role="group" aria-labelledby="obstacles"><h3 id="obstacles">${t('preview.needs_confirmation')}</h3>
      <ul>${obstacles.map((finding) => html`<li>${findingCard(finding)}</li>`)}</ul>
      <label class="confirm"><input type="checkbox" .checked=${this.confirmed} @change=${(event: Event) =>
        this.tell('confirmed', (event.target as HTMLInputElement).checked)} />${t('preview.confirm')}</label></div>`;
  }

  #list(title: string, findings: Finding[], kind = ''): TemplateResult | typeof nothing {
    if (findings.length === 0) return nothing;
    const sorted = [...findings].sort(byWeight);
    return html`<section class=${kind}><h3>${title}</h3><ul>${sorted.map((finding) => html`<li>${findingCard(finding)}</li>`)}</ul></section>`;
  }

  #told(outcome: Outcome): TemplateResult {
    const names = outcome.affected.map((each) => each.name);
    if (names.length === 0) return html`<section><h3>${t('preview.told')}</h3><p class="quiet">${t('preview.told_nobody')}</p></section>`;
    const few = names.length <= namesAtOnce;
    return html`<section class="told"><details ?open=${few}><summary>${icon('people')}${tCount('preview.told', names.length)}<span class="arrow">${icon('chevron')}</span></summary>
      <p class="names">${names.map((name, i) => html`${i ? ', ' : ''}<span>${name}</span>`)}</p></details></section>`;
  }
}
