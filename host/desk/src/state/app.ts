// SPDX-License-Identifier: EUPL-1.2
// What the whole desk shares: who is signed in, which page, how it looks, and what was announced last.
import { Client, Problem, Unreachable } from '../api/client';
import type { Session } from '../api/types';
import { isLanguage, languages, locale, t, type Language } from '../i18n';
import { Store } from './store';

export const client = new Client();

// ---- who ----

export interface Who {
  session: Session | null;
  known: boolean;   // we have asked
  expired: boolean; // was signed in, is no more
  error: string;    // why we could not ask
}

export const who = new Store<Who>({ session: null, known: false, expired: false, error: '' });

export const mayWrite = (): boolean => {
  const user = who.value.session?.user;
  return user?.rights ? user.rights.includes('write') : !!user && !user.roles.every((role) => role === 'reader');
};

function enter(session: Session): void {
  client.csrf = session.csrf;
  if (!localStorage.getItem('kogge.language') && isLanguage(session.user.language)) setLanguage(session.user.language, false);
  who.set({ session, known: true, expired: false, error: '' });
}

export async function signIn(name: string, password: string): Promise<void> {
  enter(await client.signIn(name, password));
}

export async function signOut(): Promise<void> {
  await client.signOut();
  client.csrf = '';
  who.set({ session: null, known: true, expired: false, error: '' });
}

/// Who we are, as the cookie tells: at the start, and when an event stream breaks off.
export async function askWho(): Promise<void> {
  try {
    enter(await client.session());
  } catch (error) {
    if (error instanceof Problem && error.status === 401) who.set({ session: null, known: true, expired: !!who.value.session, error: '' });
    else who.update({ known: true, error: explain(error) });
  }
}

client.signedOut = () => {
  if (who.value.session) who.set({ session: null, known: true, expired: true, error: '' });
};

/// An error in words of the page, with the way out.
export function explain(error: unknown): string {
  if (error instanceof Unreachable) return t('error.unreachable');
  if (error instanceof Problem) {
    if (error.status === 403) return t('error.denied');
    if (error.status === 404) return t('error.not_found');
    if (error.status === 409 || error.status === 412) return t('error.conflict');
    if (error.status === 422) return t('error.refused', { detail: error.message });
  }
  return t('error.failed', { detail: error instanceof Error ? error.message : String(error) });
}

// ---- which page ----

export type Place =
  | { page: 'visits' }
  | { page: 'calendars' }
  | { page: 'visit'; visit: string; tab: 'programme' | 'logistics' | 'languages' }
  | { page: 'unknown' };

export function placeOf(path: string): Place {
  const parts = path.split('/').filter(Boolean).map(decodeURIComponent);
  if (parts.length === 0) return { page: 'visits' };
  if (parts[0] === 'calendars' && parts.length === 1) return { page: 'calendars' };
  if (parts[0] !== 'visits' || !parts[1] || parts.length > 3) return { page: 'unknown' };
  const tab = parts[2] ?? 'programme';
  if (tab !== 'programme' && tab !== 'logistics' && tab !== 'languages') return { page: 'unknown' };
  return { page: 'visit', visit: parts[1], tab };
}

export const place = new Store<Place>({ page: 'visits' });

export function go(path: string): void {
  history.pushState(null, '', path);
  place.set(placeOf(location.pathname));
}

/// Links stay links; a plain click on one of ours changes the page without loading it anew.
export function followLinks(): void {
  place.set(placeOf(location.pathname));
  addEventListener('popstate', () => place.set(placeOf(location.pathname)));
  addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.composedPath().find((node): node is HTMLAnchorElement => node instanceof HTMLAnchorElement);
    if (!link || link.origin !== location.origin || link.target || link.hasAttribute('download') || link.hash) return;
    if (placeOf(link.pathname).page === 'unknown' && !link.pathname.startsWith('/visits')) return;
    event.preventDefault();
    go(link.pathname);
  });
}

// ---- how it looks ----

export type Theme = 'system' | 'light' | 'dark';
export const theme = new Store<Theme>('system');
const darkSystem = matchMedia('(prefers-color-scheme: dark)');

function showTheme(): void {
  const dark = theme.value === 'dark' || (theme.value === 'system' && darkSystem.matches);
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
}

export function setTheme(value: Theme): void {
  localStorage.setItem('kogge.theme', value);
  theme.set(value);
  showTheme();
}

export function setLanguage(language: Language, remember = true): void {
  if (remember) localStorage.setItem('kogge.language', language);
  client.language = language;
  document.documentElement.lang = language;
  locale.set(language);
}

export function readPreferences(): void {
  const kept = localStorage.getItem('kogge.language');
  const spoken = navigator.languages.map((tag) => tag.slice(0, 2)).find((code) => languages.some((each) => each.code === code));
  setLanguage(isLanguage(kept) ? kept : isLanguage(spoken) ? spoken : 'en', false);
  const chosen = localStorage.getItem('kogge.theme');
  theme.set(chosen === 'light' || chosen === 'dark' ? chosen : 'system');
  darkSystem.addEventListener('change', showTheme);
  showTheme();
}

// ---- what was announced ----

export interface Notice {
  text: string;
  tone: 'good' | 'plain' | 'bad';
  action?: { label: string; run: () => void };
}

export const notice = new Store<Notice | null>(null);

export const say = (text: string, tone: Notice['tone'] = 'plain', action?: Notice['action']): void =>
  notice.set(action ? { text, tone, action } : { text, tone });
export const complain = (error: unknown): void => say(explain(error), 'bad');
