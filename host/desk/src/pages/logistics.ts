// SPDX-License-Identifier: EUPL-1.2
// Who sits in which vehicle, who sleeps in which room; for the screen and for paper.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';

import type { Manifest, Rooming } from '../api/types';
import { dateRange, locale, t, tCount, tWord, weekday } from '../i18n';
import { client } from '../state/app';
import { parseTime } from '../timeline/time';
import { icon } from '../ui/icons';
import { span } from '../ui/proposal-dialog';
import { TablesPage } from './tables';

interface Lists {
  manifest: Manifest;
  rooming: Rooming;
}

@customElement('kogge-logistics')
export class KoggeLogistics extends TablesPage<Lists> {
  protected async load(visit: string): Promise<Lists> {
    const [manifest, rooming] = await Promise.all([client.manifest(visit), client.rooming(visit)]);
    return { manifest, rooming };
  }

  protected tables({ manifest, rooming }: Lists): TemplateResult {
    const legs = manifest.legs.filter(({ vehicle }) => vehicle !== null);
    if (legs.length === 0 && rooming.accommodations.length === 0) return html`<p class="quiet">${t('logistics.none')}</p>`;
    const csv = (list: string): string => `/api/v1/visits/${encodeURIComponent(this.store.id)}/${list}?format=csv&lang=${locale.value}`;
    return html`
      <div class="head"><h2>${t('logistics.manifest')}</h2><div class="row"><a class="button" href=${csv('manifest')} download>${icon('download')}${t('logistics.csv')}</a>${this.printButton()}</div></div>
      <div class="cards">${legs.map((leg) => this.#leg(leg))}</div>
      ${rooming.accommodations.length ? html`<div class="head"><h2>${t('logistics.rooming')}</h2><div class="row"><a class="button" href=${csv('rooming')} download>${icon('download')}${t('logistics.csv')}</a></div></div>
        <div class="cards">${rooming.accommodations.map((stay) => this.#stay(stay))}</div>` : nothing}`;
  }

  #leg(leg: Manifest['legs'][number]): TemplateResult {
    const departs = parseTime(leg.departs);
    const full = leg.seats !== null && leg.passengers.length > leg.seats;
    return html`<div class="card"><table>
      <caption>${leg.vehicle_name && leg.vehicle_name !== leg.vehicle ? leg.vehicle_name : tWord('mode', leg.mode)}: ${leg.from_name} → ${leg.to_name}
        <small>${weekday(departs.instant, departs.zone)}, ${span(leg.departs, leg.arrives)} · <span class=${full ? 'short' : ''}>${leg.seats === null
          ? tCount('logistics.passengers', leg.passengers.length) : t('logistics.seats', { n: leg.passengers.length, seats: leg.seats })}</span></small></caption>
      <thead><tr><th scope="col">${t('logistics.name')}</th><th scope="col">${t('logistics.organisation')}</th><th scope="col">${t('logistics.wheelchair')}</th></tr></thead>
      <tbody>${leg.passengers.map((person) => html`<tr><th scope="row">${person.name}</th><td>${person.organisation ?? '–'}</td>
        <td>${person.wheelchair ? html`<b>${t('logistics.yes')}</b>` : t('logistics.no')}</td></tr>`)}</tbody></table></div>`;
  }

  #stay(stay: Rooming['accommodations'][number]): TemplateResult {
    const rooms = Object.entries(stay.rooms).map(([kind, n]) => `${n} × ${tWord('room', kind)}`).join(', ');
    const noon = (day: string): number => Date.parse(`${day}T12:00:00Z`);
    return html`<div class="card"><table>
      <caption>${stay.venue}<small>${dateRange(noon(stay.check_in), noon(stay.check_out), 'UTC')} · ${t('logistics.rooms', { rooms })}</small></caption>
      <thead><tr><th scope="col">${t('logistics.name')}</th><th scope="col">${t('logistics.organisation')}</th><th scope="col">${t('logistics.room')}</th></tr></thead>
      <tbody>${stay.people.map((person) => html`<tr><th scope="row">${person.name}</th><td>${person.organisation ?? '–'}</td>
        <td>${tWord('room', person.room)}${person.number ? ` · ${person.number}` : ''}</td></tr>`)}</tbody></table></div>`;
  }
}
