// SPDX-License-Identifier: EUPL-1.2
// Calendar links of one visit, made without leaving it; the list of all stands on the page of calendars.
import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';

import type { Timeline } from '../api/types';
import { t } from '../i18n';
import './dialog';
import { KoggeElement, look } from './element';
import { subjectsOf } from './link-form';

@customElement('kogge-feeds-dialog')
export class KoggeFeedsDialog extends KoggeElement {
  static override styles = [look, css`
    p { margin-block-end: 14px; }
    .more { margin-block: 16px 0; }
  `];

  @property() visit = '';
  @property({ attribute: false }) timeline: Timeline | null = null;

  override render() {
    return html`<kogge-dialog heading=${t('feeds.title')}>
      <p class="quiet">${t('feeds.intro')}</p>
      <kogge-link-form data-first visit=${this.visit} .subjects=${this.timeline ? subjectsOf(this.timeline) : { visit: [] }}></kogge-link-form>
      <p class="more"><a href="/calendars">${t('feeds.all')}</a></p></kogge-dialog>`;
  }
}
