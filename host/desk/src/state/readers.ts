// SPDX-License-Identifier: EUPL-1.2
// Which program reads a calendar, by what it says of itself; and which links have fetched a change. Pure.
import type { Link } from '../api/calendars';
import type { Entry } from '../api/types';

const known: [RegExp, string][] = [
  [/Google-Calendar-Importer|GoogleCalendar/i, 'Google Calendar'],
  [/Thunderbird|Lightning/i, 'Thunderbird'],
  [/ICSx5|ICSdroid/i, 'ICSx⁵'],
  [/DAVx5|DAVdroid/i, 'DAVx⁵'],
  [/Microsoft Office|Outlook|Microsoft-Exchange|MSOffice|Exchange\//i, 'Outlook'],
  [/CalendarAgent|dataaccessd|iCal\/|remindd|accountsd|(^|\s)(iOS|macOS)\//i, 'Apple Calendar'],
  [/Nextcloud/i, 'Nextcloud'],
  [/vdirsyncer/i, 'vdirsyncer'],
  [/khal/i, 'khal'],
  [/^curl\//i, 'curl'],
  [/Firefox\//, 'Firefox'],
  [/Edg\//, 'Edge'],
  [/Chrom(e|ium)\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];

export function readerName(userAgent: string): string {
  const found = known.find(([pattern]) => pattern.test(userAgent));
  return found ? found[1] : (userAgent.split(/[\s/(]/)[0] ?? '').slice(0, 24);
}

/// Whether a link shows an entry: by what the link is of.
export function shows(link: Link, entry: Entry): boolean {
  if (entry.status === 'fallback' || link.detail === 'banner') return false;
  const leg = entry.entity === 'transport_leg';
  if (leg && link.detail === 'items' && link.scope !== 'vehicle' && link.scope !== 'driver') return false;
  switch (link.scope) {
    case 'visit':
    case 'office': return true;
    case 'track': return entry.tracks.includes(link.subject);
    case 'person': return entry.people.includes(link.subject);
    case 'vehicle': return entry.vehicle === link.subject;
    case 'interpreter': return entry.interpreters.includes(link.subject);
    case 'venue': return [entry.venue, entry.from, entry.to].includes(link.subject);
    case 'driver': return false; // who drives is not in the timeline's document
  }
}

/// Whether a link was fetched after `changed`.
export const fetchedSince = (link: Link, changed: number): boolean => !!link.used && Date.parse(link.used.at) >= changed;
