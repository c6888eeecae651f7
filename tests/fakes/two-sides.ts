/** What tests of both companies' sides do without a card: guests on the roster, a fact corrected by the engineer. */
import { actorOf } from '../../src/records/deps.ts';
import { edit } from '../../src/records/edit.ts';
import type { Plant } from './app.ts';
import type { Person } from './person.ts';

export async function addCustomers({ app, site: { id } }: Plant, guests: readonly Person[]): Promise<void> {
  const people = guests.map(({ name, aadObjectId }) => ({ name, aadObjectId, roles: ['CUST' as const] }));
  const site = app.context.sites.get(id)!;
  await app.context.sites.put({ ...site, people: [...site.people, ...people] });
}

export async function correct(plant: Plant, id: string, inputs: Record<string, string>): Promise<void> {
  const site = plant.app.context.sites.get(plant.site.id)!;
  const actor = actorOf(site, plant.people.re.aadObjectId, 'card');
  await edit(plant.app.deps, site, actor, { id, rev: undefined, inputs, reason: '看错表' });
  await plant.settle();
}
