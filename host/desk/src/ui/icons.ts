// SPDX-License-Identifier: EUPL-1.2
// Icons, drawn on a 24 by 24 grid. They decorate: what they mean stands beside them in words.
import { html, svg, type TemplateResult } from 'lit';

import type { Level } from '../api/types';

const shapes = {
  anchor: svg`<circle cx="12" cy="5" r="2.5"/><path d="M12 7.5V21M7 11h10M4 14c.5 4 4 7 8 7s7.500-3 8-7"/>`,
  rail: svg`<rect x="6" y="3" width="12" height="13" rx="3"/><path d="M6 10h12M9 16l-2.500 5M15 16l2.500 5M8 19h8"/>`,
  coach: svg`<rect x="3" y="5" width="18" height="12" rx="2"/><path d="M3 11h18M9 5v6M15 5v6"/><circle cx="7.500" cy="18" r="1.800"/><circle cx="16.500" cy="18" r="1.800"/>`,
  walk: svg`<circle cx="13" cy="4" r="1.700"/><path d="M9 21l2.500-6 3 2.500V21M11.500 15l.8-6.500L9 10.500V14M12.300 8.500l3 3 2.700.5"/>`,
  ship: svg`<path d="M12 3v11M12 4c4 1.500 6 5 6.500 8.500H12M3 16h18c-.8 3-3 4.500-6 4.500H9c-3 0-5.200-1.500-6-4.500Z"/>`,
  flight: svg`<path d="M10 14 3 12l1-2 7 .5L15.500 4c.8-1 2.500-.5 2.500.8L16 12l4 3-.5 1.500L14 15l-3.500 5-1.500-.5Z"/>`,
  car: svg`<path d="M4 16v-4l2-5h12l2 5v4Z"/><circle cx="7.500" cy="17" r="1.700"/><circle cx="16.500" cy="17" r="1.700"/>`,
  late: svg`<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3.500 2"/>`,
  move: svg`<path d="M3 12h18M17 8l4 4-4 4M7 8l-4 4 4 4"/>`,
  insert: svg`<path d="M12 5v14M5 12h14"/>`,
  swap: svg`<path d="M4 8h14l-3.500-3.500M20 16H6l3.500 3.500"/>`,
  calendar: svg`<rect x="3.500" y="5" width="17" height="15" rx="2"/><path d="M3.500 10h17M8 3v4M16 3v4"/>`,
  undo: svg`<path d="M8 5 4 9l4 4M4 9h10a6 6 0 0 1 0 12h-3"/>`,
  history: svg`<path d="M4 5v5h5M4.500 10a8 8 0 1 1-.3 4M12 8v4.500l3 2"/>`,
  close: svg`<path d="M6 6l12 12M18 6 6 18"/>`,
  plus: svg`<circle cx="10.500" cy="10.500" r="6.500"/><path d="M10.500 8v5M8 10.500h5M15.500 15.500 21 21"/>`,
  minus: svg`<circle cx="10.500" cy="10.500" r="6.500"/><path d="M8 10.500h5M15.500 15.500 21 21"/>`,
  fit: svg`<path d="M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5"/>`,
  chevron: svg`<path d="m8 5 8 7-8 7"/>`,
  print: svg`<path d="M7 9V3h10v6M7 18H4v-7a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v7h-3M7 15h10v6H7Z"/>`,
  download: svg`<path d="M12 3v12M7 11l5 5 5-5M4 20h16"/>`,
  people: svg`<circle cx="9" cy="8" r="3.500"/><path d="M2.500 20c.5-4 3-6 6.500-6s6 2 6.500 6M16 5a3.500 3.500 0 0 1 0 6.500M18 14.500c2 .8 3.200 2.800 3.500 5.500"/>`,
  check: svg`<path d="m4 12.500 5.500 5.500L20 6.500"/>`,
  offline: svg`<path d="M3 3l18 18M8.500 15.500a5 5 0 0 1 5-1.200M5 12a10 10 0 0 1 4-2.300M19 12a10 10 0 0 0-6-2.900M12 19h.01"/>`,
  list: svg`<path d="M9 6h12M9 12h12M9 18h12M4 6h.01M4 12h.01M4 18h.01"/>`,
  bars: svg`<path d="M4 6h9M8 12h12M5 18h7"/>`,
  // kinds of programme items
  work: svg`<path d="M4 5h16v11H9l-4 4v-4H4Z"/>`,
  table: svg`<path d="M7 3v18M4 3v5a3 3 0 0 0 6 0V3M17 21V3c-2.500 1.500-3.500 5-3.500 9H17"/>`,
  occasion: svg`<path d="M5 21V4M5 4c5-2.500 8 2.500 14 0v10c-6 2.500-9-2.500-14 0"/>`,
  errand: svg`<rect x="4" y="8" width="16" height="12" rx="2"/><path d="M9 8V5h6v3M9 8v12M15 8v12"/>`,
  // how much a finding weighs: told apart by shape as well as by colour
  block: svg`<circle cx="12" cy="12" r="9"/><path d="M6.500 12h11" stroke-width="3"/>`,
  block_release: svg`<path d="M8.500 2.800h7l5.700 5.700v7l-5.700 5.700h-7l-5.700-5.700v-7Z"/><path d="M12 7.500v5.500M12 16.500h.01" stroke-width="2.400"/>`,
  warn: svg`<path d="M12 3.500 22 20.500H2Z"/><path d="M12 10v4.500M12 17.500h.01" stroke-width="2.200"/>`,
  note: svg`<circle cx="12" cy="12" r="9"/><path d="M12 11v5.500M12 7.500h.01" stroke-width="2.200"/>`,
};

export type Icon = keyof typeof shapes;

export const icon = (name: Icon): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${shapes[name]}</svg>`;

export const levelIcon = (level: Level): TemplateResult => icon(level);

const byMode: Record<string, Icon> = {
  rail: 'rail', coach: 'coach', bus: 'coach', minibus: 'coach', walk: 'walk', boat: 'ship', flight: 'flight', car: 'car', taxi: 'car', motorcade: 'car',
};
export const modeIcon = (mode: string): TemplateResult => icon(byMode[mode] ?? 'move');

/// The cog under sail, as in the favicon.
export const mark = html`<svg viewBox="0 0 32 32" aria-hidden="true" focusable="false" class="mark">
  <path d="M15 4v15H6C8 14 11.500 9 15 4Z" fill="#fff"/><path d="M17.500 8c4 2.500 6.500 6.500 7.500 11h-7.500Z" fill="var(--kogge-brass)"/>
  <path d="M4.500 21.500h23c-1 4-3.800 6.500-7.500 6.500h-8c-3.700 0-6.500-2.500-7.500-6.500Z" fill="#fff"/></svg>`;
