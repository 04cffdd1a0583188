// SPDX-License-Identifier: EUPL-1.2
// The language of the page: t() for sentences, Intl for numbers and times. Everything that shows text follows `locale`.
import { Store } from '../state/store';
import { offsetAt, type ZonedTime } from '../timeline/time';
import { de } from './de';
import { en, type Catalogue, type Key } from './en';
import { nl } from './nl';

export type { Key } from './en';
export type Language = 'nl' | 'de' | 'en';

export const catalogues: Record<Language, Catalogue> = { nl, de, en };
export const languages: { code: Language; name: string }[] = [
  { code: 'nl', name: 'Nederlands' }, { code: 'de', name: 'Deutsch' }, { code: 'en', name: 'English' },
];

export const isLanguage = (code: string | null | undefined): code is Language => code === 'nl' || code === 'de' || code === 'en';

export const locale = new Store<Language>('en');

type Fill = Record<string, string | number>;

function fill(text: string, values: Fill): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
}

export function t(key: Key, values: Fill = {}): string {
  return fill(catalogues[locale.value][key], values);
}

/// A key that may not be in the catalogue (a kind, a mode or a status a plugin brought): then the bare word.
export function tWord(prefix: string, word: string): string {
  const key = `${prefix}.${word}`;
  return key in en ? t(key as Key) : word.replaceAll('_', ' ');
}

type Counted = Key extends infer K ? (K extends `${infer Stem}_one` ? Stem : never) : never;

export function tCount(stem: Counted, n: number, values: Fill = {}): string {
  const form = rules(locale.value).select(n) === 'one' ? 'one' : 'other';
  return t(`${stem}_${form}` as Key, { n, ...values });
}

// Making a formatter costs a hundred times what using it does.
const kept = new Map<string, Intl.DateTimeFormat>();
const plurals = new Map<string, Intl.PluralRules>();

function rules(language: Language): Intl.PluralRules {
  let found = plurals.get(language);
  if (!found) plurals.set(language, (found = new Intl.PluralRules(language)));
  return found;
}

// English as it is written on this side of the sea: 24 hours, day before month.
const tag = (language: Language): string => (language === 'en' ? 'en-GB' : language);

function formatter(name: string, zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale.value} ${zone} ${name}`;
  let found = kept.get(key);
  if (!found) kept.set(key, (found = new Intl.DateTimeFormat(tag(locale.value), { timeZone: zone, ...options })));
  return found;
}

export const clock = (instant: number, zone: string): string =>
  formatter('clock', zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(instant);
export const weekday = (instant: number, zone: string): string =>
  formatter('weekday', zone, { weekday: 'short', day: 'numeric', month: 'short' }).format(instant);
export const longDay = (instant: number, zone: string): string =>
  formatter('longDay', zone, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(instant);
export const dateRange = (from: number, to: number, zone: string): string =>
  formatter('range', zone, { day: 'numeric', month: 'long', year: 'numeric' }).formatRange(from, to);
export const moment = (instant: number, zone: string): string =>
  formatter('moment', zone, { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(instant);
/// "CEST", "MEZ": which clock this is; it tells the two passes of an hour apart.
export const zoneName = (instant: number, zone: string): string =>
  formatter('zone', zone, { timeZoneName: 'short', hour: '2-digit' }).formatToParts(instant).find((part) => part.type === 'timeZoneName')?.value ?? zone;
/// "08:40–10:31", each end on its own clock. The clocks are named where they differ: from each other (a leg into another
/// zone, a night that changes the clocks) or from the one the page is in.
export function clockSpan(from: ZonedTime, to: ZonedTime, home?: string): string {
  const here = offsetAt(from.instant, from.zone);
  const named = here !== offsetAt(to.instant, to.zone) || (home !== undefined && here !== offsetAt(from.instant, home));
  const said = ({ instant, zone }: ZonedTime): string => clock(instant, zone) + (named ? ` ${zoneName(instant, zone)}` : '');
  return `${said(from)}–${said(to)}`;
}
/// Of the person in front of the screen, not of a visit: "last updated 14:02".
export const localClock = (instant: number): string =>
  formatter('clock', localZone(), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(instant);
/// The zone of the person in front of the screen: for what belongs to no visit.
export const localZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
