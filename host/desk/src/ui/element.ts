// SPDX-License-Identifier: EUPL-1.2
// What every component of the desk starts from: it follows the language, and shares the look of text, buttons and fields.
import { LitElement, css, type CSSResultGroup } from 'lit';

import { locale } from '../i18n';
import { Follow } from '../state/store';

export const look = css`
  :host { box-sizing: border-box; }
  :host([hidden]) { display: none; }
  *, *::before, *::after { box-sizing: border-box; }
  h1, h2, h3, p, ul, ol, dl, dd, figure { margin: 0; }
  ul, ol { padding: 0; list-style: none; }
  h1, h2, h3 { font-family: var(--kogge-font-display); line-height: 1.2; text-wrap: balance; }
  h1 { font-size: 1.625rem; font-weight: 650; letter-spacing: -0.01em; }
  h2 { font-size: 1.0625rem; font-weight: 650; }
  h3 { font-size: 0.9375rem; font-weight: 650; }
  a { color: var(--kogge-accent); text-underline-offset: 0.2em; text-decoration-thickness: 1px; }
  a:hover { text-decoration-thickness: 2px; }
  :focus-visible { outline: 3px solid var(--kogge-focus); outline-offset: 2px; border-radius: 3px; }
  svg.icon { inline-size: 1.125rem; block-size: 1.125rem; flex: none; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }

  button, .button {
    font: inherit; font-size: 1rem; font-weight: 550; line-height: 1.2;
    display: inline-flex; align-items: center; justify-content: center; gap: 0.4em;
    min-block-size: 36px; min-inline-size: 36px; padding: 6px 14px;
    color: var(--kogge-accent); background: var(--kogge-paper);
    border: 1px solid var(--kogge-line-strong); border-radius: var(--kogge-radius);
    cursor: pointer; text-decoration: none; text-align: center;
  }
  button:hover:not(:disabled), .button:hover { background: var(--kogge-accent-soft); border-color: var(--kogge-accent); }
  button:disabled { color: var(--kogge-quiet); border-style: dashed; cursor: not-allowed; }
  button.primary { color: var(--kogge-accent-text); background: var(--kogge-accent); border-color: var(--kogge-accent); }
  button.primary:hover:not(:disabled) { background: var(--kogge-accent-hover); border-color: var(--kogge-accent-hover); }
  button.primary:disabled { color: var(--kogge-quiet); background: var(--kogge-sunken); border-color: var(--kogge-line-strong); }
  button.plain { background: none; border-color: transparent; padding: 6px 8px; }
  button[aria-pressed='true'] { color: var(--kogge-accent-text); background: var(--kogge-accent); border-color: var(--kogge-accent); }
  button[aria-pressed='true']:hover:not(:disabled) { background: var(--kogge-accent-hover); border-color: var(--kogge-accent-hover); }

  label, .label { font-weight: 550; font-size: 0.9375rem; }
  input, select {
    font: inherit; color: var(--kogge-text); background: var(--kogge-paper);
    min-block-size: 40px; padding: 6px 10px; max-inline-size: 100%;
    border: 1px solid var(--kogge-line-strong); border-radius: var(--kogge-radius);
  }
  input[type='checkbox'] { min-block-size: 24px; inline-size: 24px; block-size: 24px; flex: none; margin: 0; accent-color: var(--kogge-accent); }
  input[aria-invalid='true'] { border-color: var(--kogge-block); border-width: 2px; }
  .field { display: grid; gap: 4px; justify-items: start; }
  .hint { color: var(--kogge-quiet); font-size: 0.875rem; }
  .error { color: var(--kogge-block); font-weight: 550; }
  .quiet { color: var(--kogge-quiet); }
  .numbers { font-variant-numeric: tabular-nums; }
  .away { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  .row { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }

  table { border-collapse: collapse; inline-size: 100%; font-size: 0.9375rem; }
  caption { text-align: start; font-weight: 650; padding-block: 4px 8px; }
  th, td { text-align: start; vertical-align: top; padding: 7px 12px 7px 0; border-block-end: 1px solid var(--kogge-line); overflow-wrap: anywhere; }
  th { font-weight: 600; }
  thead th { overflow-wrap: normal; color: var(--kogge-quiet); font-size: 0.875rem; }
  @media (max-width: 600px) { thead th { overflow-wrap: anywhere; hyphens: auto; } th, td { padding-inline-end: 8px; } }

  @media (forced-colors: active) {
    button[aria-pressed='true'] { forced-color-adjust: none; color: HighlightText; background: Highlight; border-color: Highlight; }
  }
  @media (prefers-reduced-motion: reduce) { * { transition: none !important; animation: none !important; } }
`;

export class KoggeElement extends LitElement {
  static override styles: CSSResultGroup = look;

  constructor() {
    super();
    new Follow(this, locale);
  }

  protected tell(name: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  protected find<T extends HTMLElement>(selector: string): T | null {
    return this.renderRoot.querySelector<T>(selector);
  }
}
