// SPDX-License-Identifier: EUPL-1.2
// The programme of a visit: days, timeline or list, and the panel beside it. A move lives here from the first key or
// pixel to the save: draft → dry run → preview → change set.
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';

import type { ChangeSet, EntityKind, Finding, Outcome, Vehicle } from '../api/types';
import { clock, longDay, t, tCount, tWord, weekday, locale } from '../i18n';
import { complain, explain, go, mayWrite, notice, say } from '../state/app';
import { Follow } from '../state/store';
import type { VisitState, VisitStore } from '../state/visit';
import { rowsOf, spanOfBars, type Bar, type GroupRows } from '../timeline/rows';
import { MINUTE, dayOf, daysBetween, instantAt, offsetAt, parseTime, spanOfDay, writeTime, type Span } from '../timeline/time';
import type { KoggeTimeline, Marks } from '../timeline/timeline';
import '../timeline/timeline';
import '../ui/details';
import { KoggeElement, look } from '../ui/element';
import '../ui/fallback-dialog';
import '../ui/feeds-dialog';
import '../ui/findings';
import '../ui/history';
import { icon } from '../ui/icons';
import '../ui/insert-dialog';
import '../ui/late-dialog';
import { heavier } from '../ui/level';
import '../ui/move-dialog';
import '../ui/preview';
import { isBlocked, toConfirm } from '../ui/preview';
import './agenda';
import { programmeLook } from './programme-look';

const checkPause = 140; // ms of quiet before the daemon is asked about a move
const zoomStep = 1.4;
const onLists = new Set(['accommodation', 'room_request', 'vehicle']);
const narrow = 640; // px: below it the list comes first

interface Draft {
  id: string;
  minutes: number;
  outcome: Outcome | null;
  checking: boolean;
  confirmed: boolean;
  failed: string;
}

type Panel = 'findings' | 'details' | 'preview' | 'history';
type Dialog = 'move' | 'late' | 'fallback' | 'insert' | 'feeds' | null;

@customElement('kogge-programme')
export class KoggeProgramme extends KoggeElement {
  static override styles = [look, programmeLook];

  @property({ attribute: false }) store!: VisitStore;
  @state() private day = '';       // empty: all of them
  @state() private zoom = 0;       // pixels a minute; 0: the day fits
  @state() private view: 'timeline' | 'list' = matchMedia(`(max-width: ${narrow}px)`).matches ? 'list' : 'timeline';
  @state() private panel: Panel = 'findings';
  @state() private dialog: Dialog = null;
  @state() private selected = '';
  @state() private draft: Draft | null = null;
  @state() private saving = false;
  @state() private announced = '';

  #follow: Follow<VisitState> | undefined;
  #check: AbortController | undefined;
  #pause: ReturnType<typeof setTimeout> | undefined;

  // What follows from the store, worked out once for each of its states and languages.
  #known: VisitState | null = null;
  #language = '';
  #days: string[] = [];
  #groups: GroupRows[] = [];
  #titles = new Map<string, string>();
  #marks = new Map<string, Marks>();
  #byId = new Map<string, Bar>();

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('store')) {
      if (this.#follow) this.removeController(this.#follow);
      this.#follow = new Follow(this, this.store);
    }
    if (this.#known !== this.store.value || this.#language !== locale.value) this.#workOut(this.store.value);
  }

  #workOut(now: VisitState): void {
    this.#known = now;
    this.#language = locale.value;
    const { visit, timeline, bars } = now;
    if (!visit || !timeline) return;
    const zone = this.store.zone;
    this.#byId = new Map(bars.map((bar) => [bar.entry.id, bar]));
    this.#titles = new Map(bars.map(({ entry }) => [entry.id, now.texts.get(`${entry.entity}/${entry.id}/title`) ?? entry.title]));
    const first = Math.min(parseTime(visit.starts).instant, ...bars.map((bar) => bar.from));
    const last = Math.max(parseTime(visit.ends).instant, ...bars.map((bar) => bar.from));
    this.#days = daysBetween(dayOf(first, zone), dayOf(last, zone));
    this.#groups = rowsOf(timeline, bars, {
      track: (code) => t('track.named', { code }),
      trackName: (id, name) => now.texts.get(`track/${id}/name`) ?? name,
      vehicle: (id) => nameOfVehicle(now.vehicles.get(id)) ?? id,
    });
    this.#marks = new Map();
    for (const finding of now.findings)
      for (const { id } of finding.refs)
        if (this.#byId.has(id)) {
          const marks = this.#marks.get(id);
          this.#marks.set(id, { level: heavier(marks?.level, finding.level), count: (marks?.count ?? 0) + 1 });
        }
    if (this.draft && !this.#byId.has(this.draft.id)) this.#forget();
    if (!this.day && !this.#chosen) this.day = this.#firstDay();
  }

  #chosen = false;

  /// The day in the address, else today when the visit is under way, else the first.
  #firstDay(): string {
    this.#chosen = true;
    const asked = new URLSearchParams(location.search).get('day');
    const today = dayOf(Date.now(), this.store.zone);
    return [asked, today].find((day): day is string => !!day && this.#days.includes(day)) ?? this.#days[0] ?? '';
  }

  #spanOf(day: string): Span {
    const { zone } = this.store;
    const { bars } = this.store.value;
    if (day) return spanOfBars(spanOfDay(day, zone), bars);
    const spans = this.#days.map((each) => spanOfBars(spanOfDay(each, zone), bars));
    return { from: spans[0]?.from ?? 0, to: spans.at(-1)?.to ?? 0 };
  }

  /// A draft that leaves the day's span widens it, so that a bar never leaves the page.
  #shownSpan(): Span {
    const span = this.#spanOf(this.day);
    const draft = this.#draftSpan();
    return draft ? { from: Math.min(span.from, draft.from), to: Math.max(span.to, draft.to) } : span;
  }

  #draftSpan(): Span | null {
    const bar = this.draft && this.#byId.get(this.draft.id);
    if (!bar || !this.draft || this.draft.minutes === 0) return null;
    return { from: bar.from + this.draft.minutes * MINUTE, to: bar.to + this.draft.minutes * MINUTE };
  }

  // ---- page ----

  override render() {
    const now = this.store.value;
    const timeline = now.timeline!;
    const draft = this.#draftSpan();
    const editable = mayWrite();
    return html`${this.#toolbar(editable)}
      <div class="work" @entry-select=${this.#select} @entry-nudge=${this.#nudge} @entry-drag=${this.#dragTo} @entry-drop=${this.#drop} @entry-preview=${this.#openPreview} @entry-cancel=${this.#cancel}>
        ${this.view === 'timeline' ? html`<kogge-timeline .groups=${this.#groups} .span=${this.#shownSpan()} zone=${this.store.zone} .zoom=${this.zoom}
            label=${t('timeline.label', { visit: now.texts.get(`visit/${this.store.id}/title`) ?? now.visit!.title.text })} .marks=${this.#marks} .titles=${this.#titles}
            .drafts=${draft ? new Map([[this.draft!.id, draft]]) : noDrafts} selected=${this.selected} ?editable=${editable}></kogge-timeline>`
          : html`<kogge-agenda .bars=${this.#barsOfDay()} zone=${this.store.zone} .timeline=${timeline} .titles=${this.#titles} .marks=${this.#marks} selected=${this.selected}></kogge-agenda>`}
        <aside class=${this.panel} aria-label=${this.#panelName()} @keydown=${this.#panelKeys}>${this.#aside(now, editable)}</aside>
      </div>
      <p class="away" role="status" aria-live="polite">${this.announced}</p>
      ${this.#dialogs(now)}`;
  }

  #barsOfDay(): Bar[] {
    if (!this.day) return this.store.value.bars;
    const span = spanOfDay(this.day, this.store.zone);
    return this.store.value.bars.filter((bar) => bar.from >= span.from && bar.from < span.to);
  }

  #toolbar(editable: boolean): TemplateResult {
    const { zone } = this.store;
    return html`<div class="toolbar">
      <div class="days" role="group" aria-label=${t('day.label')}>${this.#days.map((day) => {
        const noon = instantAt(day, '12:00', zone);
        const { from, to } = spanOfDay(day, zone);
        const turns = offsetAt(from, zone) !== offsetAt(to, zone);
        return html`<button type="button" aria-pressed=${day === this.day} title=${longDay(noon, zone) + (turns ? ` · ${t('day.clock_change')}` : '')}
          @click=${() => this.#goTo(day)}>${weekday(noon, zone)}${turns ? icon('late') : nothing}</button>`;
      })}${this.#days.length > 1 ? html`<button type="button" aria-pressed=${this.day === ''} @click=${() => this.#goTo('')}>${t('day.all')}</button>` : nothing}</div>
      <div class="tools">
        ${this.view === 'timeline' ? html`<button type="button" class="plain" aria-label=${t('zoom.out')} title=${t('zoom.out')} @click=${() => this.#zoomBy(1 / zoomStep)}>${icon('minus')}</button>
          <button type="button" class="plain" aria-label=${t('zoom.in')} title=${t('zoom.in')} @click=${() => this.#zoomBy(zoomStep)}>${icon('plus')}</button>
          <button type="button" class="plain" aria-label=${t('zoom.fit')} title=${t('zoom.fit')} @click=${() => (this.zoom = this.#timeline?.fitting() ?? 0)}>${icon('fit')}</button>` : nothing}
        <div class="views" role="group" aria-label=${t('view.label')}>
          <button type="button" aria-pressed=${this.view === 'timeline'} @click=${() => (this.view = 'timeline')}>${icon('bars')}<span>${t('view.timeline')}</span></button>
          <button type="button" aria-pressed=${this.view === 'list'} @click=${() => (this.view = 'list')}>${icon('list')}<span>${t('view.list')}</span></button></div>
        ${editable ? html`<button type="button" @click=${() => (this.dialog = 'insert')}>${icon('insert')}<span>${t('visit.insert')}</span></button>
          <button type="button" @click=${() => (this.dialog = 'feeds')}>${icon('calendar')}<span>${t('visit.calendars')}</span></button>` : nothing}
        <button type="button" aria-pressed=${this.panel === 'history'} @click=${() => this.#show(this.panel === 'history' ? 'findings' : 'history')}>${icon('history')}<span>${t('visit.history')}</span></button>
      </div></div>`;
  }

  #panelName(): string {
    return { findings: t('findings.title'), details: t('details.title'), preview: t('preview.title'), history: t('history.title') }[this.panel];
  }

  #aside(now: VisitState, editable: boolean): TemplateResult {
    if (this.panel === 'preview' && this.draft) return this.#preview(this.draft);
    const bar = this.#byId.get(this.selected);
    const close = html`<button type="button" class="plain close" aria-label=${t('app.close')} @click=${this.#closePanel}>${icon('close')}</button>`;
    if (this.panel === 'details' && bar)
      return html`${close}<kogge-details .bar=${bar} name=${this.#titles.get(this.selected) ?? ''} zone=${this.store.zone} .timeline=${now.timeline!} .titles=${this.#titles}
        .findings=${now.findings.filter((finding) => finding.refs.some(({ id }) => id === this.selected))} ?editable=${editable} @act=${(event: CustomEvent<Dialog>) => (this.dialog = event.detail)}></kogge-details>`;
    if (this.panel === 'history')
      return html`${close}<kogge-history .store=${this.store} ?editable=${editable} @undo=${(event: CustomEvent<number>) => this.#undo(event.detail)}></kogge-history>`;
    return html`<kogge-findings .findings=${now.findings} .cause=${this.#cause} @jump=${(event: CustomEvent<Finding>) => this.#jump(event.detail)}></kogge-findings>`;
  }

  #preview(draft: Draft): TemplateResult {
    const bar = this.#byId.get(draft.id)!;
    const moved = { from: bar.from + draft.minutes * MINUTE, to: bar.to + draft.minutes * MINUTE };
    const ready = !!draft.outcome && !draft.checking && !this.saving && !isBlocked(draft.outcome) && (toConfirm(draft.outcome).length === 0 || draft.confirmed);
    return html`<div class="sheet"><div class="what">
        <h2 tabindex="-1">${t('preview.move', { title: this.#titles.get(draft.id) ?? '' })}</h2>
        <p class="times"><s>${clock(bar.from, bar.zone)}–${clock(bar.to, bar.zoneTo)}</s> <b>${clock(moved.from, bar.zone)}–${clock(moved.to, bar.zoneTo)}</b>
          <span class="quiet">${this.#byHowMuch(draft.minutes)}</span></p></div>
      <div class="findings" aria-live="polite" aria-busy=${draft.checking}>${draft.failed ? html`<p class="error" role="alert">${draft.failed}</p>`
        : html`<kogge-preview .outcome=${draft.outcome} ?checking=${draft.checking} ?confirmed=${draft.confirmed}
          @confirmed=${(event: CustomEvent<boolean>) => (this.draft = { ...draft, confirmed: event.detail })}></kogge-preview>`}</div>
      <div class="actions"><button type="button" class="primary" ?disabled=${!ready} @click=${this.#save}>${t('preview.save')}</button>
        <button type="button" @click=${this.#cancel}>${t('app.cancel')}</button></div></div>`;
  }

  #byHowMuch(minutes: number): string {
    return minutes < 0 ? t('preview.earlier', { minutes: -minutes }) : t('preview.later', { minutes });
  }

  #dialogs(now: VisitState): TemplateResult | typeof nothing {
    const bar = this.#byId.get(this.selected);
    const closed = (): void => {
      this.dialog = null;
    };
    const common = { store: this.store, titles: this.#titles };
    switch (this.dialog) {
      case 'move': return bar ? html`<kogge-move-dialog .bar=${bar} name=${this.#titles.get(this.selected) ?? ''} .days=${this.#days} @closed=${closed} @entry-drop=${this.#drop}></kogge-move-dialog>` : nothing;
      case 'late': return bar ? html`<kogge-late-dialog .store=${common.store} .titles=${common.titles} .entry=${bar.entry} @closed=${closed} @saved=${this.#saved}></kogge-late-dialog>` : nothing;
      case 'fallback': return bar ? html`<kogge-fallback-dialog .store=${common.store} .titles=${common.titles} .entry=${bar.entry} @closed=${closed} @saved=${this.#saved}></kogge-fallback-dialog>` : nothing;
      case 'insert': return html`<kogge-insert-dialog .store=${common.store} .titles=${common.titles} .entry=${bar?.entry ?? this.#barsOfDay()[0]?.entry ?? null}
        .entries=${now.bars.map(({ entry }) => entry).filter(({ status }) => status !== 'cancelled' && status !== 'fallback')} @closed=${closed} @saved=${this.#saved}></kogge-insert-dialog>`;
      case 'feeds': return html`<kogge-feeds-dialog visit=${this.store.id} .timeline=${now.timeline} @closed=${closed}></kogge-feeds-dialog>`;
      case null: return nothing;
    }
  }

  // ---- getting about ----

  get #timeline(): KoggeTimeline | null {
    return this.find<KoggeTimeline>('kogge-timeline');
  }

  #goTo(day: string): void {
    this.day = day;
    this.zoom = 0;
    const url = new URL(location.href);
    if (day) url.searchParams.set('day', day);
    else url.searchParams.delete('day');
    history.replaceState(null, '', url);
  }

  #zoomBy(factor: number): void {
    const timeline = this.#timeline;
    if (!timeline) return;
    this.zoom = Math.min(12, Math.max(timeline.fitting() / 2, timeline.pxPerMinute * factor));
  }

  #select(event: CustomEvent<{ id: string }>): void {
    this.selected = event.detail.id;
    if (this.draft && this.draft.id !== this.selected) this.#forget();
    this.#show(this.draft ? 'preview' : 'details');
  }

  #show(panel: Panel): void {
    this.panel = panel;
    void this.#focusPanel();
  }

  async #focusPanel(): Promise<void> {
    await this.updateComplete;
    const target = this.find<HTMLElement>('aside kogge-details, aside kogge-history, aside h2');
    if (target instanceof KoggeElement) await target.updateComplete;
    target?.focus();
    if (this.#stacked()) this.find('aside')?.scrollIntoView({ block: 'nearest' });
  }

  #stacked(): boolean {
    return matchMedia('(max-width: 980px)').matches;
  }

  #closePanel(): void {
    const id = this.selected;
    this.panel = 'findings';
    this.selected = '';
    void this.#focusEntry(id);
  }

  #panelKeys(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    if (this.panel === 'preview') this.#cancel();
    else if (this.panel !== 'findings') this.#closePanel();
  }

  async #focusEntry(id: string): Promise<void> {
    await this.updateComplete;
    if (this.view === 'timeline') await this.#timeline?.show(id);
    else this.find<HTMLElement & { show(id: string): void }>('kogge-agenda')?.show(id);
  }

  /// The entry to blame, else the page that shows what is to blame.
  #cause = (finding: Finding): string | null =>
    finding.refs.find(({ id }) => this.#byId.has(id))?.id ?? (finding.refs.some(({ entity }) => onLists.has(entity)) ? 'logistics' : null);

  async #jump(finding: Finding): Promise<void> {
    const id = this.#cause(finding);
    if (id === 'logistics') {
      go(`/visits/${this.store.id}/logistics`);
      return;
    }
    const bar = id === null ? undefined : this.#byId.get(id);
    if (!bar) return;
    if (this.day) {
      const day = this.#days.find((each) => {
        const span = spanOfDay(each, this.store.zone);
        return bar.from >= span.from && bar.from < span.to;
      });
      if (day && day !== this.day) this.#goTo(day);
    }
    this.selected = bar.entry.id;
    await this.#focusEntry(bar.entry.id);
  }

  // ---- moving ----

  #nudge(event: CustomEvent<{ id: string; minutes: number }>): void {
    const { id, minutes } = event.detail;
    this.#draftBy(id, (this.draft?.id === id ? this.draft.minutes : 0) + minutes);
    const span = this.#draftSpan();
    const bar = this.#byId.get(id)!;
    this.announced = !span ? t('entry.move_back') : t(this.draft!.minutes > 0 ? 'entry.moved_later' : 'entry.moved_earlier',
      { minutes: Math.abs(this.draft!.minutes), from: clock(span.from, bar.zone), to: clock(span.to, bar.zoneTo) });
  }

  #dragTo(event: CustomEvent<{ id: string; minutes: number }>): void {
    this.#draftBy(event.detail.id, event.detail.minutes);
  }

  #drop(event: CustomEvent<{ id: string; minutes: number }>): void {
    this.#draftBy(event.detail.id, event.detail.minutes);
    this.selected = event.detail.id;
    this.#show('preview');
  }

  #openPreview(): void {
    if (this.draft) this.#show('preview');
  }

  #draftBy(id: string, minutes: number): void {
    if (this.draft?.id === id && this.draft.minutes === minutes) return;
    this.#check?.abort();
    clearTimeout(this.#pause);
    if (minutes === 0) {
      this.draft = null;
      if (this.panel === 'preview') this.panel = 'findings';
      return;
    }
    notice.set(null);
    this.draft = { id, minutes, outcome: null, checking: true, confirmed: false, failed: '' };
    this.#pause = setTimeout(() => void this.#dryRun(), checkPause);
  }

  async #dryRun(): Promise<void> {
    const asked = this.draft;
    if (!asked) return;
    const round = (this.#check = new AbortController());
    try {
      const outcome = await this.store.tryChange(this.#changeSet(asked), round.signal);
      if (this.draft?.id === asked.id && this.draft.minutes === asked.minutes) this.draft = { ...this.draft, outcome, checking: false };
    } catch (error) {
      if (round.signal.aborted) return;
      this.draft = { ...asked, checking: false, failed: explain(error) };
    }
    if (this.panel === 'preview') await this.#focusConfirmation();
  }

  /// From the heading to the next thing to do, unless somebody is elsewhere already.
  async #focusConfirmation(): Promise<void> {
    await this.updateComplete;
    const preview = this.find<KoggeElement>('aside kogge-preview');
    await preview?.updateComplete;
    if (this.shadowRoot?.activeElement !== this.find('aside h2')) return;
    (preview?.shadowRoot?.querySelector<HTMLElement>('input[type=checkbox]') ?? this.find<HTMLElement>('aside button.primary:not(:disabled)'))?.focus();
  }

  #changeSet({ id, minutes }: Draft): ChangeSet {
    const bar = this.#byId.get(id)!;
    const { entry } = bar;
    const starts = writeTime({ instant: bar.from + minutes * MINUTE, zone: bar.zone });
    const ends = writeTime({ instant: bar.to + minutes * MINUTE, zone: bar.zoneTo });
    const fields: Record<EntityKind, Record<string, string>> = { programme_item: { starts, ends }, transport_leg: { departs: starts, arrives: ends } };
    return {
      reason: `${id} ${minutes > 0 ? '+' : '−'}${Math.abs(minutes)} min`,
      changes: [{ op: 'update', entity: entry.entity, id, rev: entry.rev, fields: fields[entry.entity] }],
    };
  }

  async #save(): Promise<void> {
    const { draft } = this;
    if (!draft?.outcome || this.saving) return;
    this.saving = true;
    try {
      const outcome = await this.store.save(this.#changeSet(draft), toConfirm(draft.outcome).map((finding) => finding.key));
      if (outcome.verdict === 'committed' || outcome.verdict === 'unchanged') {
        this.#forget();
        this.panel = 'findings';
        this.#saidSaved(outcome);
        await this.#focusEntry(draft.id);
      } else {
        // Refused after all, or overtaken: shown as it is now, to be looked at again.
        this.draft = { ...draft, outcome, confirmed: false };
      }
    } catch (error) {
      this.draft = { ...draft, failed: explain(error) };
    } finally {
      this.saving = false;
    }
  }

  #saved(event: CustomEvent<Outcome>): void {
    const id = this.selected;
    this.panel = 'findings';
    this.selected = '';
    this.#saidSaved(event.detail);
    if (id) void this.#focusEntry(id); // the button that opened the dialog has gone with its panel
  }

  #saidSaved(outcome: Outcome): void {
    const told = outcome.affected.length;
    say(told ? tCount('saved.told', told) : t('saved'), 'good', outcome.seq ? { label: t('undo'), run: () => void this.#undo(outcome.seq) } : undefined);
  }

  async #undo(seq: number, confirm: string[] = []): Promise<void> {
    try {
      const outcome = await this.store.undo(seq, confirm);
      const detail = outcome.introduced.map(({ text }) => text).join(' ');
      switch (outcome.verdict) {
        case 'committed':
        case 'unchanged': say(t('undone'), 'good'); break;
        case 'needs_confirmation':
          say(t('undo.asks', { detail }), 'plain', { label: t('undo.anyway'), run: () => void this.#undo(seq, toConfirm(outcome).map(({ key }) => key)) });
          break;
        case 'conflict': say(t('error.conflict'), 'bad'); break;
        default: say(t('undo.refused', { detail }), 'bad');
      }
    } catch (error) {
      complain(error);
    }
  }

  #cancel(): void {
    const id = this.draft?.id;
    this.#forget();
    if (this.panel === 'preview') this.panel = 'findings';
    this.announced = t('entry.move_back');
    if (id) void this.#focusEntry(id);
  }

  #forget(): void {
    this.#check?.abort();
    clearTimeout(this.#pause);
    this.draft = null;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#forget();
  }
}

function nameOfVehicle(vehicle: Vehicle | undefined): string | undefined {
  if (!vehicle) return undefined;
  const kind = vehicle.name ?? tWord('mode', vehicle.vehicle_kind);
  return vehicle.seats ? `${kind} (${vehicle.seats})` : kind;
}

const noDrafts: ReadonlyMap<string, Span> = new Map();
