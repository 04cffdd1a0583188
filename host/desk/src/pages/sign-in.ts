// SPDX-License-Identifier: EUPL-1.2
import { css, html, nothing, svg } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';

import { Problem } from '../api/client';
import { t } from '../i18n';
import { explain, signIn } from '../state/app';
import { KoggeElement, look } from '../ui/element';

const waves = [70, 130, 190].map((y) => svg`<path vector-effect="non-scaling-stroke"
  d="M-20 ${y} q 90 -38 180 0 t 180 0 180 0 180 0 180 0 180 0 180 0 180 0 180 0 V300 H-20 Z"/>`);

@customElement('kogge-sign-in')
export class KoggeSignIn extends KoggeElement {
  static override styles = [look, css`
    :host { position: relative; display: grid; place-items: start center; padding: max(24px, 12vh) 12px 24px; flex: 1; overflow: hidden; }
    .sea { position: absolute; inset-inline: 0; inset-block-end: 0; inline-size: 100%; block-size: 26vh; fill: var(--kogge-accent-soft); stroke: var(--kogge-accent); stroke-opacity: 0.35; stroke-width: 1.5; }
    form { position: relative; }
    form { display: grid; gap: 16px; inline-size: min(24rem, 100%); padding: 28px; background: var(--kogge-raised); border: 1px solid var(--kogge-line); border-block-start: 4px solid var(--kogge-brass); border-radius: 10px; box-shadow: var(--kogge-shadow); }
    .field, input { inline-size: 100%; }
    .expired { padding: 10px 12px; background: var(--kogge-warn-soft); border-inline-start: 4px solid var(--kogge-warn); }
    button { min-block-size: 44px; }
    @media (max-width: 400px) { form { padding: 20px 16px; } }
  `];

  @property({ type: Boolean }) expired = false;
  @state() private failed = '';
  @state() private busy = false;

  override render() {
    document.title = `${t('signin.title')} · ${t('app.name')}`;
    return html`<svg class="sea" viewBox="0 0 1440 260" preserveAspectRatio="none" aria-hidden="true">${waves}</svg><form novalidate @submit=${this.#submit}>
      <div><h1>${t('signin.title')}</h1><p class="quiet">${t('app.tagline')}</p></div>
      ${this.expired ? html`<p class="expired" role="status">${t('signin.expired')}</p>` : nothing}
      <div class="field"><label for="name">${t('signin.name')}</label>
        <input id="name" name="username" autocomplete="username" autocapitalize="none" spellcheck="false" required aria-describedby=${this.failed ? 'failed' : nothing} /></div>
      <div class="field"><label for="password">${t('signin.password')}</label>
        <input id="password" name="password" type="password" autocomplete="current-password" required aria-describedby=${this.failed ? 'failed' : nothing} /></div>
      <div aria-live="assertive">${this.failed ? html`<p class="error" id="failed">${this.failed}</p>` : nothing}</div>
      <button class="primary" type="submit" ?disabled=${this.busy}>${t('signin.submit')}</button></form>`;
  }

  protected override firstUpdated(): void {
    this.find<HTMLInputElement>('#name')?.focus();
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    const value = (id: string): string => this.find<HTMLInputElement>(`#${id}`)!.value;
    if (!value('name') || !value('password')) {
      this.failed = t('signin.missing');
      return;
    }
    this.busy = true;
    this.failed = '';
    try {
      await signIn(value('name'), value('password'));
    } catch (error) {
      const status = error instanceof Problem ? error.status : 0;
      this.failed = status === 401 ? t('signin.failed') : status === 429 ? t('signin.busy') : explain(error);
      this.busy = false;
      await this.updateComplete;
      this.find<HTMLInputElement>('#password')?.select();
    }
  }
}
