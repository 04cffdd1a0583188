// SPDX-License-Identifier: EUPL-1.2
// A modal dialog: the browser's own <dialog> (focus stays inside, Escape closes, focus goes back), in the look of the desk.
import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';

import { t } from '../i18n';
import { KoggeElement, look } from './element';
import { icon } from './icons';

@customElement('kogge-dialog')
export class KoggeDialog extends KoggeElement {
  static override styles = [look, css`
    dialog {
      color: var(--kogge-text); background: var(--kogge-raised);
      border: 1px solid var(--kogge-line-strong); border-radius: 10px; box-shadow: var(--kogge-shadow);
      inline-size: min(44rem, calc(100vw - 16px)); max-block-size: calc(100dvh - 24px); padding: 0; overflow: hidden;
    }
    dialog[open] { display: flex; flex-direction: column; }
    dialog::backdrop { background: rgb(6 24 36 / 0.55); }
    header { display: flex; align-items: start; gap: 12px; padding: 16px 12px 12px 20px; border-block-end: 3px solid var(--kogge-brass); }
    h2 { flex: 1; font-size: 1.1875rem; padding-block: 5px; overflow-wrap: anywhere; }
    .body { padding: 16px 20px 20px; overflow-y: auto; min-block-size: 0; }
    @media (max-width: 480px) { header { padding-inline-start: 14px; } .body { padding: 14px; } }
  `];

  @property() heading = '';

  override render() {
    return html`<dialog aria-labelledby="heading" @close=${() => this.tell('closed')}>
      <header><h2 id="heading">${this.heading}</h2>
        <button class="plain" type="button" aria-label=${t('app.close')} @click=${() => this.close()}>${icon('close')}</button></header>
      <div class="body"><slot></slot></div></dialog>`;
  }

  protected override firstUpdated(): void {
    this.#dialog.showModal();
    const first = this.querySelector<HTMLElement>('[data-first]');
    first?.focus();
    if (first instanceof HTMLInputElement) first.select();
  }

  get #dialog(): HTMLDialogElement {
    return this.find<HTMLDialogElement>('dialog')!;
  }

  close(): void {
    this.#dialog.close();
  }
}
