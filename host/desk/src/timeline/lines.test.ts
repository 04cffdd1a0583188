// SPDX-License-Identifier: EUPL-1.2
import { describe, expect, it } from 'vitest';

import type { Entry } from '../api/types';
import { counterpart, lineOf, linesOf } from './lines';
import type { Bar, Row } from './rows';
import { MINUTE } from './time';

const start = Date.parse('2027-04-21T06:00:00Z');
const scale = { span: { from: start, to: start + 600 * MINUTE }, pxPerMinute: 2 };

function bar(id: string, from: number, to: number, more: Partial<Entry> = {}): Bar {
  const entry = { entity: id.startsWith('lg') ? 'transport_leg' : 'programme_item', id, status: 'planned', ...more } as Entry;
  return { entry, from: start + from * MINUTE, to: start + to * MINUTE, zone: 'UTC', zoneTo: 'UTC' };
}
const row = (...bars: Bar[]): Row => ({ key: 'tracks/a', group: 'tracks', id: 'a', label: 'A', detail: '', bars, taken: [] });
const heights = (...bars: Bar[]) => Object.fromEntries(lineOf(row(...bars), scale).bars.map((each, i) => [each.entry.id, lineOf(row(...bars), scale).y[i]]));

describe('a row', () => {
  it('has items on top, legs below, and what waits below these', () => {
    const y = heights(bar('it', 0, 60), bar('lg', 60, 90), bar('lgf', 60, 88, { status: 'fallback' }));
    expect(y['it']).toBeLessThan(y['lg']!);
    expect(y['lg']).toBeLessThan(y['lgf']!);
  });
  it('is as high as its bands', () => {
    expect(lineOf(row(bar('it', 0, 60), bar('lg', 60, 90)), scale).height).toBe(44 + 32 + 8);
    expect(lineOf(row(bar('lg', 0, 60)), scale).height).toBe(44);
    expect(lineOf(row(), scale).height).toBe(44);
  });
  it('puts bars too short to be hit beside each other into lanes of their own', () => {
    expect(heights(bar('a', 0, 12), bar('b', 12, 40))).toEqual({ a: 4, b: 4 });
    expect(heights(bar('a', 0, 5), bar('b', 5, 40))).toEqual({ a: 4, b: 48 });
  });
  it('leaves out what lies beyond the span', () => {
    expect(lineOf(row(bar('a', -60, 0), bar('b', 0, 30), bar('c', 600, 660)), scale).bars.map((each) => each.entry.id)).toEqual(['b']);
  });
});

it('a closed group is one line', () => {
  const groups = [{ group: 'tracks' as const, rows: [row(), row()] }, { group: 'people' as const, rows: [row()] }];
  expect(linesOf(groups, new Set(['tracks']), scale).map((line) => line.group?.group ?? 'row')).toEqual(['tracks', 'row', 'row', 'people']);
});

describe('from one row to the next', () => {
  const line = lineOf(row(bar('early', 0, 60), bar('meanwhile', 100, 300), bar('later', 310, 400)), scale);
  it.each([['later', 0, 10, 'later'], ['x', 120, 130, 'meanwhile'], ['x', 70, 80, 'early'], ['x', 500, 520, 'later']])(
    'from %s at %i to %i one comes to %s', (id, from, to, found) => expect(counterpart(line, bar(id, from, to)).entry.id).toBe(found));
});
