// SPDX-License-Identifier: EUPL-1.2
// What was announced last. It stays until it is closed or something else is said: nobody has to be quick to undo.
import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';

import { t } from '../i18n';
import { notice, type Notice } from '../state/app';
import { Follow } from '../state/store';
import { KoggeElement, look } from './element';
import { icon } from './icons';

@customElement('kogge-toast')
export class KoggeToast extends KoggeElement {
  static override styles = [look, css`
    :host { position: fixed; inset-block-end: 16px; inset-inline: 12px; z-index: 50; display: grid; justify-items: center; pointer-events: none; }
    .toast { pointer-events: auto; display: flex; gap: 12px; align-items: center; max-inline-size: min(40rem, 100%); padding: 8px 8px 8px 16px; background: var(--kogge-mast); color: var(--kogge-mast-text); border: 1px solid var(--kogge-brass); border-radius: 10px; box-shadow: var(--kogge-shadow); }
    .bad { background: var(--kogge-block-soft); color: var(--kogge-block); border-color: var(--kogge-block); }
    .text { flex: 1; }
    button { background: none; border-color: currentColor; color: inherit; white-space: nowrap; }
    button:hover:not(:disabled) { background: rgb(255 255 255 / 0.16); border-color: currentColor; }
    .close { border-color: transparent; }
    :focus-visible { outline-color: currentColor; }
    @media print { :host { display: none; } }
  `];
  #notice = new Follow<Notice | null>(this, notice);

  override render() {
    const said = this.#notice.value;
    return html`<div role="status" aria-live="polite" aria-label=${t('app.notice')}>${said ? html`<div class="toast ${said.tone}">
      <span class="text">${said.text}</span>
      ${said.action ? html`<button type="button" @click=${() => { notice.set(null); said.action?.run(); }}>${icon('undo')}${said.action.label}</button>` : nothing}
      <button type="button" class="close" aria-label=${t('app.close')} @click=${() => notice.set(null)}>${icon('close')}</button></div>` : nothing}</div>`;
  }
}
