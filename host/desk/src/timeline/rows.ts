// SPDX-License-Identifier: EUPL-1.2
// The rows of a timeline, from the daemon's document: tracks, people, venues, vehicles, interpreters. Pure.
import type { Entry, Taken, Timeline } from '../api/types';
import { parseTime, type Span } from './time';

export const groups = ['tracks', 'people', 'venues', 'vehicles', 'interpreters'] as const;
export type Group = (typeof groups)[number];

/// An entry as a timeline draws it: its moments read once.
export interface Bar extends Span {
  entry: Entry;
  zone: string;   // of its beginning
  zoneTo: string; // of its end: a leg may cross one
}

export interface Row {
  key: string; // "people/p-g01": unique among the rows
  group: Group;
  id: string;
  label: string;
  detail: string;
  bars: Bar[]; // in order of their beginning
  taken: (Span & { title: string; tentative: boolean })[]; // by calendars elsewhere, of a person
}

export interface GroupRows {
  group: Group;
  rows: Row[];
}

export function barsOf(timeline: Timeline): Bar[] {
  return timeline.entries
    .map((entry) => {
      const starts = parseTime(entry.starts);
      const ends = parseTime(entry.ends);
      return { entry, from: starts.instant, to: ends.instant, zone: starts.zone, zoneTo: ends.zone };
    })
    .sort((a, b) => a.from - b.from || a.to - b.to || a.entry.id.localeCompare(b.entry.id));
}

/// Which rows of a group an entry stands in.
function places(entry: Entry): Record<Group, readonly string[]> {
  return {
    tracks: entry.tracks,
    people: entry.people,
    venues: entry.venue ? [entry.venue] : [],
    vehicles: entry.vehicle ? [entry.vehicle] : [],
    interpreters: entry.interpreters,
  };
}

/// What rows are called that have no name of their own.
export interface Names {
  track(code: string): string;
  trackName(id: string, name: string): string;
  vehicle(id: string): string;
}

export function rowsOf(timeline: Timeline, bars: readonly Bar[], names: Names): GroupRows[] {
  const inRow = new Map<string, Bar[]>();
  for (const bar of bars) {
    const where = places(bar.entry);
    for (const group of groups)
      for (const id of where[group]) {
        const key = `${group}/${id}`;
        const list = inRow.get(key);
        if (list) list.push(bar);
        else inRow.set(key, [bar]);
      }
  }
  const codes = new Map(timeline.rows.tracks.map((track) => [track.id, track.code]));
  const taken = takenBy(timeline.busy ?? []);
  const row = (group: Group, id: string, label: string, detail = ''): Row => ({
    key: `${group}/${id}`, group, id, label, detail, bars: inRow.get(`${group}/${id}`) ?? [],
    taken: group === 'people' || group === 'interpreters' ? (taken.get(id) ?? []) : [],
  });
  const byName = (a: Row, b: Row): number => a.label.localeCompare(b.label);
  const { tracks, people, venues, vehicles, interpreters } = timeline.rows;
  const out: GroupRows[] = [
    { group: 'tracks', rows: tracks.map(({ id, code, name }) => row('tracks', id, names.track(code), saysMore(names.trackName(id, name), code))) },
    { group: 'people', rows: people.map((person) => row('people', person.id, person.name, codes.get(person.track ?? '') ?? '')).sort(byTrackThenName) },
    { group: 'venues', rows: venues.map((venue) => row('venues', venue.id, venue.name)).filter((venue) => venue.bars.length > 0).sort(byName) },
    { group: 'vehicles', rows: vehicles.map(({ id }) => row('vehicles', id, names.vehicle(id))).sort(byName) },
    { group: 'interpreters', rows: interpreters.map((person) => row('interpreters', person.id, person.name)).sort(byName) },
  ];
  return out.filter((each) => each.rows.length > 0);
}

function takenBy(strips: readonly Taken[]): Map<string, Row['taken']> {
  const out = new Map<string, Row['taken']>();
  for (const { person, starts, ends, title, tentative } of strips) {
    const list = out.get(person) ?? [];
    list.push({ from: parseTime(starts).instant, to: parseTime(ends).instant, title: title ?? '', tentative });
    out.set(person, list);
  }
  return out;
}

/// "Part A" beside "Track A" says nothing new.
const saysMore = (name: string, code: string): string => (name.endsWith(` ${code}`) ? '' : name);

/// Those without a track (the other side's people) come last.
function byTrackThenName(a: Row, b: Row): number {
  if (a.detail !== b.detail) return a.detail === '' ? 1 : b.detail === '' ? -1 : a.detail.localeCompare(b.detail);
  return a.label.localeCompare(b.label);
}

/// The part of a day worth showing: from the hour before its first bar to the hour after the last one that begins on it.
/// What goes on after midnight still belongs to its evening.
export function spanOfBars(day: Span, bars: readonly Bar[]): Span {
  const hour = 3_600_000;
  const mine = bars.filter((bar) => bar.from >= day.from && bar.from < day.to);
  if (mine.length === 0) return { from: day.from + 8 * hour, to: day.from + 18 * hour };
  const from = Math.floor((Math.min(...mine.map((bar) => bar.from)) - hour / 2) / hour) * hour;
  const to = Math.ceil((Math.max(...mine.map((bar) => bar.to)) + hour / 2) / hour) * hour;
  return { from: Math.max(from, day.from), to };
}
