// SPDX-License-Identifier: EUPL-1.2
// A move that is not saved yet: which entry, by how much, and what the daemon says of it. Keys, pointer and dialog only
// set the minutes; the dry run follows by itself.
import { isBlocked, toConfirm } from '../api/levels';
import type { ChangeSet, EntityKind, Outcome } from '../api/types';
import type { Bar } from '../timeline/rows';
import { MINUTE, writeTime, type Span } from '../timeline/time';
import { explain } from './app';
import { Store } from './store';
import type { VisitStore } from './visit';

const quiet = 140; // ms without another key or pixel before the daemon is asked

export interface Draft {
  bar: Bar;
  minutes: number;
  outcome: Outcome | null;
  confirmed: boolean;
  failed: string;
  saving: boolean;
}

export function movedBy({ from, to }: Span, minutes: number): Span {
  return { from: from + minutes * MINUTE, to: to + minutes * MINUTE };
}

/// Nothing is in the way: the dry run has answered, and what it wants confirmed is.
export function isReady({ outcome, confirmed, failed, saving }: Draft): boolean {
  return !!outcome && !failed && !saving && !isBlocked(outcome) && (confirmed || toConfirm(outcome).length === 0);
}

export function changeSetOf({ bar, minutes }: Pick<Draft, 'bar' | 'minutes'>): ChangeSet {
  const { entry } = bar;
  const { from, to } = movedBy(bar, minutes);
  const starts = writeTime({ instant: from, zone: bar.zone });
  const ends = writeTime({ instant: to, zone: bar.zoneTo });
  const fields: Record<EntityKind, Record<string, string>> = { programme_item: { starts, ends }, transport_leg: { departs: starts, arrives: ends } };
  return {
    reason: `${entry.id} ${minutes > 0 ? '+' : '−'}${Math.abs(minutes)} min`,
    changes: [{ op: 'update', entity: entry.entity, id: entry.id, rev: entry.rev, fields: fields[entry.entity] }],
  };
}

export class DraftStore extends Store<Draft | null> {
  #round: AbortController | undefined;
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly visit: VisitStore) {
    super(null);
  }

  get span(): Span | null {
    return this.value && movedBy(this.value.bar, this.value.minutes);
  }

  /// How far an entry is moved; zero minutes is no draft.
  move(bar: Bar, minutes: number): void {
    if (this.value?.bar.entry.id === bar.entry.id && this.value.minutes === minutes) return;
    this.forget();
    if (minutes === 0) return;
    this.set({ bar, minutes, outcome: null, confirmed: false, failed: '', saving: false });
    this.#pause = setTimeout(() => void this.#dryRun(), quiet);
  }

  confirm(confirmed: boolean): void {
    this.#change({ confirmed });
  }

  forget(): void {
    this.#round?.abort();
    clearTimeout(this.#pause);
    this.set(null);
  }

  async #dryRun(): Promise<void> {
    if (!this.value) return;
    const round = (this.#round = new AbortController());
    try {
      const outcome = await this.visit.tryChange(changeSetOf(this.value), round.signal);
      if (!round.signal.aborted) this.#change({ outcome });
    } catch (error) {
      if (!round.signal.aborted) this.#change({ failed: explain(error) });
    }
  }

  /// The outcome when it is saved; null when it is not, and the draft says why.
  async save(): Promise<Outcome | null> {
    const draft = this.value;
    if (!draft?.outcome || !isReady(draft)) return null;
    this.#change({ saving: true });
    try {
      const outcome = await this.visit.save(changeSetOf(draft), toConfirm(draft.outcome).map(({ key }) => key));
      if (outcome.verdict === 'committed' || outcome.verdict === 'unchanged') {
        this.forget();
        return outcome;
      }
      this.#change({ outcome, confirmed: false, saving: false }); // refused after all, or overtaken: to be looked at again
    } catch (error) {
      this.#change({ failed: explain(error), saving: false });
    }
    return null;
  }

  #change(change: Partial<Draft>): void {
    if (this.value) this.set({ ...this.value, ...change });
  }
}
