// SPDX-License-Identifier: EUPL-1.2
// From instants to pixels, from overlapping bars to lanes, from a scroll position to the rows worth drawing. Pure.
import { MINUTE, type Span } from './time';

export interface Scale {
  span: Span;
  pxPerMinute: number;
}

export const SNAP = 5; // minutes

export const widthOf = (scale: Scale): number => ((scale.span.to - scale.span.from) / MINUTE) * scale.pxPerMinute;
export const xOf = (instant: number, scale: Scale): number => ((instant - scale.span.from) / MINUTE) * scale.pxPerMinute;
export const minutesOf = (px: number, scale: Scale): number => px / scale.pxPerMinute;

/// A drag by `px`, in minutes, on the grid a programme is written in.
export function snappedMinutes(px: number, scale: Scale): number {
  const minutes = Math.round(minutesOf(px, scale) / SNAP) * SNAP;
  return minutes === 0 ? 0 : minutes; // never -0
}

/// The part of a bar that lies in the scale; null when none does.
export function clip(bar: Span, scale: Scale): { x: number; width: number; startsBefore: boolean; endsAfter: boolean } | null {
  const from = Math.max(bar.from, scale.span.from);
  const to = Math.min(bar.to, scale.span.to);
  if (to <= from) return null;
  return { x: xOf(from, scale), width: ((to - from) / MINUTE) * scale.pxPerMinute, startsBefore: bar.from < from, endsAfter: bar.to > to };
}

export interface Lanes {
  lane: number[]; // of each span, in the order given
  count: number;  // at least 1
}

/// First lane that is free: bars of one row that overlap lie below each other. `spans` in order of their beginning.
export function lanesOf(spans: readonly Span[]): Lanes {
  const free: number[] = []; // when each lane is free again
  const lane = spans.map((span) => {
    let at = free.findIndex((until) => until <= span.from);
    if (at < 0) at = free.length;
    free[at] = span.to;
    return at;
  });
  return { lane, count: Math.max(1, free.length) };
}

/// offsets[i] is where row i begins; the last one is the height of them all.
export function offsetsOf(heights: readonly number[]): number[] {
  const offsets = [0];
  for (const height of heights) offsets.push(offsets[offsets.length - 1]! + height);
  return offsets;
}

/// The rows [first, end) that a viewport touches, and `spare` pixels around it.
export function windowOf(offsets: readonly number[], top: number, height: number, spare: number): { first: number; end: number } {
  const rows = offsets.length - 1;
  const first = Math.max(0, rowAt(offsets, top - spare));
  let end = first;
  while (end < rows && offsets[end]! < top + height + spare) ++end;
  return { first, end };
}

/// The row that holds the pixel `y`, by halving.
export function rowAt(offsets: readonly number[], y: number): number {
  let low = 0;
  let high = offsets.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (offsets[middle]! <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}

/// Pixels a minute takes so that a span fills `width`; never so few that a quarter of an hour cannot be hit.
export function fit(span: Span, width: number): number {
  return Math.max(0.5, width / Math.max(1, (span.to - span.from) / MINUTE));
}
