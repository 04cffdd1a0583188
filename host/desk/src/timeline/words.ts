// SPDX-License-Identifier: EUPL-1.2
// What a bar says: to the eye as much as there is room for, to everybody else all of it.
import { html, nothing, type TemplateResult } from 'lit';

import type { Level } from '../api/types';
import { clockSpan, t, tCount, tWord, type Key } from '../i18n';
import type { Icon } from '../ui/icons';
import type { Bar } from './rows';
import type { Span } from './time';

export const wordWidth = 42; // pixels; in less there is room for an icon at most
const timesWidth = 150;      // title and times

export interface Marks {
  level: Level;
  count: number;
}

/// Colour and icon of a kind of item; they repeat what the words say.
export function toneOf(kind: string): Icon & ('work' | 'table' | 'occasion' | 'errand') {
  if (kind === 'meal' || kind === 'reception') return 'table';
  if (kind === 'plenary' || kind === 'ceremony' || kind === 'press' || kind === 'culture') return 'occasion';
  if (kind === 'logistics' || kind === 'rehearsal' || kind === 'briefing') return 'errand';
  return 'work';
}

const timesOf = (bar: Bar, shown: Span, home: string): string =>
  clockSpan({ instant: shown.from, zone: bar.zone }, { instant: shown.to, zone: bar.zoneTo }, home);

/// A title on two lines, or a title and its times; of a leg where it leads.
export function wordsOf(bar: Bar, shown: Span, title: string, home: string, width: number): TemplateResult | typeof nothing {
  const leg = bar.entry.entity === 'transport_leg';
  if (width < (leg ? 2 * wordWidth : wordWidth)) return nothing;
  if (leg) return html`<span class="words">${title.replace(/^.*→/, '→')}</span>`;
  if (width < timesWidth) return html`<span class="words two">${title}</span>`;
  return html`<span class="words"><b>${title}</b><br />${timesOf(bar, shown, home)}</span>`;
}

/// Begins with what can be seen (WCAG 2.5.3).
export function nameOf(bar: Bar, shown: Span, title: string, home: string, marks: Marks | undefined): string {
  const { entry } = bar;
  const parts = [
    `${title} ${timesOf(bar, shown, home)}`,
    entry.entity === 'transport_leg' ? tWord('mode', entry.mode ?? 'other') : tWord('kind', entry.kind),
    entry.status === 'confirmed' || entry.status === 'planned' ? '' : tWord('status', entry.status),
    marks ? `${t(`level.${marks.level}` as Key)}, ${tCount('entry.findings', marks.count)}` : '',
  ];
  return parts.filter(Boolean).join(', ');
}
