// SPDX-License-Identifier: EUPL-1.2
// Where each row of a timeline lies, and each bar within its row. Pure.
import { lanesOf, type Scale } from './geometry';
import type { Bar, Group, GroupRows, Row } from './rows';
import { MINUTE } from './time';

const itemHeight = 44;  // a lane of programme items, title on two lines
const legHeight = 32;   // a lane of legs, below
const groupHeight = 36;
const padding = 8;
export const target = 24; // pixels; no bar is narrower, or it could not be hit (WCAG 2.5.8)

/// The head of a group, or a row of one.
export interface Line {
  key: string;
  height: number;
  group?: GroupRows;
  row?: Row;
  bars: Bar[];
  y: number[]; // of each bar, within the line
}

export function linesOf(groups: readonly GroupRows[], open: ReadonlySet<Group>, scale: Scale): Line[] {
  const lines: Line[] = [];
  for (const group of groups) {
    lines.push({ key: group.group, height: groupHeight, group, bars: [], y: [] });
    if (open.has(group.group))
      for (const row of group.rows) lines.push(lineOf(row, scale));
  }
  return lines;
}

/// Three bands: programme items, the legs that run, and the fallbacks that wait. In each, bars that would touch lie below
/// each other.
export function lineOf(row: Row, scale: Scale): Line {
  const bars = row.bars.filter((bar) => bar.from < scale.span.to && bar.to > scale.span.from);
  const least = (target / scale.pxPerMinute) * MINUTE;
  const y = new Map<Bar, number>();
  let height = padding / 2;
  const band = (members: Bar[], laneHeight: number): void => {
    if (members.length === 0) return;
    const { lane, count } = lanesOf(members.map(({ from, to }) => ({ from, to: Math.max(to, from + least) })));
    members.forEach((bar, i) => y.set(bar, height + lane[i]! * laneHeight));
    height += count * laneHeight;
  };
  const leg = (bar: Bar): boolean => bar.entry.entity === 'transport_leg';
  const waits = (bar: Bar): boolean => leg(bar) && bar.entry.status === 'fallback';
  band(bars.filter((bar) => !leg(bar)), itemHeight);
  band(bars.filter((bar) => leg(bar) && !waits(bar)), legHeight);
  band(bars.filter(waits), legHeight);
  return { key: row.key, height: Math.max(height + padding / 2, itemHeight), row, bars, y: bars.map((bar) => y.get(bar)!) };
}

/// The bar of `line` that goes with one of another row: the same entry, else what goes on meanwhile, else the nearest.
export function counterpart(line: Line, here: Bar): Bar {
  const distance = (bar: Bar): number => (bar.entry.id === here.entry.id ? -1 : Math.max(0, bar.from - here.to + 1, here.from - bar.to + 1));
  return line.bars.reduce((best, bar) => (distance(bar) < distance(best) ? bar : best));
}
