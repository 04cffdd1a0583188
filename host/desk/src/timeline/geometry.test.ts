// SPDX-License-Identifier: EUPL-1.2
import { describe, expect, it } from 'vitest';

import { clip, fit, lanesOf, offsetsOf, rowAt, snappedMinutes, widthOf, windowOf, xOf, type Scale } from './geometry';
import { MINUTE } from './time';

const at = (minutes: number): number => 1_800_000_000_000 + minutes * MINUTE;
const span = (from: number, to: number) => ({ from: at(from), to: at(to) });
const scale: Scale = { span: span(0, 600), pxPerMinute: 2 };

describe('a scale', () => {
  it('puts an instant on its pixel', () => {
    expect(xOf(at(90), scale)).toBe(180);
    expect(widthOf(scale)).toBe(1200);
  });

  it.each([[0, 0], [4, 0], [5, 5], [14, 5], [15, 10], [-4, 0], [-6, -5], [60, 30]])('snaps a drag of %i px to %i min', (px, minutes) => {
    expect(snappedMinutes(px, scale)).toBe(minutes);
  });

  it('fits a span into a width, down to half a pixel a minute', () => {
    expect(fit(scale.span, 1200)).toBe(2);
    expect(fit(scale.span, 10)).toBe(0.5);
  });
});

describe('a bar', () => {
  it('within the scale keeps its ends', () => {
    expect(clip(span(60, 120), scale)).toEqual({ x: 120, width: 120, startsBefore: false, endsAfter: false });
  });
  it('that goes on beyond it says so', () => {
    expect(clip(span(-30, 30), scale)).toEqual({ x: 0, width: 60, startsBefore: true, endsAfter: false });
    expect(clip(span(570, 700), scale)).toMatchObject({ x: 1140, width: 60, endsAfter: true });
  });
  it('outside is not there', () => {
    expect(clip(span(-60, 0), scale)).toBeNull();
    expect(clip(span(600, 700), scale)).toBeNull();
  });
});

describe('lanes', () => {
  it('one is enough for what follows upon another', () => {
    expect(lanesOf([span(0, 60), span(60, 90)])).toEqual({ lane: [0, 0], count: 1 });
  });
  it('what overlaps lies below, and a free lane is taken again', () => {
    expect(lanesOf([span(0, 60), span(30, 90), span(60, 120), span(70, 80)])).toEqual({ lane: [0, 1, 0, 2], count: 3 });
  });
  it('an empty row has the height of one', () => {
    expect(lanesOf([])).toEqual({ lane: [], count: 1 });
  });
});

describe('a window on rows', () => {
  const offsets = offsetsOf([40, 40, 80, 40, 40]); // 0 40 80 160 200 240

  it.each([[-5, 0], [0, 0], [39, 0], [40, 1], [120, 2], [239, 4], [900, 4]])('pixel %i is in row %i', (y, row) => {
    expect(rowAt(offsets, y)).toBe(row);
  });
  it('holds the rows it touches and no others', () => {
    expect(windowOf(offsets, 50, 50, 0)).toEqual({ first: 1, end: 3 });
    expect(windowOf(offsets, 0, 1000, 0)).toEqual({ first: 0, end: 5 });
    expect(windowOf(offsets, 200, 40, 50)).toEqual({ first: 2, end: 5 });
  });
  it('draws a screenful of ten thousand rows', () => {
    const many = offsetsOf(Array.from({ length: 10_000 }, () => 40));
    const { first, end } = windowOf(many, 200_000, 800, 80);
    expect(first).toBe(4998);
    expect(end - first).toBe(24);
  });
});
