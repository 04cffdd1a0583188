// SPDX-License-Identifier: EUPL-1.2
import { describe, expect, it } from 'vitest';

import { MINUTE, addDays, clockOf, dayOf, daysBetween, hoursIn, instantAt, minutesBetween, parseTime, readClock, spanOfDay, writeTime } from './time';

const zone = 'Europe/Berlin';

describe('a time of the API', () => {
  it.each([
    '2027-04-21T07:24:00+02:00[Europe/Amsterdam]',
    '2027-10-31T02:30:00+02:00[Europe/Berlin]', // the first 02:30 of the night
    '2027-10-31T02:30:00+01:00[Europe/Berlin]', // the second
    '2027-01-01T00:00:00-03:30[America/St_Johns]',
    '2027-06-01T12:00:00+05:45[Asia/Kathmandu]',
  ])('is written as it was read: %s', (text) => {
    expect(writeTime(parseTime(text))).toBe(text);
  });

  it.each(['', '07:24', '2027-04-21T07:24:00+02:00', '2027-04-21T07:24:00[Europe/Berlin]'])('without zone or offset is refused: "%s"', (text) => {
    expect(() => parseTime(text)).toThrow(`'${text}' is not a time`);
  });

  it('shows the wall clock of its own zone', () => {
    const { instant } = parseTime('2027-04-21T23:30:00+01:00[Europe/London]');
    expect(clockOf(instant, 'Europe/Amsterdam')).toBe('00:30');
    expect(dayOf(instant, 'Europe/Amsterdam')).toBe('2027-04-22');
    expect(dayOf(instant, 'Europe/London')).toBe('2027-04-21');
  });
});

describe('the night the clocks go back', () => {
  it('is 25 hours long and shows 02 twice', () => {
    const day = spanOfDay('2027-10-31', zone);
    expect(minutesBetween(day.from, day.to)).toBe(25 * 60);
    const labels = hoursIn(day, zone).map((at) => clockOf(at, zone));
    expect(labels.filter((label) => label === '02:00')).toHaveLength(2);
    expect(labels).toHaveLength(26);
  });

  it('makes 20:00 to 02:30 last 450 minutes', () => {
    const from = parseTime('2027-10-30T20:00:00+02:00[Europe/Berlin]').instant;
    const to = parseTime('2027-10-31T02:30:00+01:00[Europe/Berlin]').instant;
    expect(minutesBetween(from, to)).toBe(450);
  });

  it('gives 02:30 as the pass that is nearer', () => {
    const first = parseTime('2027-10-31T02:30:00+02:00[Europe/Berlin]').instant;
    const second = parseTime('2027-10-31T02:30:00+01:00[Europe/Berlin]').instant;
    expect(instantAt('2027-10-31', '02:30', zone)).toBe(first);
    expect(instantAt('2027-10-31', '02:30', zone, second + 10 * MINUTE)).toBe(second);
    expect(instantAt('2027-10-31', '02:30', zone, first - 10 * MINUTE)).toBe(first);
  });
});

describe('the night the clocks go forward', () => {
  it('is 23 hours long and has no 02', () => {
    const day = spanOfDay('2027-03-28', zone);
    expect(minutesBetween(day.from, day.to)).toBe(23 * 60);
    expect(hoursIn(day, zone).map((at) => clockOf(at, zone))).not.toContain('02:00');
  });

  it('reads a skipped time with the offset before the gap', () => {
    expect(clockOf(instantAt('2027-03-28', '02:30', zone), zone)).toBe('03:30');
  });
});

it('full hours stand where the zone has them', () => {
  const kathmandu = 'Asia/Kathmandu';
  for (const at of hoursIn(spanOfDay('2027-06-01', kathmandu), kathmandu)) expect(clockOf(at, kathmandu)).toMatch(/:00$/);
});

it('days go on over the end of a month', () => {
  expect(addDays('2027-02-28', 1)).toBe('2027-03-01');
  expect(daysBetween('2027-04-29', '2027-05-02')).toEqual(['2027-04-29', '2027-04-30', '2027-05-01', '2027-05-02']);
});

describe('a clock time as people type it', () => {
  it.each([['09:05', '09:05'], ['9:5', '09:05'], ['905', '09:05'], ['1430', '14:30'], ['14.30', '14:30'], ['14h30', '14:30'], ['7', '07:00'], [' 00:00 ', '00:00']])(
    'reads "%s" as %s', (text, time) => expect(readClock(text)).toBe(time));

  it.each(['', '24:00', '12:60', '12:345', 'noon', '2 PM', '-1:00'])('takes "%s" for no time', (text) => expect(readClock(text)).toBeNull());
});
