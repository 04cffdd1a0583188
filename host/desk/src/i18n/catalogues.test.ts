// SPDX-License-Identifier: EUPL-1.2
import { beforeEach, describe, expect, it } from 'vitest';

import { parseTime } from '../timeline/time';
import { catalogues, clock, clockSpan, languages, locale, t, tCount, tWord, zoneName } from './index';

const holes = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map((match) => match[0]).sort();

describe.each(languages.map(({ code }) => code))('the catalogue %s', (code) => {
  it('has the keys of every other, and no more', () => {
    expect(Object.keys(catalogues[code]).sort()).toEqual(Object.keys(catalogues.en).sort());
  });
  it('leaves no sentence empty and fills the same holes', () => {
    for (const [key, text] of Object.entries(catalogues[code])) {
      expect(text.trim(), key).not.toBe('');
      expect(holes(text), key).toEqual(holes(catalogues.en[key as keyof typeof catalogues.en]));
    }
  });
  it('says things in its own words', () => {
    const same = Object.entries(catalogues[code]).filter(([key, text]) => text === catalogues.en[key as keyof typeof catalogues.en] && text.replace(/\{\w+\}/g, '').length > 16);
    expect(code === 'en' ? [] : same.map(([key]) => key)).toEqual([]);
  });
});

describe('sentences', () => {
  beforeEach(() => locale.set('en'));

  it('are filled in', () => expect(t('visit.changed_by_plain', { name: 'Sanne' })).toBe('Changed by Sanne'));
  it('follow the language', () => {
    locale.set('de');
    expect(tCount('preview.told', 1)).toBe('1 Person wird benachrichtigt');
    expect(tCount('preview.told', 26)).toBe('26 Personen werden benachrichtigt');
  });
  it('show a word nobody translated as it is', () => {
    expect(tWord('kind', 'meal')).toBe('Meal');
    expect(tWord('kind', 'sea_trial')).toBe('sea trial');
  });
});

describe('times', () => {
  it('are shown on the clock asked for, in 24 hours, in every language', () => {
    const instant = Date.parse('2027-04-21T17:24:00Z');
    for (const { code } of languages) {
      locale.set(code);
      expect(clock(instant, 'Europe/Amsterdam')).toBe('19:24');
      expect(clock(instant, 'Europe/London')).toBe('18:24');
    }
  });
  it('name the pass of an hour that comes twice', () => {
    locale.set('en');
    const first = Date.parse('2027-10-31T00:30:00Z');
    expect(clock(first, 'Europe/Berlin')).toBe(clock(first + 3_600_000, 'Europe/Berlin'));
    expect(zoneName(first, 'Europe/Berlin')).not.toBe(zoneName(first + 3_600_000, 'Europe/Berlin'));
  });
  it.each([
    ['a night that changes the clocks', '2027-10-30T20:00:00+02:00[Europe/Berlin]', '2027-10-31T02:30:00+01:00[Europe/Berlin]', 'Europe/Berlin', /^20:00 \S+–02:30 \S+$/],
    ['a leg into another zone', '2027-04-21T10:00:00+02:00[Europe/Amsterdam]', '2027-04-21T10:10:00+01:00[Europe/London]', 'Europe/Amsterdam', /^10:00 \S+–10:10 \S+$/],
    ['a day in another zone', '2027-04-21T10:00:00+01:00[Europe/London]', '2027-04-21T11:00:00+01:00[Europe/London]', 'Europe/Amsterdam', /^10:00 \S+–11:00 \S+$/],
    ['an ordinary hour', '2027-04-21T10:00:00+02:00[Europe/Berlin]', '2027-04-21T11:00:00+02:00[Europe/Berlin]', 'Europe/Amsterdam', /^10:00–11:00$/],
  ])('name the clocks where that matters: %s', (_, from, to, home, said) => {
    locale.set('en');
    expect(clockSpan(parseTime(from), parseTime(to), home)).toMatch(said);
  });
});
