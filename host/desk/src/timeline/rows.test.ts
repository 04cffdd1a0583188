// SPDX-License-Identifier: EUPL-1.2
import { describe, expect, it } from 'vitest';

import type { Entry, Timeline } from '../api/types';
import { barsOf, rowsOf, spanOfBars } from './rows';
import { clockOf, minutesBetween, spanOfDay } from './time';

const zone = 'Europe/Amsterdam';

function entry(id: string, starts: string, ends: string, more: Partial<Entry> = {}): Entry {
  return {
    entity: 'programme_item', id, title: id, starts: `${starts}[${zone}]`, ends: `${ends}[${zone}]`, status: 'confirmed', kind: 'meeting',
    tracks: [], people: [], interpreters: [], rev: 1, findings: [], ...more,
  };
}

const timeline: Timeline = {
  visit: 'v',
  entries: [
    entry('late', '2027-04-21T10:00:00+02:00', '2027-04-21T11:00:00+02:00', { tracks: ['v.A', 'v.B'], people: ['p1', 'p2'], venue: 'hall' }),
    entry('early', '2027-04-21T08:20:00+02:00', '2027-04-21T09:00:00+02:00', { tracks: ['v.A'], people: ['p1'], interpreters: ['p9'] }),
  ],
  rows: {
    tracks: [{ id: 'v.A', code: 'A', name: 'Mayor' }, { id: 'v.B', code: 'B', name: 'Business' }],
    people: [{ id: 'p3', name: 'Aaltje', track: null }, { id: 'p2', name: 'Zwaantje', track: 'v.A' }, { id: 'p1', name: 'Berend', track: 'v.B' }],
    venues: [{ id: 'hall', name: 'Town hall' }, { id: 'empty', name: 'Station' }],
    vehicles: [],
    interpreters: [{ id: 'p9', name: 'Ingrid' }],
  },
};

const rows = rowsOf(timeline, barsOf(timeline), { track: (code) => `Track ${code}`, trackName: (_, name) => name, vehicle: (id) => id });
const ids = (group: string) => rows.find((each) => each.group === group)?.rows.map((row) => row.id);

describe('rows', () => {
  it('stand in the groups of the field, without the empty ones', () => {
    expect(rows.map(({ group }) => group)).toEqual(['tracks', 'people', 'venues', 'interpreters']);
  });
  it('hold their bars in order of time', () => {
    expect(rows[0]!.rows[0]!.bars.map((bar) => bar.entry.id)).toEqual(['early', 'late']);
    expect(rows[0]!.rows[1]!.bars.map((bar) => bar.entry.id)).toEqual(['late']);
  });
  it('know what a calendar elsewhere takes of a person, in every row of theirs and no other', () => {
    const busy = [{ person: 'p9', starts: `2027-04-21T09:00:00+02:00[${zone}]`, ends: `2027-04-21T10:00:00+02:00[${zone}]`, tentative: true }];
    const drawn = rowsOf({ ...timeline, busy }, [], { track: (code) => code, trackName: (_, name) => name, vehicle: (id) => id });
    const of = (group: string) => drawn.find((each) => each.group === group)!.rows.flatMap((row) => row.taken.map((strip) => `${row.id} ${clockOf(strip.from, zone)} ${strip.tentative}`));
    expect(of('interpreters')).toEqual(['p9 09:00 true']);
    expect(of('people')).toEqual([]);
    expect(of('tracks')).toEqual([]);
  });
  it('list people by track, then name, the host side last', () => expect(ids('people')).toEqual(['p2', 'p1', 'p3']));
  it('say the name of a track where it is more than its letter', () => {
    const named = (name: string) => rowsOf({ ...timeline, rows: { ...timeline.rows, tracks: [{ id: 'v.A', code: 'A', name }] } }, [],
      { track: (code) => `Track ${code}`, trackName: (_, own) => own, vehicle: (id) => id })[0]!.rows[0]!.detail;
    expect(named('Mayor and aldermen')).toBe('Mayor and aldermen');
    expect(named('Deelprogramma A')).toBe('');
  });
  it('leave out venues where nothing happens', () => expect(ids('venues')).toEqual(['hall']));
});

describe('the part of a day worth showing', () => {
  it('begins before the first bar and ends after the last', () => {
    const span = spanOfBars(spanOfDay('2027-04-21', zone), barsOf(timeline));
    expect([clockOf(span.from, zone), clockOf(span.to, zone)]).toEqual(['07:00', '12:00']);
  });
  it('holds a night that crosses midnight and a clock change whole', () => {
    const night = [entry('night', '2027-10-30T20:00:00+02:00', '2027-10-31T02:30:00+01:00')];
    const bars = barsOf({ ...timeline, entries: night });
    const span = spanOfBars(spanOfDay('2027-10-30', zone), bars);
    expect(span.to).toBeGreaterThan(bars[0]!.to);
    expect(minutesBetween(bars[0]!.from, bars[0]!.to)).toBe(450);
  });
  it('is office hours when nothing is planned', () => {
    const span = spanOfBars(spanOfDay('2027-04-22', zone), barsOf(timeline));
    expect([clockOf(span.from, zone), clockOf(span.to, zone)]).toEqual(['08:00', '18:00']);
  });
});
