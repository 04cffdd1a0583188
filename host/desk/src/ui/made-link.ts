// SPDX-License-Identifier: EUPL-1.2
// A link just made: it is shown only now, so everything one may want of it is here.
import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';

import type { MadeLink } from '../api/calendars';
import { t } from '../i18n';
import { copy } from './copy';
import { KoggeElement, look } from './element';
import { icon } from './icons';
import { qr } from './qr';

@customElement('kogge-made-link')
export class KoggeMadeLink extends KoggeElement {
  static override styles = [look, css`
    :host { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 14px 20px; align-items: start; margin-block-start: 18px; padding: 14px; border: 1px solid var(--kogge-line-strong); border-radius: var(--kogge-radius); background: var(--kogge-good-soft); }
    .words { display: grid; gap: 12px; }
    .link { display: flex; gap: 8px; align-items: stretch; inline-size: 100%; }
    .link input { flex: 1; min-inline-size: 0; font-size: 0.875rem; }
    .qr { inline-size: 148px; block-size: 148px; display: block; border-radius: 4px; forced-color-adjust: none; }
    @media (max-width: 600px) { :host { grid-template-columns: minmax(0, 1fr); } }
  `];

  @property({ attribute: false }) link!: MadeLink;

  override render() {
    const { url, webcal } = this.link;
    return html`<div class="words">
        <div class="field"><label for="url">${t('feeds.https')}</label>
          <div class="link"><input id="url" readonly .value=${url} @focus=${(event: Event) => (event.target as HTMLInputElement).select()} />
            <button type="button" @click=${() => copy(url, this.find<HTMLInputElement>('#url'))}>${t('feeds.copy')}</button></div></div>
        <p class="row"><a class="button" href=${webcal}>${icon('calendar')}${t('feeds.webcal')}</a>
          <a class="button" href=${pageOf(url)} target="_blank" rel="noreferrer">${t('feeds.page')}</a></p>
        <p class="hint">${t('feeds.page.hint')}</p>
        <p class="hint">${t('feeds.once')}</p></div>
      <figure>${qr(pageOf(url), t('feeds.qr'))}</figure>`;
  }
}

/// The page for its reader, with a button for each of the usual programs (plugins/calendar/feed/README.md).
const pageOf = (url: string): string => url.replace(/\/feeds\/([^/]+)\.ics$/, '/calendar/$1');
