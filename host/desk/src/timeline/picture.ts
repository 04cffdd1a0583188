// SPDX-License-Identifier: EUPL-1.2
// What a programme shows, worked out from the daemon's documents: its days, rows, titles, and what is found where. Pure.
import type { Entry, Finding, Timeline, Vehicle, Visit } from '../api/types';
import { heavier } from '../api/levels';
import { rowsOf, spanOfBars, type Bar, type GroupRows } from './rows';
import { dayOf, daysBetween, parseTime, spanOfDay, type Span } from './time';
import type { Marks } from './words';

export interface Facts {
  visit: Visit;
  timeline: Timeline;
  bars: readonly Bar[];
  findings: readonly Finding[];
  vehicles: ReadonlyMap<string, Vehicle>;
  texts: ReadonlyMap<string, string>;
}

/// The words of the page's language for what has no name of its own.
export interface Words {
  track(code: string): string;
  vehicleKind(kind: string): string;
}

export interface Picture {
  zone: string;
  days: string[];
  bars: readonly Bar[];
  groups: GroupRows[];
  byId: Map<string, Bar>;
  titles: Map<string, string>;
  marks: Map<string, Marks>;
}

export function pictureOf({ visit, timeline, bars, findings, vehicles, texts }: Facts, words: Words): Picture {
  const { zone } = parseTime(visit.starts);
  const byId = new Map(bars.map((bar) => [bar.entry.id, bar]));
  const first = Math.min(parseTime(visit.starts).instant, ...bars.map((bar) => bar.from));
  const last = Math.max(parseTime(visit.ends).instant, ...bars.map((bar) => bar.from));
  const named = (vehicle: Vehicle | undefined): string | undefined =>
    vehicle && (vehicle.name ?? words.vehicleKind(vehicle.vehicle_kind)) + (vehicle.seats ? ` (${vehicle.seats})` : '');
  return {
    zone, bars, byId,
    days: daysBetween(dayOf(first, zone), dayOf(last, zone)),
    groups: rowsOf(timeline, bars, {
      track: words.track,
      trackName: (id, name) => texts.get(`track/${id}/name`) ?? name,
      vehicle: (id) => named(vehicles.get(id)) ?? id,
    }),
    titles: new Map(bars.map(({ entry }) => [entry.id, titleOf(entry, texts)])),
    marks: marksOf(findings, byId),
  };
}

const titleOf = (entry: Entry, texts: ReadonlyMap<string, string>): string => texts.get(`${entry.entity}/${entry.id}/title`) ?? entry.title;

/// The heaviest level and the number of findings of each entry.
function marksOf(findings: readonly Finding[], byId: ReadonlyMap<string, Bar>): Map<string, Marks> {
  const marks = new Map<string, Marks>();
  for (const finding of findings)
    for (const { id } of finding.refs)
      if (byId.has(id)) {
        const known = marks.get(id);
        marks.set(id, { level: heavier(known?.level, finding.level), count: (known?.count ?? 0) + 1 });
      }
  return marks;
}

/// What the timeline shows of a day; of all of them when it is empty.
export function spanShown({ zone, days, bars }: Picture, day: string): Span {
  if (day) return spanOfBars(spanOfDay(day, zone), bars);
  const spans = days.map((each) => spanOfBars(spanOfDay(each, zone), bars));
  return { from: spans[0]?.from ?? 0, to: spans.at(-1)?.to ?? 0 };
}

export function barsOn({ zone, bars }: Picture, day: string): readonly Bar[] {
  if (!day) return bars;
  const { from, to } = spanOfDay(day, zone);
  return bars.filter((bar) => bar.from >= from && bar.from < to);
}

/// The day a bar is looked up under: the one it begins on.
export const dayWith = ({ zone }: Picture, bar: Bar): string => dayOf(bar.from, zone);
