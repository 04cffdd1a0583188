// SPDX-License-Identifier: EUPL-1.2
// Who "user:0190…" is: the log names actors by id. Administrators may list users; everybody knows themselves.
import { client, who } from './app';
import { Store } from './store';

const names = new Store<ReadonlyMap<string, string>>(new Map());
let asked = false;

export function actorName(actor: string): string {
  const user = who.value.session?.user;
  if (user && (actor === user.id || actor === `user:${user.id}`)) return user.name;
  if (!asked && user?.rights?.includes('admin')) {
    asked = true;
    void client.users().then((users) => names.set(new Map(users.flatMap(({ id, name }) => [[id, name], [`user:${id}`, name]]))), () => undefined);
  }
  const kind = actor.split(':')[0]!;
  return names.value.get(actor) ?? (actor.includes(':') ? kind : actor);
}

export { names as actorNames };
