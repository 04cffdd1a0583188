// SPDX-License-Identifier: EUPL-1.2
// The documents of host/README.md, as far as the desk reads them.

export type Level = 'note' | 'warn' | 'block_release' | 'block';
export type EntityKind = 'programme_item' | 'transport_leg';

export interface Session {
  user: { id: string; name: string; roles: string[]; rights?: string[]; language: string };
  csrf: string;
}

export interface Text {
  text: string;
  language: string;
}

export interface Document {
  id: string;
  rev: number;
}

export interface Visit extends Document {
  title: Text;
  direction: string;
  kind_of_visit: string;
  status: string;
  partner_city?: string | null;
  starts: string;
  ends: string;
  languages: string[];
  case_number?: string | null;
}

export interface City extends Document {
  name: Text;
  country: string;
}

export interface Vehicle extends Document {
  name?: string | null;
  vehicle_kind: string;
  seats?: number | null;
}

export interface Page<T> {
  items: T[];
  next: string | null;
  seq: number;
}

export interface Ref {
  entity: string;
  id: string;
  field?: string;
}

export interface Finding {
  code: string;
  level: Level;
  subject: string;
  visit: string;
  text: string;
  refs: Ref[];
  key: string;
}

export interface Entry {
  entity: EntityKind;
  id: string;
  title: string;
  starts: string;
  ends: string;
  venue?: string;
  from?: string;
  to?: string;
  mode?: string;
  vehicle?: string;
  service?: string;
  fallback_of?: string;
  status: string;
  kind: string;
  tracks: string[];
  people: string[];
  interpreters: string[];
  rev: number;
  findings: string[];
}

export interface Named {
  id: string;
  name: string;
}

/// A stretch of somebody's time that is taken elsewhere; a title only where its owner said so.
export interface Taken {
  person: string;
  starts: string;
  ends: string;
  tentative: boolean;
  title?: string;
}

export interface Timeline {
  visit: string;
  entries: Entry[];
  busy?: Taken[]; // what calendars elsewhere say, in order of person and time
  rows: {
    tracks: (Named & { code: string })[];
    people: (Named & { track: string | null })[];
    venues: Named[];
    vehicles: Named[];
    interpreters: Named[];
  };
}

export interface Change {
  op: 'create' | 'update' | 'delete';
  entity: string;
  id?: string;
  rev?: number;
  fields?: Record<string, unknown>;
}

export interface ChangeSet {
  reason: string;
  changes: Change[];
  confirm?: string[];
}

export interface Outcome {
  verdict: 'committed' | 'would_commit' | 'unchanged' | 'needs_confirmation' | 'refused' | 'conflict';
  seq: number;
  change_set: string;
  changes: { entity: string; id: string; rev: number; op: string }[];
  introduced: Finding[];
  shifted: Finding[];
  resolved: Finding[];
  affected: { person: string; name: string; because: Ref[] }[];
}

export interface ProposedEntry {
  entity: EntityKind;
  id: string;
  starts: string | null;
  ends: string | null;
  new_starts: string | null;
  new_ends: string | null;
  why: string;
}

/// What delay, insert and fallback answer with: nothing is written until its change set is posted.
export interface Proposal {
  entries: ProposedEntry[];
  findings: Finding[];
  change_set: ChangeSet;
}

/// What interpreters/assign answers with: who would take which item, and how many hands are still missing.
export interface AssignProposal {
  assignments: { item: string; person: string }[];
  open: { item: string; missing: number }[];
  change_set: ChangeSet;
}

export interface LogEntry {
  seq: number;
  change_set: string;
  at: string;
  actor: string;
  reason: string;
  entity: string;
  id: string;
  visit: string | null;
  op: string;
}

export interface ChangesEvent {
  seq: number;
  change_set: string;
  actor: string;
  reason: string;
  changes: { entity: string; id: string; op: string; rev: number; visit: string | null }[];
}

export interface Manifest {
  legs: {
    leg: string;
    vehicle: string | null;
    vehicle_name: string | null;
    mode: string;
    service: string | null;
    departs: string;
    arrives: string;
    from_name: string;
    to_name: string;
    seats: number | null;
    passengers: { person: string; name: string; organisation: string | null; wheelchair: boolean }[];
  }[];
}

export interface Rooming {
  accommodations: {
    id: string;
    venue: string;
    check_in: string;
    check_out: string;
    rooms: Record<string, number>;
    people: { person: string; name: string; organisation: string | null; room: string; number: string | null }[];
  }[];
}

export interface Interpreters {
  needs: { item: string; needed: number; mode: string; from: string; to: string; starts: string; ends: string; assigned: string[] }[];
  pool: { person: string; name: string; day_limit_minutes: number }[];
  minutes: Record<string, Record<string, number>>;
}

export interface LanguageGaps {
  gaps: Record<string, { persons: string[]; covered_by: string | null }>;
}
