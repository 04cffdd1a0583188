// SPDX-License-Identifier: EUPL-1.2
// The timeline: groups of rows, bars on a scale of time, moved by pointer or keys. It draws the rows in sight and no
// others, and decides nothing: what a move means is the page's business.
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';

import type { Entry, Level } from '../api/types';
import { clock, clockSpan, locale, t, tCount, tWord, weekday, zoneName, type Key } from '../i18n';
import { KoggeElement } from '../ui/element';
import { icon, levelIcon, modeIcon } from '../ui/icons';
import { levelName } from '../ui/level';
import { SNAP, clip, fit, lanesOf, offsetsOf, snappedMinutes, widthOf, windowOf, xOf, type Scale } from './geometry';
import { timelineLook } from './look';
import type { Bar, Group, GroupRows, Row } from './rows';
import { MINUTE, dayOf, hoursIn, offsetAt, type Span } from './time';

const itemHeight = 44;   // a lane of programme items, title on two lines
const legHeight = 32;    // a lane of legs, below
const rowPadding = 8;
const wordWidth = 42;    // pixels; in less there is room for an icon at most
const target = 24;       // pixels; no bar is narrower, or it could not be hit (WCAG 2.5.8)
const groupHeight = 36;
const readable = 1.45;   // pixels a minute, at least, unless told otherwise: titles want room
const spare = 200;       // pixels drawn around what is in sight
const dragThreshold = 4; // pixels before a press becomes a drag
const bigStep = 30;      // minutes, with Shift

interface Line {
  key: string;
  height: number;
  group?: GroupRows;
  row?: Row;
  bars: Bar[];
  y: number[]; // of each bar, within the line
}

interface Drag {
  id: string;
  pointer: number;
  x: number;
  scroll: number;
  minutes: number;
  moved: boolean;
}

export interface Marks {
  level: Level;
  count: number;
}

/// Three bands: programme items, the legs that run, and the fallbacks that wait. In each, bars that would touch lie below
/// each other.
function lineOf(row: Row, bars: Bar[], scale: Scale): Line {
  const least = (target / scale.pxPerMinute) * MINUTE;
  const y = new Map<Bar, number>();
  let height = rowPadding / 2;
  const band = (members: Bar[], laneHeight: number): void => {
    if (members.length === 0) return;
    const { lane, count } = lanesOf(members.map(({ from, to }) => ({ from, to: Math.max(to, from + least) })));
    members.forEach((bar, i) => y.set(bar, height + lane[i]! * laneHeight));
    height += count * laneHeight;
  };
  const leg = (bar: Bar): boolean => bar.entry.entity === 'transport_leg';
  const waits = (bar: Bar): boolean => leg(bar) && bar.entry.status === 'fallback';
  band(bars.filter((bar) => !leg(bar)), itemHeight);
  band(bars.filter((bar) => leg(bar) && !waits(bar)), legHeight);
  band(bars.filter(waits), legHeight);
  return { key: row.key, height: Math.max(height + rowPadding / 2, itemHeight), row, bars, y: bars.map((bar) => y.get(bar)!) };
}

type Tone = 'work' | 'table' | 'occasion' | 'errand';

/// Colour and icon of a kind of item; they repeat what the words say.
function toneOf(kind: string): Tone {
  if (kind === 'meal' || kind === 'reception') return 'table';
  if (kind === 'plenary' || kind === 'ceremony' || kind === 'press' || kind === 'culture') return 'occasion';
  if (kind === 'logistics' || kind === 'rehearsal' || kind === 'briefing') return 'errand';
  return 'work';
}

@customElement('kogge-timeline')
export class KoggeTimeline extends KoggeElement {
  static override styles = [...[KoggeElement.styles].flat(), timelineLook];

  @property({ attribute: false }) groups: GroupRows[] = [];
  @property({ attribute: false }) span: Span = { from: 0, to: 0 };
  @property() zone = 'UTC';
  @property() label = '';
  /// Pixels a minute; 0: as many as fill the width.
  @property({ type: Number }) zoom = 0;
  @property({ attribute: false }) marks: ReadonlyMap<string, Marks> = new Map();
  @property({ attribute: false }) titles: ReadonlyMap<string, string> = new Map();
  /// Where entries would go, by id.
  @property({ attribute: false }) drafts: ReadonlyMap<string, Span> = new Map();
  @property() selected = '';
  @property({ type: Boolean }) editable = false;

  @state() private open: ReadonlySet<Group> = new Set<Group>(['tracks', 'vehicles', 'interpreters']);
  @state() private top = 0;
  @state() private height = 600;
  @state() private width = 900;
  @state() private active = ''; // the row whose bars are in the tab order

  #lines: Line[] = [];
  #offsets: number[] = [0];
  #scale: Scale = { span: this.span, pxPerMinute: 1 };
  #drag: Drag | undefined;
  #dragged = false;
  #resize = new ResizeObserver(() => this.#measure());
  #frame = 0;

  // ---- what is drawn ----

  protected override willUpdate(changed: PropertyValues): void {
    const pxPerMinute = this.zoom || Math.max(readable, this.fitting());
    const scaled = pxPerMinute !== this.#scale.pxPerMinute;
    this.#scale = { span: this.span, pxPerMinute };
    if (scaled || changed.has('groups') || changed.has('span') || changed.has('open')) this.#layOut();
  }

  /// Another day begins at its beginning. (A draft only widens the span.)
  protected override updated(changed: PropertyValues): void {
    const before = changed.get('span') as Span | undefined;
    if (before && before.from !== this.span.from && before.to !== this.span.to) this.#scroller?.scrollTo({ left: 0 });
  }

  #layOut(): void {
    const lines: Line[] = [];
    for (const group of this.groups) {
      lines.push({ key: group.group, height: groupHeight, group, bars: [], y: [] });
      if (!this.open.has(group.group)) continue;
      for (const row of group.rows) {
        const bars = row.bars.filter((bar) => bar.from < this.span.to && bar.to > this.span.from);
        lines.push(lineOf(row, bars, this.#scale));
      }
    }
    this.#lines = lines;
    this.#offsets = offsetsOf(lines.map((line) => line.height));
    if (!lines.some((line) => line.key === this.active && line.bars.length > 0))
      this.active = lines.find((line) => line.bars.length > 0)?.key ?? '';
  }

  #labelWidth(): number {
    return this.width < 560 ? 96 : 208;
  }

  override render() {
    const { first, end } = windowOf(this.#offsets, this.top, this.height, spare);
    const shown = this.#lines.slice(first, end).map((line, i) => ({ line, at: first + i }));
    const held = this.#lines.findIndex((line) => line.key === this.active);
    if (held >= 0 && (held < first || held >= end)) shown.push({ line: this.#lines[held]!, at: held }); // keeps the focus
    const label = this.#labelWidth();
    const width = label + widthOf(this.#scale);
    return html`
      <div class="scroller" role="grid" aria-label=${this.label} aria-describedby="help" aria-rowcount=${this.#lines.length + 1}
        aria-colcount="2" style="--label:${label}px" @scroll=${this.#scrolled}>
        <div class="axis" role="row" aria-rowindex="1" style="inline-size:${width}px">
          <div class="corner" role="columnheader"><span class="away">${t('timeline.rows')}</span><span aria-hidden="true">${zoneName(this.span.from, this.zone)}</span></div>
          <div class="hours" role="columnheader" aria-label=${t('timeline.hours', { zone: this.zone })}>${this.#hours()}</div>
        </div>
        <div class="body" role="rowgroup" style="inline-size:${width}px;block-size:${this.#offsets.at(-1)}px">
          ${repeat(shown, ({ line }) => line.key, ({ line, at }) => guard(this.#shows(line, at), () => this.#line(line, at)))}
          ${this.#now()}
        </div>
      </div>
      <p class="help" id="help">${t('timeline.help')}</p>`;
  }

  #hours(): TemplateResult[] {
    const perHour = this.#scale.pxPerMinute * 60;
    const every = perHour >= 46 ? 1 : perHour >= 24 ? 2 : perHour >= 12 ? 4 : 6;
    const offset = offsetAt(this.span.from, this.zone);
    let day = '';
    return hoursIn(this.span, this.zone).map((at, i) => {
      const x = xOf(at, this.#scale);
      const today = dayOf(at, this.zone);
      const fresh = day !== '' && today !== day;
      day = today;
      const shifted = offsetAt(at, this.zone) !== offset;
      const said = i % every === 0 || fresh;
      return html`<div class="hour ${fresh ? 'midnight' : ''}" style="inset-inline-start:${x}px" aria-hidden="true">${said
        ? html`<span>${clock(at, this.zone)}${shifted ? html` <small>${zoneName(at, this.zone)}</small>` : nothing}${fresh ? html`<small class="day">${weekday(at, this.zone)}</small>` : nothing}</span>` : nothing}</div>`;
    });
  }

  #now(): TemplateResult | typeof nothing {
    const now = Date.now();
    if (now < this.span.from || now > this.span.to) return nothing;
    return html`<div class="now" role="presentation" style="inset-inline-start:calc(var(--label) + ${xOf(now, this.#scale)}px)" title=${t('timeline.now')}></div>`;
  }

  /// All that a line's picture depends on: a drag draws the lines of what is dragged, and no others.
  #shows(line: Line, at: number): unknown[] {
    const holds = (id: string): boolean => line.bars.some((bar) => bar.entry.id === id);
    const drafts = [...this.drafts.keys()].some(holds) ? this.drafts : null;
    const open = line.group ? this.open.has(line.group.group) : false;
    return [line, at, this.#offsets[at], drafts, open, holds(this.selected), this.active === line.key, this.marks, this.titles, this.#scale.pxPerMinute, this.span.from, this.span.to, this.zone, locale.value];
  }

  #line(line: Line, at: number): TemplateResult {
    const place = `inset-block-start:${this.#offsets[at]}px;block-size:${line.height}px`;
    if (line.group) return this.#groupLine(line.group, at, place);
    const row = line.row!;
    const perHour = this.#scale.pxPerMinute * 60;
    const first = hoursIn(this.span, this.zone)[0] ?? this.span.from;
    return html`<div class="line" role="row" aria-rowindex=${at + 2} data-row=${row.key} style=${place}>
      <div class="name" role="rowheader" title=${row.detail ? `${row.label} · ${row.detail}` : row.label}>
        ${row.group === 'people' && row.detail ? html`<span class="code">${row.detail}</span>` : nothing}
        <span class="text">${row.label}${row.group === 'tracks' && row.detail ? html`<small>${row.detail}</small>` : nothing}</span></div>
      <div class="bars" role="gridcell" style="--hour:${perHour}px;--first:${xOf(first, this.#scale)}px">
        ${repeat(line.bars, (bar) => bar.entry.id, (bar, i) => this.#bar(row, bar, line.y[i]!))}</div></div>`;
  }

  #groupLine(group: GroupRows, at: number, place: string): TemplateResult {
    const open = this.open.has(group.group);
    const name = t(`group.${group.group}` as Key);
    return html`<div class="line group" role="row" aria-rowindex=${at + 2} style=${place}>
      <div class="name" role="rowheader"><button class="toggle" type="button" aria-expanded=${open} @click=${() => this.#toggle(group.group)}>
        <span class="arrow ${open ? 'open' : ''}">${icon('chevron')}</span>${name}<span class="count">${group.rows.length}</span></button></div>
      <div class="bars" role="gridcell"></div></div>`;
  }

  #bar(row: Row, bar: Bar, y: number): TemplateResult | typeof nothing {
    const { entry } = bar;
    const draft = this.drafts.get(entry.id);
    const shown = draft ?? bar;
    const part = clip(shown, this.#scale);
    const marks = this.marks.get(entry.id);
    const leg = entry.entity === 'transport_leg';
    const kinds = ['bar', leg ? 'leg' : `item ${toneOf(entry.kind)}`, entry.status, marks ? `marked ${marks.level}` : '', draft ? 'draft' : '', entry.id === this.selected ? 'selected' : '',
      part?.startsBefore ? 'starts-before' : '', part?.endsAfter ? 'ends-after' : '', part && part.width < wordWidth ? 'short' : ''].join(' ');
    const origin = draft ? clip(bar, this.#scale) : null;
    return html`${origin ? html`<div class="origin" style="inset-inline-start:${origin.x}px;inline-size:${origin.width}px;inset-block-start:${y}px"></div>` : nothing}
      ${part ? html`<button type="button" class=${kinds} tabindex=${row.key === this.active ? 0 : -1} data-entry=${entry.id}
        style="inset-inline-start:${part.x}px;inline-size:${Math.max(part.width - 2, target)}px;inset-block-start:${y}px"
        aria-label=${this.#said(bar, shown, marks)} title=${this.#said(bar, shown, marks)}
        @click=${() => this.#clicked(entry)} @keydown=${(event: KeyboardEvent) => this.#key(event, row, entry)} @focus=${() => (this.active = row.key)}
        @pointerdown=${(event: PointerEvent) => this.#press(event, entry)} @pointermove=${this.#dragTo} @pointerup=${this.#drop} @pointercancel=${this.#letGo}>
        ${marks ? levelIcon(marks.level) : leg ? modeIcon(entry.mode ?? '') : part.width < wordWidth ? icon(toneOf(entry.kind)) : nothing}
        ${this.#words(bar, shown, part.width)}
      </button>` : nothing}`;
  }

  /// As much as there is room for: a title on two lines, or a title and its times.
  #words(bar: Bar, shown: Span, width: number): TemplateResult | typeof nothing {
    const { entry } = bar;
    const leg = entry.entity === 'transport_leg';
    if (width < (leg ? 2 * wordWidth : wordWidth)) return nothing;
    const whole = this.titles.get(entry.id) ?? entry.title;
    const title = leg ? whole.replace(/^.*→/, '→') : whole; // where it leads is what one looks for
    if (width < 150 || leg) return html`<span class="words ${leg ? '' : 'two'}">${title}</span>`;
    return html`<span class="words"><b>${title}</b><br />${this.#times(bar, shown)}</span>`;
  }

  #times({ zone, zoneTo }: Bar, shown: Span): string {
    return clockSpan({ instant: shown.from, zone }, { instant: shown.to, zone: zoneTo }, this.zone);
  }

  /// What a bar says to those who do not see it, and to a pointer that rests on it; begins with what it shows (WCAG 2.5.3).
  #said(bar: Bar, shown: Span, marks: Marks | undefined): string {
    const { entry } = bar;
    const parts = [
      `${this.titles.get(entry.id) ?? entry.title} ${this.#times(bar, shown)}`,
      entry.entity === 'transport_leg' ? tWord('mode', entry.mode ?? 'other') : tWord('kind', entry.kind),
      entry.status === 'confirmed' || entry.status === 'planned' ? '' : tWord('status', entry.status),
      marks ? `${levelName(marks.level)}, ${tCount('entry.findings', marks.count)}` : '',
    ];
    return parts.filter(Boolean).join(', ');
  }

  // ---- scrolling ----

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resize.observe(this);
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resize.disconnect();
    cancelAnimationFrame(this.#frame);
  }

  get #scroller(): HTMLElement | null {
    return this.find('.scroller');
  }

  #measure(): void {
    const scroller = this.#scroller;
    if (!scroller) return;
    this.height = scroller.clientHeight;
    this.width = scroller.clientWidth;
  }

  #scrolled(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => (this.top = this.#scroller?.scrollTop ?? 0));
  }

  #toggle(group: Group): void {
    const open = new Set(this.open);
    if (!open.delete(group)) open.add(group);
    this.open = open;
  }

  get pxPerMinute(): number {
    return this.#scale.pxPerMinute;
  }

  /// Pixels a minute with which the whole span is in sight.
  fitting(): number {
    return fit(this.span, this.width - this.#labelWidth() - 2);
  }

  /// Brings a bar into sight and, unless told not to, focuses it. False when it is on no row of this span.
  async show(id: string, focus = true): Promise<boolean> {
    await this.updateComplete;
    let at = this.#lineWith(id);
    if (at < 0) {
      const group = this.groups.find((each) => each.rows.some((row) => row.bars.some((bar) => bar.entry.id === id)));
      if (!group) return false;
      this.open = new Set([...this.open, group.group]);
      await this.updateComplete;
      at = this.#lineWith(id);
    }
    const line = this.#lines[at];
    const scroller = this.#scroller;
    if (!line || !scroller) return false;
    this.active = line.key;
    const bar = line.bars.find((each) => each.entry.id === id)!;
    const axis = 40;
    const y = this.#offsets[at]!;
    if (y < scroller.scrollTop || y + line.height > scroller.scrollTop + scroller.clientHeight - axis)
      scroller.scrollTop = Math.max(0, y - scroller.clientHeight / 3);
    this.#bringAcross(scroller, this.drafts.get(id) ?? bar);
    this.top = scroller.scrollTop;
    await this.updateComplete;
    const button = this.#button(line.key, id);
    if (focus) button?.focus({ preventScroll: true });
    return !!button;
  }

  /// Sideways, so that the whole bar is beside the row's name; leftwards counts negative where time runs to the left.
  #bringAcross(scroller: HTMLElement, bar: Span): void {
    const room = scroller.clientWidth - this.#labelWidth();
    const from = xOf(bar.from, this.#scale);
    const to = xOf(bar.to, this.#scale);
    const now = Math.abs(scroller.scrollLeft);
    if (from >= now && to <= now + room) return;
    scroller.scrollLeft = Math.max(0, from - room / 4) * this.#direction();
  }

  #lineWith(id: string): number {
    const holds = (line: Line): boolean => line.bars.some((bar) => bar.entry.id === id);
    const active = this.#lines.findIndex((line) => line.key === this.active && holds(line));
    return active >= 0 ? active : this.#lines.findIndex(holds);
  }

  #button(row: string, id: string): HTMLElement | null {
    return this.find(`[data-row="${CSS.escape(row)}"] [data-entry="${CSS.escape(id)}"]`);
  }

  #direction(): 1 | -1 {
    return getComputedStyle(this).direction === 'rtl' ? -1 : 1;
  }

  // ---- keys ----

  #key(event: KeyboardEvent, row: Row, entry: Entry): void {
    const drafted = this.drafts.has(entry.id);
    switch (event.key) {
      case 'ArrowLeft':
      case 'ArrowRight': {
        if (!this.editable || event.altKey || event.ctrlKey || event.metaKey) return;
        const later = (event.key === 'ArrowRight') === (this.#direction() === 1);
        this.tell('entry-nudge', { id: entry.id, minutes: (later ? 1 : -1) * (event.shiftKey ? bigStep : SNAP) });
        break;
      }
      case 'ArrowUp':
      case 'ArrowDown': this.#step(row, entry, event.key === 'ArrowDown' ? 1 : -1); break;
      case 'Home': this.#focusBar(row.key, this.#bars(row.key)[0]); break;
      case 'End': this.#focusBar(row.key, this.#bars(row.key).at(-1)); break;
      case 'Enter':
        if (!drafted) return; // a click follows
        this.tell('entry-preview', { id: entry.id });
        break;
      case 'Escape':
        if (!drafted) return;
        this.tell('entry-cancel', { id: entry.id });
        break;
      default: return;
    }
    event.preventDefault();
  }

  #bars(key: string): Bar[] {
    return this.#lines.find((line) => line.key === key)?.bars ?? [];
  }

  /// To the next row that has bars: to the same entry there, else to what goes on meanwhile, else to the nearest in time.
  #step(row: Row, entry: Entry, by: 1 | -1): void {
    const here = this.#bars(row.key).find((bar) => bar.entry.id === entry.id);
    let at = this.#lines.findIndex((line) => line.key === row.key) + by;
    while (this.#lines[at] && this.#lines[at]!.bars.length === 0) at += by;
    const line = this.#lines[at];
    if (!line || !here) return;
    const distance = (bar: Bar): number => (bar.entry.id === entry.id ? -1 : Math.max(0, bar.from - here.to + 1, here.from - bar.to + 1));
    this.#focusBar(line.key, line.bars.reduce((best, bar) => (distance(bar) < distance(best) ? bar : best)));
  }

  #focusBar(key: string, bar: Bar | undefined): void {
    if (!bar) return;
    this.active = key;
    void this.show(bar.entry.id);
  }

  // ---- pointer ----

  #clicked(entry: Entry): void {
    if (this.#dragged) {
      this.#dragged = false;
      return;
    }
    this.tell('entry-select', { id: entry.id });
  }

  #press(event: PointerEvent, entry: Entry): void {
    this.#dragged = false;
    // A finger scrolls; it moves entries with the dialog.
    if (!this.editable || event.button !== 0 || event.pointerType === 'touch') return;
    this.#drag = { id: entry.id, pointer: event.pointerId, x: event.clientX, scroll: this.#scroller?.scrollLeft ?? 0, minutes: 0, moved: false };
  }

  #dragTo(event: PointerEvent): void {
    const drag = this.#drag;
    if (!drag || event.pointerId !== drag.pointer) return;
    const dx = event.clientX - drag.x + ((this.#scroller?.scrollLeft ?? 0) - drag.scroll);
    if (!drag.moved) {
      if (Math.abs(dx) < dragThreshold) return;
      drag.moved = true;
      (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    }
    const minutes = snappedMinutes(dx * this.#direction(), this.#scale);
    if (minutes === drag.minutes) return;
    drag.minutes = minutes;
    this.tell('entry-drag', { id: drag.id, minutes });
  }

  #drop(): void {
    const drag = this.#drag;
    this.#drag = undefined;
    if (!drag?.moved) return;
    this.#dragged = true; // the click that follows is none
    this.tell(drag.minutes === 0 ? 'entry-cancel' : 'entry-drop', { id: drag.id, minutes: drag.minutes });
  }

  #letGo(): void {
    const drag = this.#drag;
    this.#drag = undefined;
    if (drag?.moved) this.tell('entry-cancel', { id: drag.id });
  }
}
