// SPDX-License-Identifier: EUPL-1.2
import { css } from 'lit';

export const programmeLook = css`
  :host { display: flex; flex-direction: column; gap: 10px; flex: 1; min-block-size: 0; }
  .toolbar { display: flex; flex-wrap: wrap; gap: 8px 20px; justify-content: space-between; align-items: center; }
  .days, .tools, .views { display: flex; flex-wrap: wrap; gap: 6px; align-items: center; }
  .days button { font-variant-numeric: tabular-nums; }
  .views { gap: 0; }
  .views button:first-child { border-start-end-radius: 0; border-end-end-radius: 0; }
  .views button:last-child { border-start-start-radius: 0; border-end-start-radius: 0; border-inline-start-width: 0; }
  .work { display: grid; grid-template-columns: minmax(0, 1fr) 350px; gap: 14px; flex: 1; min-block-size: 0; }
  kogge-timeline { min-block-size: 320px; }
  aside { position: relative; overflow-y: auto; min-block-size: 0; padding: 14px 16px; background: var(--kogge-paper); border: 1px solid var(--kogge-line); border-radius: var(--kogge-radius); }
  aside.preview { border: 2px solid var(--kogge-draft-edge); padding: 0; }
  .close { position: absolute; inset-block-start: 6px; inset-inline-end: 6px; z-index: 1; }
  .sheet { display: flex; flex-direction: column; min-block-size: 100%; }
  .sheet .what { padding: 14px 16px 12px; background: var(--kogge-draft); border-block-end: 1px solid var(--kogge-draft-edge); }
  .sheet h2 { overflow-wrap: anywhere; }
  .times { display: flex; flex-wrap: wrap; gap: 2px 10px; font-variant-numeric: tabular-nums; margin-block-start: 6px; }
  .times s { color: var(--kogge-quiet); }
  .sheet .findings { padding: 14px 16px; flex: 1; }
  .actions { position: sticky; inset-block-end: 0; display: flex; gap: 8px; padding: 12px 16px; background: var(--kogge-paper); border-block-start: 1px solid var(--kogge-line); }
  .actions .primary { flex: 1; }

  @media (max-width: 980px) {
    .work { grid-template-columns: minmax(0, 1fr); flex: none; }
    kogge-timeline { block-size: 62vh; }
    aside { max-block-size: none; overflow: visible; }
    aside:not(.findings) { position: sticky; inset-block-end: 0; z-index: 6; max-block-size: 72vh; overflow-y: auto; border-color: var(--kogge-line-strong); box-shadow: var(--kogge-shadow); }
  }
  @media (max-width: 600px) {
    .tools { inline-size: 100%; }
    .tools button:not(.views button) span { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
    .days button { padding-inline: 9px; }
  }
  @media print {
    .toolbar, aside { display: none; }
    .work { display: block; }
  }
`;
