// SPDX-License-Identifier: EUPL-1.2
// Calendars in three parts: links given out, calendar programs that sign in, and calendars that people have elsewhere.
import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';

import { t } from '../i18n';
import { mayWrite } from '../state/app';
import { KoggeElement, look } from '../ui/element';
import './calendar-elsewhere';
import './calendar-links';
import './calendar-programs';

@customElement('kogge-calendars')
export class KoggeCalendars extends KoggeElement {
  static override styles = [look, css`
    :host { display: grid; gap: 28px; padding: 28px 20px 40px; max-inline-size: 76rem; inline-size: 100%; margin-inline: auto; }
    @media (max-width: 860px) { :host { padding: 16px 10px 32px; gap: 22px; } }
  `];

  override render() {
    document.title = `${t('calendars.title')} · ${t('app.name')}`;
    return html`<h1>${t('calendars.title')}</h1>
      ${mayWrite() ? html`<kogge-calendar-links></kogge-calendar-links>` : nothing}
      <kogge-calendar-programs></kogge-calendar-programs>
      <kogge-calendar-elsewhere></kogge-calendar-elsewhere>`;
  }
}
