// SPDX-License-Identifier: EUPL-1.2
// Who "user:0190…" is: the log names actors by id. Asked again when somebody unknown turns up, once for each of them.
import { client, who } from './app';
import { Store } from './store';

const names = new Store<ReadonlyMap<string, string>>(new Map());
const asked = new Set<string>();

export function actorName(actor: string): string {
  const user = who.value.session?.user;
  if (user && (actor === user.id || actor === `user:${user.id}`)) return user.name;
  const known = names.value.get(actor);
  if (known) return known;
  if (actor.includes(':') && !asked.has(actor)) {
    asked.add(actor);
    void client.actors().then((found) => names.set(new Map(Object.entries(found))), () => undefined);
  }
  return actor.split(':')[0]!;
}

export { names as actorNames };
