// SPDX-License-Identifier: EUPL-1.2
// Every request of the desk goes through here: language, CSRF token, and errors as values a page can explain.
import type {
  AssignProposal, ChangeSet, City, Finding, Interpreters, LanguageGaps, LogEntry, Manifest, Outcome, Page, Proposal, Rooming, Session,
  Timeline, Vehicle, Visit,
} from './types';

/// RFC 9457, as the daemon sends it.
export class Problem extends Error {
  constructor(readonly status: number, readonly title: string, readonly detail: string, readonly body: Record<string, unknown>) {
    super(detail || title);
  }
}

/// The daemon was not reached: no network, or it is down.
export class Unreachable extends Error {}

export interface TextRow {
  entity: string;
  id: string;
  field: string;
  text: string;
}

type Json = Record<string, unknown>;

export class Client {
  csrf = '';
  language = 'en';
  /// Called when the daemon no longer knows us.
  signedOut: () => void = () => undefined;

  // ---- who ----
  signIn(name: string, password: string): Promise<Session> {
    return this.#send<Session>('POST', '/session', { name, password });
  }
  session(): Promise<Session> {
    return this.#send<Session>('GET', '/session');
  }
  signOut(): Promise<void> {
    return this.#send<void>('DELETE', '/session');
  }

  /** Names by actor: "user:0190…" → "wiebke". */
  async actors(): Promise<Record<string, string>> {
    return (await this.#send<{ actors: Record<string, string> }>('GET', '/actors')).actors;
  }

  // ---- what there is ----
  async all<T>(kind: string, query: Record<string, string> = {}): Promise<T[]> {
    const out: T[] = [];
    let after: string | null = null;
    do {
      const page: Page<T> = await this.#send<Page<T>>('GET', `/entities/${kind}`, undefined, { ...query, limit: '1000', ...(after ? { after } : {}) });
      out.push(...page.items);
      after = page.next;
    } while (after);
    return out;
  }
  visits(): Promise<Visit[]> {
    return this.all<Visit>('visit');
  }
  visit(id: string): Promise<Visit> {
    return this.#send<Visit>('GET', `/entities/visit/${encodeURIComponent(id)}`);
  }
  cities(): Promise<City[]> {
    return this.all<City>('city');
  }
  vehicles(): Promise<Vehicle[]> {
    return this.all<Vehicle>('vehicle');
  }
  findings(visit?: string): Promise<{ findings: Finding[]; seq: number }> {
    return this.#send('GET', '/findings', undefined, visit ? { visit } : {});
  }
  timeline(visit: string): Promise<Timeline> {
    return this.#send('GET', `/visits/${encodeURIComponent(visit)}/timeline`);
  }
  async texts(visit: string): Promise<TextRow[]> {
    return (await this.#send<{ texts: TextRow[] }>('GET', `/visits/${encodeURIComponent(visit)}/texts`)).texts;
  }

  // ---- change sets ----
  change(changeSet: ChangeSet, signal?: AbortSignal): Promise<Outcome> {
    return this.#outcome('/changes', changeSet, {}, signal);
  }
  tryChange(changeSet: ChangeSet, signal?: AbortSignal): Promise<Outcome> {
    return this.#outcome('/changes', changeSet, { dry_run: '1' }, signal);
  }
  undo(seq: number, confirm: string[]): Promise<Outcome> {
    return this.#outcome(`/changes/${seq}/undo`, { confirm }, {});
  }
  history(visit: string, since: number): Promise<{ changes: LogEntry[]; seq: number }> {
    return this.#send('GET', '/changes', undefined, { visit, since: String(since), limit: '1000' });
  }

  changesOf(entity: string, id: string): Promise<{ changes: LogEntry[] }> {
    return this.#send('GET', '/changes', undefined, { entity, id, limit: '1000' });
  }

  // ---- proposals ----
  delay(visit: string, leg: string, minutes: number, signal?: AbortSignal): Promise<Proposal> {
    return this.#send('POST', `/visits/${encodeURIComponent(visit)}/delay`, { leg, minutes }, {}, signal);
  }
  insert(visit: string, after: string, minutes: number, fields: Json, signal?: AbortSignal): Promise<Proposal> {
    return this.#send('POST', `/visits/${encodeURIComponent(visit)}/insert`, { after, minutes, fields }, {}, signal);
  }
  fallback(visit: string, leg: string, signal?: AbortSignal): Promise<Proposal> {
    return this.#send('POST', `/visits/${encodeURIComponent(visit)}/fallback`, { leg }, {}, signal);
  }

  assign(visit: string, signal?: AbortSignal): Promise<AssignProposal> {
    return this.#send('POST', `/visits/${encodeURIComponent(visit)}/interpreters/assign`, {}, {}, signal);
  }

  // ---- papers ----
  manifest(visit: string): Promise<Manifest> {
    return this.#send('GET', `/visits/${encodeURIComponent(visit)}/manifest`);
  }
  rooming(visit: string): Promise<Rooming> {
    return this.#send('GET', `/visits/${encodeURIComponent(visit)}/rooming`);
  }
  interpreters(visit: string): Promise<Interpreters> {
    return this.#send('GET', `/visits/${encodeURIComponent(visit)}/interpreters`);
  }
  languageGaps(visit: string): Promise<LanguageGaps> {
    return this.#send('GET', `/visits/${encodeURIComponent(visit)}/language-gaps`);
  }

  /// What a page of its own asks for (api/calendars.ts).
  ask<T>(method: string, path: string, body?: object, query: Record<string, string> = {}): Promise<T> {
    return this.#send<T>(method, path, body, query);
  }

  /// An outcome is an answer also where it says no (409, 422); anything else that is no success is an error.
  async #outcome(path: string, body: object, query: Record<string, string>, signal?: AbortSignal): Promise<Outcome> {
    try {
      return await this.#send<Outcome>('POST', path, body, query, signal);
    } catch (error) {
      if (error instanceof Problem && typeof error.body['verdict'] === 'string') return error.body as unknown as Outcome;
      throw error;
    }
  }

  async #send<T>(method: string, path: string, body?: object, query: Record<string, string> = {}, signal?: AbortSignal): Promise<T> {
    const headers: Record<string, string> = { Accept: 'application/json' };
    if (body) headers['Content-Type'] = 'application/json';
    if (method !== 'GET' && this.csrf) headers['X-CSRF-Token'] = this.csrf;
    const search = new URLSearchParams({ ...query, lang: this.language });
    let response: Response;
    try {
      response = await fetch(`/api/v1${path}?${search}`, { method, headers, body: body ? JSON.stringify(body) : null, signal: signal ?? null });
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') throw error;
      throw new Unreachable(String(error));
    }
    const text = await response.text();
    const document = read(text);
    if (response.ok) return document as T;
    if (response.status === 401 && path !== '/session') this.signedOut();
    const problem = document ?? {};
    throw new Problem(response.status, String(problem['title'] ?? response.statusText), String(problem['detail'] ?? ''), problem);
  }
}

function read(text: string): Json | undefined {
  try {
    return text ? (JSON.parse(text) as Json) : undefined;
  } catch {
    return undefined; // a proxy's own error page
  }
}
