// SPDX-License-Identifier: EUPL-1.2
// Time as the API writes it (RFC 9557, "2027-04-21T07:24:00+02:00[Europe/Amsterdam]") and as a timeline needs it: an
// instant in milliseconds and a zone. Never the browser's own zone, never minutes since midnight.

export const MINUTE = 60_000;

export interface ZonedTime {
  instant: number;
  zone: string;
}

/// Half-open: what ends at 09:00 does not touch what begins at 09:00.
export interface Span {
  from: number;
  to: number;
}

const pattern = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2}))\[([^\]]+)\]$/;

export function parseTime(text: string): ZonedTime {
  const match = pattern.exec(text);
  if (!match) throw new Error(`'${text}' is not a time such as 2027-04-21T07:24:00+02:00[Europe/Amsterdam]`);
  return { instant: Date.parse(match[1]!), zone: match[2]! };
}

const readers = new Map<string, Intl.DateTimeFormat>();

function reader(zone: string): Intl.DateTimeFormat {
  let found = readers.get(zone);
  if (!found) {
    found = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone, hourCycle: 'h23', era: 'short',
      year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
    });
    readers.set(zone, found);
  }
  return found;
}

interface Wall { year: number; month: number; day: number; hour: number; minute: number; second: number }

function wallOf(instant: number, zone: string): Wall {
  const wall: Record<string, number> = {};
  for (const part of reader(zone).formatToParts(instant)) wall[part.type] = Number(part.value);
  return wall as unknown as Wall;
}

const utcOf = (wall: Wall): number => Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second);

// Asked for each end of each bar. Clocks change on a quarter of an hour of UTC, so within one the answer stays.
const quarter = 15 * MINUTE;
const offsets = new Map<string, Map<number, number>>();

/// Milliseconds to add to UTC for the wall clock of `zone` at `instant`.
export function offsetAt(instant: number, zone: string): number {
  let known = offsets.get(zone);
  if (!known) offsets.set(zone, (known = new Map()));
  const slot = Math.floor(instant / quarter);
  let offset = known.get(slot);
  if (offset === undefined) known.set(slot, (offset = utcOf(wallOf(slot * quarter, zone)) - slot * quarter));
  return offset;
}

const two = (n: number): string => String(n).padStart(2, '0');

/// "2027-04-21": the day on the clocks of `zone`.
export function dayOf(instant: number, zone: string): string {
  const wall = wallOf(instant, zone);
  return `${wall.year}-${two(wall.month)}-${two(wall.day)}`;
}

/// "07:24" on the clocks of `zone`.
export function clockOf(instant: number, zone: string): string {
  const wall = wallOf(instant, zone);
  return `${two(wall.hour)}:${two(wall.minute)}`;
}

/// As the API reads it.
export function writeTime({ instant, zone }: ZonedTime): string {
  const wall = wallOf(instant, zone);
  const minutes = Math.round(offsetAt(instant, zone) / MINUTE);
  const sign = minutes < 0 ? '-' : '+';
  const size = Math.abs(minutes);
  return `${dayOf(instant, zone)}T${two(wall.hour)}:${two(wall.minute)}:${two(wall.second)}` +
    `${sign}${two(Math.floor(size / 60))}:${two(size % 60)}[${zone}]`;
}

/// The moment a clock shows `clock` on `day`. When clocks go back an hour comes twice: `near` picks the pass closer to it
/// (else the first). A time the clocks skip is read with the offset before the gap, as RFC 5545 has it.
export function instantAt(day: string, clock: string, zone: string, near?: number): number {
  const wanted = Date.parse(`${day}T${clock.length === 5 ? `${clock}:00` : clock}Z`);
  const early = wanted - offsetAt(wanted - 24 * 60 * MINUTE, zone);
  const late = wanted - offsetAt(wanted + 24 * 60 * MINUTE, zone);
  const passes = [early, late].filter((instant) => instant + offsetAt(instant, zone) === wanted);
  if (passes.length === 0) return early;
  const [first, second] = passes.sort((a, b) => a - b) as [number, number?];
  if (second === undefined || near === undefined) return first;
  return Math.abs(second - near) < Math.abs(first - near) ? second : first;
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 24 * 60 * MINUTE).toISOString().slice(0, 10);
}

/// Midnight to midnight: 23, 24 or 25 hours.
export function spanOfDay(day: string, zone: string): Span {
  return { from: instantAt(day, '00:00', zone), to: instantAt(addDays(day, 1), '00:00', zone) };
}

export function daysBetween(from: string, to: string): string[] {
  const out: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) out.push(day);
  return out;
}

/// Every full hour of the span, as instants: on the night of a clock change one hour label comes twice, or not at all.
export function hoursIn(span: Span, zone: string): number[] {
  const hour = 60 * MINUTE;
  // Zones are whole minutes off UTC, not always whole hours: start where this zone's clock shows :00.
  const skew = ((offsetAt(span.from, zone) % hour) + hour) % hour;
  const out: number[] = [];
  for (let at = Math.ceil((span.from + skew) / hour) * hour - skew; at <= span.to; at += hour) out.push(at);
  return out;
}

export function minutesBetween(from: number, to: number): number {
  return Math.round((to - from) / MINUTE);
}

/// "9:5", "905", "09.05", "9" -> "09:05", "09:05", "09:05", "09:00"; null when it is no time.
export function readClock(text: string): string | null {
  const match = /^\s*(\d{1,2})(?:\s*[:.h]\s*(\d{1,2}))?\s*$/.exec(text) ?? /^\s*(\d{1,2})(\d{2})\s*$/.exec(text);
  if (!match) return null;
  const hours = Number(match[1]);
  const minutes = Number(match[2] ?? 0);
  if (hours > 23 || minutes > 59) return null;
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}
