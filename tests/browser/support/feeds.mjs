// SPDX-License-Identifier: EUPL-1.2
// The subscribed calendars of everybody on a visit, and what of them may differ after an undo.

/// A feed for each person; read() fetches them all, as text by person.
export async function feedsOf(daemon, visit) {
  const { rows } = await daemon.timeline(visit);
  const urls = new Map();
  for (const [scope, list] of [['person', rows.people], ['interpreter', rows.interpreters]])
    for (const { id } of list)
      if (!urls.has(id)) urls.set(id, (await daemon.post(`/api/v1/visits/${visit}/feeds`, { scope, id, lang: 'nl' })).url);
  return {
    async read() {
      const out = new Map();
      for (const [who, url] of urls) out.set(who, await daemon.text(daemon.url + new URL(url).pathname));
      return out;
    },
  };
}

const unfolded = (text) => text.replace(/\r\n[ \t]/g, '').split('\r\n');

/// SEQUENCE by entry: "it-20" of the UID "it-20@…".
export function sequences(text) {
  const out = {};
  let uid = '';
  let sequence = 0;
  let inside = 0; // places and alarms within an event have a UID of their own
  for (const line of unfolded(text)) {
    if (line === 'BEGIN:VEVENT') [uid, sequence, inside] = ['', 0, 0];
    else if (line.startsWith('BEGIN:')) inside += 1;
    else if (line.startsWith('END:') && line !== 'END:VEVENT') inside -= 1;
    else if (inside > 0) continue;
    else if (line.startsWith('UID:')) uid = line.slice(4).split('@')[0];
    else if (line.startsWith('SEQUENCE:')) sequence = Number(line.slice(9));
    else if (line === 'END:VEVENT') out[uid] = sequence;
  }
  return out;
}

/// What an undo has to bring back to the byte.
export const steady = (text) => text.split('\r\n').filter((line) => !/^(SEQUENCE|DTSTAMP|LAST-MODIFIED):/.test(line)).join('\r\n');
