// SPDX-License-Identifier: EUPL-1.2
import { css } from 'lit';

export const timelineLook = css`
  :host { display: flex; flex-direction: column; gap: 6px; min-block-size: 0; }
  .help { color: var(--kogge-quiet); font-size: 0.8125rem; line-height: 1.3; }
  .scroller { flex: 1; min-block-size: 0; overflow: auto; background: var(--kogge-paper); border: 1px solid var(--kogge-line); border-radius: var(--kogge-radius); overscroll-behavior: contain; scroll-padding-inline-start: var(--label); }

  .axis { position: sticky; inset-block-start: 0; z-index: 4; display: flex; block-size: 38px; background: var(--kogge-sunken); border-block-end: 1px solid var(--kogge-line-strong); }
  .corner { position: sticky; inset-inline-start: 0; z-index: 1; flex: none; inline-size: var(--label); padding: 9px 12px; font-size: 0.8125rem; font-weight: 600; color: var(--kogge-quiet); background: var(--kogge-sunken); border-inline-end: 1px solid var(--kogge-line-strong); }
  .hours { position: relative; flex: 1; }
  .hour { position: absolute; inset-block: 0; border-inline-start: 1px solid var(--kogge-line); }
  .hour span { position: absolute; inset-block-start: 9px; inset-inline-start: 5px; font-size: 0.8125rem; font-variant-numeric: tabular-nums; white-space: nowrap; color: var(--kogge-quiet); line-height: 1.2; }
  .hour.midnight { border-inline-start: 2px solid var(--kogge-brass); }
  .hour.midnight span { inset-block-start: 3px; color: var(--kogge-text); }
  .hour small { font-size: 0.75rem; }
  .hour .day { display: block; }

  .body { position: relative; }
  .line { position: absolute; inset-inline: 0; display: flex; border-block-end: 1px solid var(--kogge-line); }
  .name { position: sticky; inset-inline-start: 0; z-index: 3; flex: none; inline-size: var(--label); padding: 4px 10px; display: flex; align-items: center; gap: 8px; background: var(--kogge-paper); border-inline-end: 1px solid var(--kogge-line-strong); font-size: 0.9375rem; line-height: 1.2; overflow: hidden; }
  .name .text { min-inline-size: 0; overflow: hidden; text-overflow: ellipsis; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow-wrap: anywhere; }
  .name small { display: block; color: var(--kogge-quiet); font-size: 0.8125rem; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
  .name .code { flex: none; min-inline-size: 1.5em; text-align: center; padding: 1px 4px; font-size: 0.75rem; font-weight: 650; border: 1px solid var(--kogge-line-strong); border-radius: 3px; color: var(--kogge-quiet); }
  .group { background: var(--kogge-sunken); }
  .group .name { background: var(--kogge-sunken); padding: 2px 4px; border-inline-end-color: transparent; overflow: visible; }
  .toggle { min-block-size: 30px; padding: 2px 8px; border: 0; background: none; color: var(--kogge-text); font-weight: 650; font-size: 0.875rem; gap: 6px; }
  .toggle .count { color: var(--kogge-quiet); font-weight: 500; font-variant-numeric: tabular-nums; }
  .toggle .arrow { display: inline-flex; transition: transform 0.12s; }
  .toggle .arrow svg.icon { inline-size: 0.875rem; block-size: 0.875rem; }
  .toggle .arrow.open { transform: rotate(90deg); }
  :host(:dir(rtl)) .toggle .arrow:not(.open) { transform: rotate(180deg); }

  .bars { position: relative; flex: 1; background: repeating-linear-gradient(to right, var(--kogge-line) 0 1px, transparent 1px var(--hour)) var(--first) 0; }
  :host(:dir(rtl)) .bars { background: repeating-linear-gradient(to left, var(--kogge-line) 0 1px, transparent 1px var(--hour)) calc(-1 * var(--first)) 0; }
  .group .bars { background: none; }

  .bar { position: absolute; block-size: 40px; min-block-size: 24px; min-inline-size: 24px; padding: 0 6px; justify-content: flex-start; gap: 5px; overflow: hidden; font-size: 0.875rem; font-weight: 450; line-height: 1.15; border-radius: 4px; border-width: 1px; touch-action: pan-x pan-y; cursor: pointer; user-select: none; text-align: start; }
  .bar .words { unicode-bidi: plaintext; min-inline-size: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-variant-numeric: tabular-nums; }
  .bar .two { white-space: normal; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow-wrap: anywhere; }
  .bar b { font-weight: 600; }
  .bar svg.icon { inline-size: 1rem; block-size: 1rem; }
  .bar.item { --ground: var(--kogge-item); --edge: var(--kogge-item-edge); border-inline-start-width: 4px; color: var(--kogge-item-text); background: var(--ground); border-color: var(--edge); }
  .bar.table { --ground: var(--kogge-table); --edge: var(--kogge-table-edge); }
  .bar.occasion { --ground: var(--kogge-occasion); --edge: var(--kogge-occasion-edge); }
  .bar.errand { --ground: var(--kogge-errand); --edge: var(--kogge-errand-edge); }
  .bar.leg { --ground: var(--kogge-leg); --edge: var(--kogge-leg-edge); block-size: 28px; padding-inline: 4px; border-radius: 16px; color: var(--kogge-leg-text); background: var(--ground); border-color: var(--edge); justify-content: center; }
  .bar:hover:not(:disabled) { background: var(--ground); border-color: var(--edge); box-shadow: 0 0 0 2px var(--edge); z-index: 2; }
  .bar.short { padding: 0; justify-content: center; }
  .bar.proposed, .bar.fallback { border-style: dashed; }
  .bar.fallback { opacity: 0.85; background: transparent; color: var(--kogge-quiet); border-color: var(--kogge-quiet); }
  .bar.cancelled { text-decoration: line-through; background: transparent; color: var(--kogge-quiet); border-color: var(--kogge-line-strong); border-style: dashed; }
  .bar.marked svg.icon:first-of-type { stroke-width: 2.2; }
  .bar.block svg.icon { color: var(--kogge-block); }
  .bar.block_release svg.icon { color: var(--kogge-release); }
  .bar.warn svg.icon { color: var(--kogge-warn); }
  .bar.note svg.icon { color: var(--kogge-note); }
  .bar.marked.block, .bar.marked.block_release { box-shadow: inset 0 -3px 0 var(--kogge-release); }
  .bar.marked.block { box-shadow: inset 0 -3px 0 var(--kogge-block); }
  .bar.marked.warn { box-shadow: inset 0 -3px 0 var(--kogge-warn); }
  .bar.selected { outline: 2px solid var(--kogge-accent); outline-offset: 1px; }
  .bar.draft { --ground: var(--kogge-draft); --edge: var(--kogge-draft-edge); background: var(--kogge-draft); border-color: var(--kogge-draft-edge); color: var(--kogge-text); border-style: solid; box-shadow: var(--kogge-shadow); z-index: 2; }
  .bar:focus-visible { outline: 3px solid var(--kogge-focus); outline-offset: 2px; z-index: 2; }
  .bar.starts-before { border-start-start-radius: 0; border-end-start-radius: 0; border-inline-start-style: dashed; }
  .bar.ends-after { border-start-end-radius: 0; border-end-end-radius: 0; border-inline-end-style: dashed; }
  .taken { position: absolute; inset-block: 2px; border-inline: 1px solid var(--kogge-quiet); background: repeating-linear-gradient(135deg, var(--kogge-line-strong) 0 3px, transparent 3px 8px); opacity: 0.75; }
  .taken.tentative { border-inline-style: dashed; opacity: 0.45; }
  .origin { position: absolute; block-size: 40px; border: 1px dashed var(--kogge-line-strong); border-radius: 4px; background: repeating-linear-gradient(135deg, transparent 0 5px, var(--kogge-line) 5px 6px); }
  .now { position: absolute; inset-block: 0; inline-size: 2px; background: var(--kogge-release); z-index: 1; pointer-events: none; }

  @media (max-width: 600px) {
    .name { padding-inline: 6px; font-size: 0.8125rem; gap: 4px; }
    .name small { display: none; }
    .corner { padding-inline: 6px; }
  }
  @media (forced-colors: active) {
    .bar { border-width: 2px; }
    .bar.draft { border-style: double; border-width: 4px; }
    .bar.selected { outline: 3px solid Highlight; }
    .bar.marked { border-block-end-width: 5px; }
    .origin { border: 2px dotted GrayText; }
    .taken { border: 1px dotted GrayText; }
  }
  @media (hover: none) { .help { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); } }
  @media print {
    .scroller { overflow: visible; }
  }
`;
