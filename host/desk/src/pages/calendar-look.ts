// SPDX-License-Identifier: EUPL-1.2
// What the parts of the page of calendars share.
import { css, html, nothing, type TemplateResult } from 'lit';

import type { Used } from '../api/calendars';
import { localZone, moment, t } from '../i18n';
import { readerName } from '../state/readers';
import { look } from '../ui/element';

export const calendarLook = [look, css`
  :host { display: block; }
  section { display: grid; gap: 12px; }
  h2 { font-size: 1.25rem; }
  .card { background: var(--kogge-paper); border: 1px solid var(--kogge-line); border-radius: 10px; padding: 14px 18px; overflow-x: auto; }
  .fields { display: flex; flex-wrap: wrap; gap: 12px 16px; align-items: end; }
  td.do { text-align: end; white-space: nowrap; }
  td:last-child, th:last-child { padding-inline-end: 0; }
  code { font-size: 0.9375rem; overflow-wrap: anywhere; }
  .state { display: inline-flex; gap: 6px; align-items: center; }
  .bad { color: var(--kogge-release); font-weight: 600; }
  details > summary { cursor: pointer; min-block-size: 24px; font-weight: 550; }
  details > :not(summary) { margin-block-start: 10px; }
  ol { list-style: decimal; padding-inline-start: 1.4em; display: grid; gap: 4px; }
  @media (max-width: 700px) {
    table, tbody, tr, td { display: block; }
    thead { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
    tr { padding-block: 10px; border-block-end: 1px solid var(--kogge-line); }
    td { border: 0; padding: 2px 0; }
    td[data-head]::before { content: attr(data-head) ': '; color: var(--kogge-quiet); }
    td.do { text-align: start; padding-block-start: 6px; }
  }
`];

/// "21 Apr 14:02 · Thunderbird", or that nobody has used it.
export const usedCell = (used: Used | null): TemplateResult =>
  html`<td data-head=${t('calendars.used')}>${used
    ? html`<span class="numbers">${moment(Date.parse(used.at), localZone())}</span>${used.client ? html` · <span title=${used.client}>${readerName(used.client)}</span>` : nothing}`
    : html`<span class="quiet">${t('calendars.never')}</span>`}</td>`;
