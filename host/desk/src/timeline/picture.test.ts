// SPDX-License-Identifier: EUPL-1.2
import { describe, expect, it } from 'vitest';

import type { Entry, Finding, Visit } from '../api/types';
import { barsOn, dayWith, pictureOf, spanShown } from './picture';
import { barsOf } from './rows';
import { clockOf } from './time';

const zone = 'Europe/Amsterdam';
const visit = { id: 'v', starts: `2027-04-21T06:00:00+02:00[${zone}]`, ends: `2027-04-23T18:00:00+02:00[${zone}]` } as Visit;

function entry(id: string, starts: string, ends: string, more: Partial<Entry> = {}): Entry {
  return {
    entity: 'programme_item', id, title: `bron ${id}`, starts: `${starts}:00+02:00[${zone}]`, ends: `${ends}:00+02:00[${zone}]`, status: 'confirmed', kind: 'meeting',
    tracks: ['v.A'], people: [], interpreters: [], rev: 1, findings: [], ...more,
  };
}

const finding = (level: Finding['level'], ...ids: string[]): Finding =>
  ({ code: 'X', level, subject: '', visit: 'v', text: '', key: ids.join(), refs: ids.map((id) => ({ entity: 'programme_item', id })) });

const timeline = {
  visit: 'v',
  entries: [entry('a', '2027-04-21T09:00', '2027-04-21T10:00'), entry('b', '2027-04-22T22:00', '2027-04-23T01:00'), entry('c', '2027-04-22T08:00', '2027-04-22T09:00')],
  rows: { tracks: [{ id: 'v.A', code: 'A', name: 'Bestuur' }], people: [], venues: [], vehicles: [{ id: 'w', name: 'w' }], interpreters: [] },
};
const picture = pictureOf({
  visit, timeline, bars: barsOf(timeline),
  findings: [finding('note', 'a'), finding('block_release', 'a', 'b'), finding('warn', 'a', 'nowhere')],
  vehicles: new Map([['w', { id: 'w', rev: 1, vehicle_kind: 'coach', seats: 49 }]]),
  texts: new Map([['programme_item/a/title', 'translated a'], ['track/v.A/name', 'Administration']]),
}, { track: (code) => `Track ${code}`, vehicleKind: (kind) => kind.toUpperCase() });

describe('the picture of a programme', () => {
  it('has every day of the visit, also those without entries', () => expect(picture.days).toEqual(['2027-04-21', '2027-04-22', '2027-04-23']));
  it('shows titles and names in the language of the texts, else as written', () => {
    expect(picture.titles.get('a')).toBe('translated a');
    expect(picture.titles.get('b')).toBe('bron b');
    expect(picture.groups[0]!.rows[0]).toMatchObject({ label: 'Track A', detail: 'Administration' });
  });
  it('names a vehicle by kind and seats when it has no name', () => expect(picture.groups[1]!.rows[0]!.label).toBe('COACH (49)'));
  it('marks an entry with its heaviest finding and their number', () => {
    expect(picture.marks.get('a')).toEqual({ level: 'block_release', count: 3 });
    expect(picture.marks.get('b')).toEqual({ level: 'block_release', count: 1 });
    expect(picture.marks.has('c')).toBe(false);
  });
});

describe('a day', () => {
  it('holds what begins on it, an evening to its end', () => {
    expect(barsOn(picture, '2027-04-22').map((bar) => bar.entry.id)).toEqual(['c', 'b']);
    expect(clockOf(spanShown(picture, '2027-04-22').to, zone)).toBe('02:00');
    expect(barsOn(picture, '2027-04-23')).toEqual([]);
  });
  it('of a bar is the one it begins on', () => expect(dayWith(picture, picture.byId.get('b')!)).toBe('2027-04-22'));
  it('left out means all of them', () => {
    expect(barsOn(picture, '')).toHaveLength(3);
    const { from, to } = spanShown(picture, '');
    expect(clockOf(from, zone)).toBe('08:00');
    expect(to - from).toBeGreaterThan(48 * 3_600_000);
  });
});
