// SPDX-License-Identifier: EUPL-1.2
import { describe, expect, it } from 'vitest';

import type { Link } from '../api/calendars';
import type { Entry } from '../api/types';
import { fetchedSince, readerName, shows } from './readers';

const link = (over: Partial<Link>): Link =>
  ({ id: 'f', scope: 'visit', visit: 'v', subject: '', language: 'nl', note: '', detail: 'full', alarms_minutes: null, used: null, ...over });
const entry = (over: Partial<Entry>): Entry =>
  ({ entity: 'programme_item', id: 'it', title: '', starts: '', ends: '', status: 'confirmed', kind: 'meeting', tracks: ['v.A'], people: ['p-1'], interpreters: [], rev: 1, findings: [], ...over });

describe('the program behind a User-Agent', () => {
  it.each([
    ['Google-Calendar-Importer', 'Google Calendar'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.4.0', 'Thunderbird'],
    ['macOS/14.5 (23F79) dataaccessd/1.0', 'Apple Calendar'],
    ['Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0; Pro)', 'Outlook'],
    ['DAVx5/4.4.2-ose (okhttp/4.12.0) Android/14', 'DAVx⁵'],
    ['SomethingNew/3.1', 'SomethingNew'],
    ['', ''],
  ])('%s', (agent, name) => expect(readerName(agent)).toBe(name));
});

describe('which links show an entry', () => {
  it('by what they are of', () => {
    expect(shows(link({ scope: 'track', subject: 'v.A' }), entry({}))).toBe(true);
    expect(shows(link({ scope: 'track', subject: 'v.B' }), entry({}))).toBe(false);
    expect(shows(link({ scope: 'person', subject: 'p-1' }), entry({}))).toBe(true);
    expect(shows(link({ scope: 'interpreter', subject: 'p-1' }), entry({}))).toBe(false);
    expect(shows(link({ scope: 'venue', subject: 'v-2' }), entry({ entity: 'transport_leg', from: 'v-1', to: 'v-2' }))).toBe(true);
  });
  it('by how much they tell', () => {
    expect(shows(link({ detail: 'banner' }), entry({}))).toBe(false);
    expect(shows(link({ detail: 'items' }), entry({ entity: 'transport_leg' }))).toBe(false);
    expect(shows(link({ detail: 'items', scope: 'vehicle', subject: 'c' }), entry({ entity: 'transport_leg', vehicle: 'c' }))).toBe(true);
  });
  it('a fetch after the change has seen it', () => {
    const used = { at: '2027-04-21T10:00:00Z', client: '', days: {} };
    expect(fetchedSince(link({ used }), Date.parse('2027-04-21T09:59:59Z'))).toBe(true);
    expect(fetchedSince(link({ used }), Date.parse('2027-04-21T10:00:01Z'))).toBe(false);
    expect(fetchedSince(link({}), 0)).toBe(false);
  });
});
