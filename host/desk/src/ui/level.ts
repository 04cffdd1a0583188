// SPDX-License-Identifier: EUPL-1.2
// Findings by level: the badge of one level, and the list of findings.
import { css, html, nothing, type TemplateResult } from 'lit';

import { countByLevel, levels } from '../api/levels';
import type { Finding, Level } from '../api/types';
import { t, type Key } from '../i18n';
import { levelIcon } from './icons';

export const levelName = (level: Level): string => t(`level.${level}` as Key);

export const levelLook = css`
  .level { display: inline-flex; align-items: center; gap: 5px; font-weight: 600; white-space: nowrap; }
  .level svg.icon { inline-size: 1rem; block-size: 1rem; }
  .pill { padding: 2px 9px 2px 6px; border-radius: 99px; border: 1px solid currentColor; font-size: 0.875rem; line-height: 1.4; }
  .block { color: var(--kogge-block); --soft: var(--kogge-block-soft); }
  .block_release { color: var(--kogge-release); --soft: var(--kogge-release-soft); }
  .warn { color: var(--kogge-warn); --soft: var(--kogge-warn-soft); }
  .note { color: var(--kogge-note); --soft: var(--kogge-note-soft); }
  .pill.block, .pill.block_release, .pill.warn, .pill.note { background: var(--soft); }
`;

/// "⬣ 4", with the level in words for those who do not see shape and colour.
export function levelPills(findings: readonly Finding[]): TemplateResult | typeof nothing {
  const counts = countByLevel(findings);
  if (counts.size === 0) return html`<span class="quiet">${t('visits.no_findings')}</span>`;
  return html`<span class="row">${levels.filter((level) => counts.has(level)).map((level) => html`
    <span class="level pill ${level} numbers" title=${levelName(level)}>${levelIcon(level)}<span class="away">${levelName(level)}: </span>${counts.get(level)}</span>`)}</span>`;
}

export const findingLook = css`
  .finding { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 2px 9px; padding: 9px 10px; border-inline-start: 4px solid currentColor; background: var(--soft); border-radius: 3px; }
  .finding > svg.icon { margin-block-start: 1px; }
  .finding .what { unicode-bidi: plaintext; color: var(--kogge-text); overflow-wrap: anywhere; }
  .finding .code { grid-column: 2; color: var(--kogge-quiet); font-size: 0.8125rem; font-weight: 500; overflow-wrap: anywhere; }
`;

export function findingCard(finding: Finding, action: TemplateResult | typeof nothing = nothing): TemplateResult {
  return html`<div class="finding ${finding.level}">${levelIcon(finding.level)}
    <div class="what"><span class="away">${levelName(finding.level)}: </span>${finding.text}</div>
    <div class="code">${levelName(finding.level)} · ${finding.code} · ${finding.subject}</div>${action}</div>`;
}
