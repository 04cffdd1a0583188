// SPDX-License-Identifier: EUPL-1.2
// The programme of a visit: days, timeline or list, and the panel beside it. A move lives here from the first key or
// pixel to the save: draft → dry run → preview → change set.
import { html, nothing, type PropertyValues, type ReactiveController, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';

import type { Finding, Outcome } from '../api/types';
import { clock, clockSpan, locale, longDay, t, tWord, weekday } from '../i18n';
import { go, mayWrite, notice } from '../state/app';
import { DraftStore, isReady, movedBy, type Draft } from '../state/draft';
import { saidSaved, undo } from '../state/saved';
import { Follow } from '../state/store';
import type { VisitState, VisitStore } from '../state/visit';
import { barsOn, dayWith, pictureOf, spanShown, type Picture } from '../timeline/picture';
import { dayOf, instantAt, offsetAt, spanOfDay, type Span } from '../timeline/time';
import '../timeline/timeline';
import type { KoggeTimeline } from '../timeline/timeline';
import '../ui/details';
import { KoggeElement, look } from '../ui/element';
import '../ui/fallback-dialog';
import '../ui/feeds-dialog';
import '../ui/findings';
import '../ui/history';
import { icon } from '../ui/icons';
import '../ui/insert-dialog';
import '../ui/late-dialog';
import '../ui/move-dialog';
import '../ui/preview';
import './agenda';
import { programmeLook } from './programme-look';

const zoomStep = 1.4;
const narrow = 640; // px: below it the list comes first
const onLists = new Set(['accommodation', 'room_request', 'vehicle']); // what the logistics page shows

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
  @state() private announced = '';

  #drafts!: DraftStore;
  #following: ReactiveController[] = [];
  #answered: Outcome | null = null; // the outcome the focus has followed
  // Worked out once for each state of the store and each language.
  #picture: Picture | null = null;
  #known: VisitState | null = null;
  #language = '';
  #begun = false;

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('store')) this.#follow();
    if (this.#known !== this.store.value || this.#language !== locale.value) this.#workOut(this.store.value);
  }

  #follow(): void {
    for (const each of this.#following) this.removeController(each);
    this.#drafts = new DraftStore(this.store);
    this.#following = [new Follow(this, this.store), new Follow(this, this.#drafts)];
  }

  #workOut(now: VisitState): void {
    this.#known = now;
    this.#language = locale.value;
    const { visit, timeline } = now;
    if (!visit || !timeline) return;
    this.#picture = pictureOf({ ...now, visit, timeline }, { track: (code) => t('track.named', { code }), vehicleKind: (kind) => tWord('mode', kind) });
    if (this.#drafts.value && !this.#picture.byId.has(this.#drafts.value.bar.entry.id)) this.#drafts.forget();
    if (this.#begun) return;
    this.#begun = true;
    this.day = this.#firstDay(this.#picture);
  }

  /// The day in the address, else today when the visit is under way, else the first.
  #firstDay({ days, zone }: Picture): string {
    const asked = new URLSearchParams(location.search).get('day');
    return [asked, dayOf(Date.now(), zone)].find((day): day is string => !!day && days.includes(day)) ?? days[0] ?? '';
  }

  /// A draft that leaves the day's span widens it, so that a bar never leaves the page.
  #span(picture: Picture): Span {
    const span = spanShown(picture, this.day);
    const draft = this.#drafts.span;
    return draft ? { from: Math.min(span.from, draft.from), to: Math.max(span.to, draft.to) } : span;
  }

  // ---- page ----

  override render() {
    const now = this.store.value;
    const picture = this.#picture;
    if (!picture || !now.timeline || !now.visit) return nothing;
    const draft = this.#drafts.value;
    const editable = mayWrite();
    const { titles, marks, zone } = picture;
    return html`${this.#toolbar(picture, editable)}
      <div class="work" @entry-select=${this.#select} @entry-nudge=${this.#nudge} @entry-drag=${this.#dragTo} @entry-drop=${this.#drop} @entry-preview=${this.#openPreview} @entry-cancel=${this.#cancel}>
        ${this.view === 'timeline' ? html`<kogge-timeline .groups=${picture.groups} .span=${this.#span(picture)} zone=${zone} .zoom=${this.zoom}
            label=${t('timeline.label', { visit: now.texts.get(`visit/${this.store.id}/title`) ?? now.visit.title.text })} .marks=${marks} .titles=${titles}
            .drafts=${draft ? new Map([[draft.bar.entry.id, this.#drafts.span!]]) : noDrafts} selected=${this.selected} ?editable=${editable}></kogge-timeline>`
          : html`<kogge-agenda .bars=${barsOn(picture, this.day)} zone=${zone} .timeline=${now.timeline} .titles=${titles} .marks=${marks} selected=${this.selected}></kogge-agenda>`}
        <aside class=${this.panel} aria-label=${this.#panelName()} @keydown=${this.#panelKeys}>${this.#aside(now, picture, editable)}</aside>
      </div>
      <p class="away" role="status" aria-live="polite">${this.announced}</p>
      ${this.#dialogs(now, picture)}`;
  }

  #toolbar({ days, zone }: Picture, editable: boolean): TemplateResult {
    return html`<div class="toolbar">
      <div class="days" role="group" aria-label=${t('day.label')}>${days.map((day) => {
        const noon = instantAt(day, '12:00', zone);
        const { from, to } = spanOfDay(day, zone);
        const turns = offsetAt(from, zone) !== offsetAt(to, zone);
        return html`<button type="button" aria-pressed=${day === this.day} title=${longDay(noon, zone) + (turns ? ` · ${t('day.clock_change')}` : '')}
          @click=${() => this.#goTo(day)}>${weekday(noon, zone)}${turns ? icon('late') : nothing}</button>`;
      })}${days.length > 1 ? html`<button type="button" aria-pressed=${this.day === ''} @click=${() => this.#goTo('')}>${t('day.all')}</button>` : nothing}</div>
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

  #aside(now: VisitState, { byId, titles, zone }: Picture, editable: boolean): TemplateResult {
    const draft = this.#drafts.value;
    if (this.panel === 'preview' && draft) return this.#preview(draft, titles.get(draft.bar.entry.id) ?? '');
    const bar = byId.get(this.selected);
    const close = html`<button type="button" class="plain close" aria-label=${t('app.close')} @click=${this.#closePanel}>${icon('close')}</button>`;
    if (this.panel === 'details' && bar)
      return html`${close}<kogge-details .bar=${bar} visit=${this.store.id} name=${titles.get(this.selected) ?? ''} zone=${zone} .timeline=${now.timeline!} .titles=${titles}
        .findings=${now.findings.filter((finding) => finding.refs.some(({ id }) => id === this.selected))} ?editable=${editable} @act=${(event: CustomEvent<Dialog>) => (this.dialog = event.detail)}></kogge-details>`;
    if (this.panel === 'history')
      return html`${close}<kogge-history .store=${this.store} ?editable=${editable} @undo=${(event: CustomEvent<number>) => undo(this.store, event.detail)}></kogge-history>`;
    return html`<kogge-findings .findings=${now.findings} .cause=${this.#cause} @jump=${(event: CustomEvent<Finding>) => this.#jump(event.detail)}></kogge-findings>`;
  }

  #preview(draft: Draft, title: string): TemplateResult {
    const { bar, minutes, outcome, confirmed, failed } = draft;
    const span = (shown: Span): string => clockSpan({ instant: shown.from, zone: bar.zone }, { instant: shown.to, zone: bar.zoneTo });
    return html`<div class="sheet"><div class="what">
        <h2 tabindex="-1">${t('preview.move', { title })}</h2>
        <p class="times"><s>${span(bar)}</s> <b>${span(movedBy(bar, minutes))}</b> <span class="quiet">${this.#byHowMuch(minutes)}</span></p></div>
      <div class="findings" aria-live="polite" aria-busy=${!outcome && !failed}>${failed ? html`<p class="error" role="alert">${failed}</p>`
        : html`<kogge-preview .outcome=${outcome} ?confirmed=${confirmed} @confirmed=${(event: CustomEvent<boolean>) => this.#drafts.confirm(event.detail)}></kogge-preview>`}</div>
      <div class="actions"><button type="button" class="primary" ?disabled=${!isReady(draft)} @click=${this.#save}>${t('preview.save')}</button>
        <button type="button" @click=${this.#cancel}>${t('app.cancel')}</button></div></div>`;
  }

  #byHowMuch(minutes: number): string {
    return minutes < 0 ? t('preview.earlier', { minutes: -minutes }) : t('preview.later', { minutes });
  }

  #dialogs(now: VisitState, picture: Picture): TemplateResult | typeof nothing {
    const { byId, titles, days } = picture;
    const bar = byId.get(this.selected);
    const closed = (): void => {
      this.dialog = null;
    };
    switch (this.dialog) {
      case 'move': return bar ? html`<kogge-move-dialog .bar=${bar} name=${titles.get(this.selected) ?? ''} .days=${days} @closed=${closed} @entry-drop=${this.#drop}></kogge-move-dialog>` : nothing;
      case 'late': return bar ? html`<kogge-late-dialog .store=${this.store} .titles=${titles} .entry=${bar.entry} @closed=${closed} @saved=${this.#saved}></kogge-late-dialog>` : nothing;
      case 'fallback': return bar ? html`<kogge-fallback-dialog .store=${this.store} .titles=${titles} .entry=${bar.entry} @closed=${closed} @saved=${this.#saved}></kogge-fallback-dialog>` : nothing;
      case 'insert': return html`<kogge-insert-dialog .store=${this.store} .titles=${titles} .entry=${bar?.entry ?? barsOn(picture, this.day)[0]?.entry ?? null}
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
    if (this.#drafts.value && this.#drafts.value.bar.entry.id !== this.selected) this.#drafts.forget();
    this.#show(this.#drafts.value ? 'preview' : 'details');
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
    finding.refs.find(({ id }) => this.#picture?.byId.has(id))?.id ?? (finding.refs.some(({ entity }) => onLists.has(entity)) ? 'logistics' : null);

  async #jump(finding: Finding): Promise<void> {
    const id = this.#cause(finding);
    if (id === 'logistics') {
      go(`/visits/${this.store.id}/logistics`);
      return;
    }
    const bar = id === null ? undefined : this.#picture?.byId.get(id);
    if (!bar || !this.#picture) return;
    const day = dayWith(this.#picture, bar);
    if (this.day && this.day !== day) this.#goTo(day);
    this.selected = bar.entry.id;
    await this.#focusEntry(bar.entry.id);
  }

  // ---- moving ----

  #nudge(event: CustomEvent<{ id: string; minutes: number }>): void {
    const { id, minutes } = event.detail;
    const draft = this.#drafts.value;
    this.#move(id, (draft?.bar.entry.id === id ? draft.minutes : 0) + minutes);
    const now = this.#drafts.value;
    if (!now) {
      this.announced = t('entry.move_back');
      return;
    }
    const { from, to } = movedBy(now.bar, now.minutes);
    this.announced = t(now.minutes > 0 ? 'entry.moved_later' : 'entry.moved_earlier',
      { minutes: Math.abs(now.minutes), from: clock(from, now.bar.zone), to: clock(to, now.bar.zoneTo) });
  }

  #dragTo(event: CustomEvent<{ id: string; minutes: number }>): void {
    this.#move(event.detail.id, event.detail.minutes);
  }

  #drop(event: CustomEvent<{ id: string; minutes: number }>): void {
    this.#move(event.detail.id, event.detail.minutes);
    this.selected = event.detail.id;
    this.#show('preview');
  }

  #move(id: string, minutes: number): void {
    const bar = this.#picture?.byId.get(id);
    if (!bar) return;
    notice.set(null);
    this.#drafts.move(bar, minutes);
    if (!this.#drafts.value && this.panel === 'preview') this.panel = 'findings';
  }

  #openPreview(): void {
    if (this.#drafts.value) this.#show('preview');
  }

  /// When the dry run has answered, the focus goes from the heading to the next thing to do, unless it is elsewhere already.
  protected override async updated(): Promise<void> {
    const outcome = this.#drafts.value?.outcome ?? null;
    if (outcome === this.#answered) return;
    this.#answered = outcome;
    if (!outcome || this.panel !== 'preview') return;
    const preview = this.find<KoggeElement>('aside kogge-preview');
    await preview?.updateComplete;
    if (this.shadowRoot?.activeElement !== this.find('aside h2')) return;
    (preview?.shadowRoot?.querySelector<HTMLElement>('input[type=checkbox]') ?? this.find<HTMLElement>('aside button.primary:not(:disabled)'))?.focus();
  }
  async #save(): Promise<void> {
    const id = this.#drafts.value?.bar.entry.id;
    const outcome = await this.#drafts.save();
    if (!outcome || !id) return;
    this.panel = 'findings';
    saidSaved(this.store, outcome);
    await this.#focusEntry(id);
  }

  #saved(event: CustomEvent<Outcome>): void {
    const id = this.selected;
    this.panel = 'findings';
    this.selected = '';
    saidSaved(this.store, event.detail);
    if (id) void this.#focusEntry(id); // the button that opened the dialog has gone with its panel
  }

  #cancel(): void {
    const id = this.#drafts.value?.bar.entry.id;
    this.#drafts.forget();
    if (this.panel === 'preview') this.panel = 'findings';
    this.announced = t('entry.move_back');
    if (id) void this.#focusEntry(id);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#drafts.forget();
  }
}

const noDrafts: ReadonlyMap<string, Span> = new Map();
