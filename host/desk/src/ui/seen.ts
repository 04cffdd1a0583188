// SPDX-License-Identifier: EUPL-1.2
// Who has seen how an entry is now: the calendar links that fetched it since its last change, and the mails that told of it.
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';

import { invitedTo, linksOf, type Invited, type Link } from '../api/calendars';
import type { Entry } from '../api/types';
import { localZone, moment, t, type Key } from '../i18n';
import { client, explain } from '../state/app';
import { fetchedSince, readerName, shows } from '../state/readers';
import { KoggeElement, look } from './element';
import { icon } from './icons';

interface Seen {
  changed: number; // 0: never since it was made, as far as the log goes
  links: Link[];
  invited: Invited | null;
}

@customElement('kogge-seen')
export class KoggeSeen extends KoggeElement {
  static override styles = [look, css`
    :host { display: block; }
    summary { cursor: pointer; min-block-size: 24px; font-weight: 550; }
    .parts { display: grid; gap: 10px; margin-block-start: 8px; }
    ul { display: grid; gap: 2px; margin-block-start: 4px; font-size: 0.9375rem; }
    li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 10px; }
    .yes { color: var(--kogge-good); font-weight: 600; display: inline-flex; gap: 4px; align-items: center; }
  `];

  @property() visit = '';
  @property({ attribute: false }) entry!: Entry;
  @state() private seen: Seen | null = null;
  @state() private failed = '';
  #open = false;
  #of = '';

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('entry') && this.#of !== `${this.entry.id} ${this.entry.rev}`) {
      this.seen = null;
      if (this.#open) void this.#load();
    }
  }

  override render() {
    return html`<details @toggle=${this.#toggled}><summary>${t('seen.title')}</summary>
      ${this.failed ? html`<p class="error" role="alert">${this.failed}</p>` : this.seen ? this.#parts(this.seen) : html`<p role="status">${t('app.loading')}</p>`}</details>`;
  }

  #toggled(event: Event): void {
    this.#open = (event.target as HTMLDetailsElement).open;
    if (this.#open && !this.seen) void this.#load();
  }

  async #load(): Promise<void> {
    const { entity, id, rev } = this.entry;
    this.#of = `${id} ${rev}`;
    try {
      const [{ changes }, ofVisit, everywhere, invited] = await Promise.all([
        client.changesOf(entity, id), linksOf(this.visit), linksOf(''), invitedTo(this.visit, entity, id).catch(() => null)]);
      const last = changes.at(-1);
      this.seen = { changed: last ? Date.parse(last.at) : 0, links: [...ofVisit, ...everywhere].filter((link) => shows(link, this.entry)), invited };
      this.failed = '';
    } catch (error) {
      this.failed = explain(error);
    }
  }

  #parts({ changed, links, invited }: Seen): TemplateResult {
    const fetched = links.filter((link) => fetchedSince(link, changed)).length;
    return html`<div class="parts">
      ${changed ? html`<p class="quiet numbers">${t('seen.since', { time: moment(changed, localZone()) })}</p>` : nothing}
      <div>${links.length === 0 ? t('seen.no_links') : html`<p>${t('seen.links', { n: fetched, all: links.length })}</p>
        <ul>${links.map((link) => this.#line(link.note || t(`feeds.kind.${link.scope}` as Key), link.used?.client ? readerName(link.used.client) : '', fetchedSince(link, changed), t('seen.yes'), t('seen.not_yet')))}</ul>`}</div>
      <div>${this.#mail(invited)}</div></div>`;
  }

  #mail(invited: Invited | null): TemplateResult | typeof nothing {
    if (!invited) return nothing;
    if (!invited.on && invited.people.length === 0) return html`<p class="quiet">${t('seen.no_mail')}</p>`;
    const knows = (person: Invited['people'][number]): boolean => person.entries.every((entry) => entry.current);
    return html`<p>${t('seen.mail', { n: invited.people.filter(knows).length, all: invited.people.length })}</p>
      <ul>${invited.people.map((person) => this.#line(person.name, person.problem, knows(person), t('seen.told'), t('seen.to_tell')))}</ul>`;
  }

  #line(name: string, detail: string, good: boolean, yes: string, no: string): TemplateResult {
    return html`<li><span>${name}${detail ? html` <span class="quiet">${detail}</span>` : nothing}</span>
      ${good ? html`<span class="yes">${icon('check')}${yes}</span>` : html`<span class="quiet">${no}</span>`}</li>`;
  }
}
