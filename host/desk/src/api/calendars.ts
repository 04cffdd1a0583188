// SPDX-License-Identifier: EUPL-1.2
// Calendars that go out (links, programs) and come in (calendars elsewhere), as the daemon speaks of them: host/README.md and
// plugins/calendar/README.md.
import { client } from '../state/app';

export const scopes = ['visit', 'track', 'person', 'vehicle', 'driver', 'interpreter', 'venue', 'office'] as const;
export type Scope = (typeof scopes)[number];
export const details = ['full', 'items', 'banner', 'tasks'] as const;
export type Detail = (typeof details)[number];

/// How a token was used; null where it never was.
export interface Used {
  at: string;
  client: string;
  days: Record<string, number>;
}

export interface Link {
  id: string;
  scope: Scope;
  visit: string | null;
  subject: string;
  language: string;
  note: string;
  detail: Detail;
  alarms_minutes: number | null;
  used: Used | null;
}

export interface NewLink {
  scope: Scope;
  id?: string;
  lang: string;
  detail: Detail;
  note?: string;
  alarms_minutes?: number;
}

export interface MadeLink {
  url: string;
  webcal: string;
  token_id: string;
}

const base = (visit: string): string => (visit ? `/visits/${encodeURIComponent(visit)}/feeds` : '/feeds');

/// Those of a visit; of all visits when it is empty.
export const linksOf = async (visit: string): Promise<Link[]> => (await client.ask<{ feeds: Link[] }>('GET', base(visit))).feeds;
export const makeLink = (visit: string, wish: NewLink): Promise<MadeLink> => client.ask('POST', base(visit), wish);
export const revoke = (token: string): Promise<void> => client.ask('DELETE', `/tokens/${encodeURIComponent(token)}`);

// ---- programs that sign in ----

export interface AppPassword {
  id: string;
  kind: string;
  name: string;
  user?: string | null;
  scopes: string[];
  used: Used | null;
}

/// Of a user, by the name they sign in with.
export async function appPasswords(user: string): Promise<AppPassword[]> {
  const { tokens } = await client.ask<{ tokens: AppPassword[] }>('GET', '/tokens');
  return tokens.filter((token) => token.kind === 'api' && token.user === user);
}
export const makeAppPassword = (user: string, name: string, scopes: string[]): Promise<{ id: string; token: string }> =>
  client.ask('POST', '/tokens', { name, scopes, user });

// ---- calendars elsewhere ----

export interface Elsewhere {
  id: string;
  person: string;
  person_name: string;
  name: string;
  kind: 'ics' | 'caldav' | 'file';
  host: string;
  show_details: boolean;
  consent: string | null;
  state: 'ok' | 'new' | 'stale' | 'failed';
  looking: boolean;
  events: number;
  busy: number;
  last_ok: string | null;
  next_look?: string;
  error?: { code: string; text: string; times: number };
}

export interface NewElsewhere {
  person?: string;
  name: string;
  kind: Elsewhere['kind'];
  url?: string;
  user?: string;
  password?: string;
  text?: string;
  show_details: boolean;
  consent?: string;
}

export interface Preview {
  preview?: string;
  state: 'looking' | 'ready' | 'failed';
  name?: string;
  events?: number;
  busy?: number;
  free?: number;
  cancelled?: number;
  remarks?: string[];
  first?: { starts: string; ends: string; tentative: boolean; title?: string }[];
  error?: { code: string; text: string };
}

export interface CameIn {
  id: string;
  came_in?: { new: number; changed: number; gone: number };
}

const elsewhere = '/calendars/foreign';
const one = (id: string): string => `${elsewhere}/${encodeURIComponent(id)}`;

export const elsewheres = (): Promise<{ calendars: Elsewhere[]; person: string | null }> => client.ask('GET', elsewhere);
export const addElsewhere = (wish: NewElsewhere): Promise<CameIn> => client.ask('POST', elsewhere, wish);
export const removeElsewhere = (id: string): Promise<void> => client.ask('DELETE', one(id));
export const refreshElsewhere = (id: string): Promise<void> => client.ask('POST', `${one(id)}/refresh`);
export const undoUpload = (id: string): Promise<void> => client.ask('POST', `${one(id)}/undo`);
export const tryElsewhere = (wish: NewElsewhere): Promise<Preview> => client.ask('POST', `${elsewhere}/preview`, wish);
export const askPreview = (id: string): Promise<Preview> => client.ask('GET', `${elsewhere}/preview/${encodeURIComponent(id)}`);

// ---- who was told by mail ----

/// Who was written to about one entry, and whether what they were told is still so.
export interface Invited {
  on: boolean;
  people: {
    person: string;
    name: string;
    problem: string;
    entries: { state: 'told' | 'not_told' | 'withdrawn'; current?: boolean; answer?: string; mail?: { state: string; sent_at: string | null } | null }[];
  }[];
}

export const invitedTo = (visit: string, entity: string, id: string): Promise<Invited> =>
  client.ask('GET', `/visits/${encodeURIComponent(visit)}/invitations`, undefined, { entity, id });
