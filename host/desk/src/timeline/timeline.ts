// SPDX-License-Identifier: EUPL-1.2
// The timeline: groups of rows, bars on a scale of time, moved by pointer or keys. It draws the rows in sight and no
// others, and decides nothing: what a move means is the page's business.
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';

import type { Entry } from '../api/types';
import { clock, locale, t, weekday, zoneName, type Key } from '../i18n';
import { KoggeElement } from '../ui/element';
import { icon, levelIcon, modeIcon } from '../ui/icons';
import { SNAP, clip, fit, offsetsOf, snappedMinutes, widthOf, windowOf, xOf, type Scale } from './geometry';
import { counterpart, linesOf, target, type Line } from './lines';
import { timelineLook } from './look';
import type { Bar, Group, GroupRows, Row } from './rows';
import { dayOf, hoursIn, offsetAt, type Span } from './time';
import { nameOf, toneOf, wordWidth, wordsOf, type Marks } from './words';

const readable = 1.45;   // pixels a minute, at least, unless told otherwise: titles want room
const spare = 200;       // pixels drawn around what is in sight
const dragThreshold = 4; // pixels before a press becomes a drag
const bigStep = 30;      // minutes, with Shift

interface Drag {
  id: string;
  pointer: number;
  x: number;
  scroll: number;
  minutes: number;
  moved: boolean;
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
    const lines = linesOf(this.groups, this.open, this.#scale);
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
        ${row.taken.map((strip) => this.#taken(strip))}
        ${repeat(line.bars, (bar) => bar.entry.id, (bar, i) => this.#bar(row, bar, line.y[i]!))}</div></div>`;
  }

  /// Behind the bars: what a calendar elsewhere says of this person's time.
  #taken(strip: Row['taken'][number]): TemplateResult | typeof nothing {
    const part = clip(strip, this.#scale);
    if (!part) return nothing;
    const said = t('timeline.taken', { from: clock(strip.from, this.zone), to: clock(strip.to, this.zone) }) + (strip.title ? ` · ${strip.title}` : '');
    return html`<div class="taken ${strip.tentative ? 'tentative' : ''}" role="img" aria-label=${said} title=${said}
      style="inset-inline-start:${part.x}px;inline-size:${part.width}px"></div>`;
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
    const title = this.titles.get(entry.id) ?? entry.title;
    const name = nameOf(bar, shown, title, this.zone, marks);
    const leg = entry.entity === 'transport_leg';
    const kinds = ['bar', leg ? 'leg' : `item ${toneOf(entry.kind)}`, entry.status, marks ? `marked ${marks.level}` : '', draft ? 'draft' : '', entry.id === this.selected ? 'selected' : '',
      part?.startsBefore ? 'starts-before' : '', part?.endsAfter ? 'ends-after' : '', part && part.width < wordWidth ? 'short' : ''].join(' ');
    const origin = draft ? clip(bar, this.#scale) : null;
    return html`${origin ? html`<div class="origin" style="inset-inline-start:${origin.x}px;inline-size:${origin.width}px;inset-block-start:${y}px"></div>` : nothing}
      ${part ? html`<button type="button" class=${kinds} tabindex=${row.key === this.active ? 0 : -1} data-entry=${entry.id}
        style="inset-inline-start:${part.x}px;inline-size:${Math.max(part.width - 2, target)}px;inset-block-start:${y}px"
        aria-label=${name} title=${name}
        @click=${() => this.#clicked(entry)} @keydown=${(event: KeyboardEvent) => this.#key(event, row, entry)} @focus=${() => (this.active = row.key)}
        @pointerdown=${(event: PointerEvent) => this.#press(event, entry)} @pointermove=${this.#dragTo} @pointerup=${this.#drop} @pointercancel=${this.#letGo}>
        ${marks ? levelIcon(marks.level) : leg ? modeIcon(entry.mode ?? '') : part.width < wordWidth ? icon(toneOf(entry.kind)) : nothing}
        ${wordsOf(bar, shown, title, this.zone, part.width)}
      </button>` : nothing}`;
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

  /// To the next row that has bars.
  #step(row: Row, entry: Entry, by: 1 | -1): void {
    const here = this.#bars(row.key).find((bar) => bar.entry.id === entry.id);
    let at = this.#lines.findIndex((line) => line.key === row.key) + by;
    while (this.#lines[at] && this.#lines[at]!.bars.length === 0) at += by;
    const line = this.#lines[at];
    if (line && here) this.#focusBar(line.key, counterpart(line, here));
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
