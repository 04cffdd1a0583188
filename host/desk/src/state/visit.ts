// SPDX-License-Identifier: EUPL-1.2
// One visit as the desk shows it: the daemon's documents, kept up to date by its event stream. The only way to change
// anything is save(); everything on the page follows from the store.
import type { ChangeSet, ChangesEvent, City, Finding, LogEntry, Outcome, Timeline, Vehicle, Visit } from '../api/types';
import { Problem, Unreachable } from '../api/client';
import { barsOf, type Bar } from '../timeline/rows';
import { parseTime } from '../timeline/time';
import { locale } from '../i18n';
import { Store } from './store';
import { askWho, client, who } from './app';

export interface VisitState {
  loading: boolean;
  error: unknown;
  visit: Visit | null;
  partner: City | null;
  timeline: Timeline | null;
  bars: Bar[];
  findings: Finding[];
  vehicles: Map<string, Vehicle>;
  texts: Map<string, string>; // "programme_item/it-01/title" in the page's language
  seq: number;
  updatedAt: number;
  connected: boolean;
  lastChange: { actor: string; reason: string } | null; // by somebody else
}

const empty: VisitState = {
  loading: true, error: null, visit: null, partner: null, timeline: null, bars: [], findings: [], vehicles: new Map(), texts: new Map(),
  seq: 0, updatedAt: 0, connected: true, lastChange: null,
};

const retryAfter = 3000; // ms

export class VisitStore extends Store<VisitState> {
  #events: EventSource | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #own = new Set<string>(); // change sets that came from here
  #sending: Promise<unknown> = Promise.resolve();
  #round = 0;
  #stop: (() => void)[] = [];

  constructor(readonly id: string) {
    super(empty);
  }

  get zone(): string {
    return this.value.visit ? parseTime(this.value.visit.starts).zone : 'UTC';
  }

  async open(): Promise<void> {
    this.#stop.push(locale.subscribe(() => void this.refresh())); // titles and sentences come in the page's language
    const seen = (): void => this.#seen();
    document.addEventListener('visibilitychange', seen);
    this.#stop.push(() => document.removeEventListener('visibilitychange', seen));
    await this.refresh();
    this.#listen();
  }

  close(): void {
    for (const stop of this.#stop.splice(0)) stop();
    this.#events?.close();
    clearTimeout(this.#retry);
    this.#round = -1;
  }

  /// Everything anew; of several calls under way the last one counts.
  async refresh(): Promise<void> {
    if (this.#round < 0) return;
    const round = ++this.#round;
    try {
      // The findings' seq is where the event stream goes on from, so they are asked for first.
      const [found, visit, timeline, texts, vehicles] = await Promise.all([
        client.findings(this.id), client.visit(this.id), client.timeline(this.id),
        client.texts(this.id).catch(lessWithout), client.vehicles().catch(lessWithout),
      ]);
      const known = this.value.partner;
      const partner = visit.partner_city && known?.id !== visit.partner_city
        ? ((await client.cities()).find((city) => city.id === visit.partner_city) ?? null) : known;
      if (round !== this.#round) return;
      this.update({
        loading: false, error: null, visit, partner, timeline, bars: barsOf(timeline), findings: found.findings,
        vehicles: new Map(vehicles.map((vehicle) => [vehicle.id, vehicle])),
        texts: new Map(texts.map((row) => [`${row.entity}/${row.id}/${row.field}`, row.text])),
        seq: Math.max(found.seq, this.value.seq), updatedAt: Date.now(), connected: true,
      });
    } catch (error) {
      if (round !== this.#round) return;
      if (error instanceof Unreachable && this.value.timeline) this.update({ connected: false });
      else this.update({ loading: false, error });
    }
  }

  tryChange(changeSet: ChangeSet, signal?: AbortSignal): Promise<Outcome> {
    return client.tryChange(changeSet, signal);
  }

  async save(changeSet: ChangeSet, confirm: string[]): Promise<Outcome> {
    return this.#send(client.change({ ...changeSet, confirm }));
  }

  async undo(seq: number, confirm: string[] = []): Promise<Outcome> {
    return this.#send(client.undo(seq, confirm));
  }

  /// The newest change sets first.
  async history(): Promise<LogEntry[][]> {
    const { changes } = await client.history(this.id, Math.max(0, this.value.seq - historyReach));
    const sets = new Map<string, LogEntry[]>();
    for (const entry of changes) {
      const set = sets.get(entry.change_set);
      if (set) set.push(entry);
      else sets.set(entry.change_set, [entry]);
    }
    return [...sets.values()].reverse();
  }

  async #send(request: Promise<Outcome>): Promise<Outcome> {
    this.#sending = request.catch(() => undefined);
    const outcome = await request;
    if (outcome.verdict === 'committed') this.#own.add(outcome.change_set);
    if (outcome.verdict === 'committed' || outcome.verdict === 'conflict') await this.refresh();
    return outcome;
  }

  /// A browser has six connections to a server, all tabs together: a tab nobody sees gives its stream back, and catches up
  /// when it is seen again.
  #seen(): void {
    if (document.hidden) this.#events?.close();
    else this.#listen();
  }

  #listen(): void {
    if (this.#round < 0 || document.hidden) return;
    this.#events?.close();
    const events = new EventSource(`/api/v1/events?${new URLSearchParams({ visit: this.id, since: String(this.value.seq) })}`);
    this.#events = events;
    let lost = false;
    events.addEventListener('open', () => {
      if (lost) void this.refresh(); // what came while we were away is in the documents
      lost = false;
      this.update({ connected: true });
    });
    events.addEventListener('changes', (event) => void this.#heard(JSON.parse((event as MessageEvent<string>).data) as ChangesEvent));
    events.addEventListener('lagged', () => void this.refresh());
    events.addEventListener('error', () => {
      lost = true;
      this.update({ connected: false });
      // The browser tries again by itself after a lost connection, not after an answer that is no stream.
      if (events.readyState === EventSource.CLOSED) this.#again();
    });
  }

  #again(): void {
    clearTimeout(this.#retry);
    this.#retry = setTimeout(async () => {
      await askWho();
      if (!who.value.session) return; // the sign-in page takes over
      this.#listen();
      await this.refresh();
    }, retryAfter);
  }

  async #heard(event: ChangesEvent): Promise<void> {
    await this.#sending; // the stream may be faster than the answer that says the change set is ours
    if (this.#own.has(event.change_set)) return;
    this.update({ lastChange: { actor: event.actor, reason: event.reason } });
    await this.refresh();
  }
}

const historyReach = 400; // log entries

/// A plugin that is left out takes its part of the page with it, and nothing else.
function lessWithout(error: unknown): never[] {
  if (error instanceof Problem && error.status === 404) return [];
  throw error;
}
