// SPDX-License-Identifier: EUPL-1.2
// Making a calendar link: whose calendar, how much of it, in which language, with which alarm.
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';

import { details, makeLink, scopes, type Detail, type MadeLink, type Scope } from '../api/calendars';
import type { Named, Timeline } from '../api/types';
import { languages, locale, t, tCount, type Key, type Language } from '../i18n';
import { explain } from '../state/app';
import { KoggeElement, look } from './element';
import { icon } from './icons';
import './made-link';

const alarms = [5, 15, 30, 60];

/// Whom a link can be for, by what it is of.
export type Subjects = Partial<Record<Scope, Named[]>>;

export function subjectsOf(timeline: Timeline): Subjects {
  const { tracks, people, vehicles, interpreters, venues } = timeline.rows;
  return { visit: [], track: tracks.map((track) => ({ id: track.id, name: `${track.code} · ${track.name}` })), person: people, vehicle: vehicles, interpreter: interpreters, venue: venues };
}

@customElement('kogge-link-form')
export class KoggeLinkForm extends KoggeElement {
  static override styles = [look, css`
    :host { display: block; }
    form { display: grid; gap: 14px; }
    .fields { display: flex; flex-wrap: wrap; gap: 12px 16px; align-items: end; }
    .field select, .field input { max-inline-size: min(20rem, 78vw); }
  `];

  /// Empty: of all visits they are in.
  @property() visit = '';
  @property({ attribute: false }) subjects: Subjects = {};
  @state() private scope: Scope = 'visit';
  @state() private whose = '';
  @state() private language: Language = locale.value;
  @state() private detail: Detail = 'full';
  @state() private alarm = 0;
  @state() private link: MadeLink | null = null;
  @state() private failed = '';

  get #scopes(): Scope[] {
    return scopes.filter((scope) => scope in this.subjects);
  }
  get #choices(): Named[] {
    return [...(this.subjects[this.scope] ?? [])].sort((a, b) => a.name.localeCompare(b.name, locale.value));
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('subjects') && !changed.has('visit')) return;
    if (changed.has('visit')) this.link = null;
    if (!(this.scope in this.subjects)) this.scope = this.#scopes[0] ?? 'visit';
    if (!this.#choices.some(({ id }) => id === this.whose)) this.whose = this.#choices[0]?.id ?? '';
  }

  override render() {
    return html`<form novalidate @submit=${this.#make}>
        <div class="fields">
          ${select('scope', t('feeds.scope'), this.#scopes.map((scope) => [scope, t(`feeds.scope.${scope}` as Key)]), this.scope, (value) => this.#rescope(value as Scope))}
          ${this.#choices.length === 0 ? nothing : select('whose', t('feeds.whose'), this.#choices.map(({ id, name }) => [id, name]), this.whose, (value) => this.#set(() => (this.whose = value)))}
          ${select('language', t('feeds.language'), languages.map(({ code, name }) => [code, name]), this.language, (value) => this.#set(() => (this.language = value as Language)))}
          ${select('detail', t('feeds.detail'), details.map((detail) => [detail, t(`feeds.detail.${detail}`)]), this.detail, (value) => this.#set(() => (this.detail = value as Detail)))}
          ${select('alarm', t('feeds.alarm'), [['0', t('feeds.alarm.none')], ...alarms.map((minutes): [string, string] => [String(minutes), tCount('feeds.alarm.before', minutes)])], String(this.alarm), (value) => this.#set(() => (this.alarm = Number(value))))}
          <div class="field"><label for="note">${t('feeds.note')}</label><input id="note" maxlength="120" @input=${() => (this.link = null)} /></div>
          <button class="primary" type="submit">${icon('calendar')}${t('feeds.make')}</button>
        </div></form>
      <div aria-live="polite">${this.failed ? html`<p class="error">${this.failed}</p>` : nothing}${this.link ? html`<kogge-made-link .link=${this.link}></kogge-made-link>` : nothing}</div>`;
  }

  override focus(): void {
    void this.updateComplete.then(() => this.find('#scope')?.focus());
  }

  #set(change: () => void): void {
    change();
    this.link = null;
  }

  #rescope(scope: Scope): void {
    this.scope = scope;
    this.whose = this.#choices[0]?.id ?? '';
    this.link = null;
  }

  async #make(event: Event): Promise<void> {
    event.preventDefault();
    this.failed = '';
    const note = this.find<HTMLInputElement>('#note')?.value.trim() ?? '';
    try {
      this.link = await makeLink(this.visit, {
        scope: this.scope, lang: this.language, detail: this.detail,
        ...(this.whose ? { id: this.whose } : {}), ...(note ? { note } : {}), ...(this.alarm ? { alarms_minutes: this.alarm } : {}),
      });
      this.tell('made');
    } catch (error) {
      this.failed = explain(error);
    }
  }
}

export const select = (id: string, label: string, choices: [string, string][], chosen: string, change: (value: string) => void): TemplateResult =>
  html`<div class="field"><label for=${id}>${label}</label>
    <select id=${id} @change=${(event: Event) => change((event.target as HTMLSelectElement).value)}>${choices.map(([value, name]) => html`
      <option value=${value} ?selected=${value === chosen}>${name}</option>`)}</select></div>`;
