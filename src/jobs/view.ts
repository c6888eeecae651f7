import type { Language } from '../language.ts';
import type { View } from '../render/card.ts';
import { personOf } from '../site/site.ts';
import type { Site } from '../site/site.ts';
import type { JobContext } from './define.ts';

/** How a card is to be drawn for a reader: the person if it is theirs alone, else the site's everybody. */
export function viewFor(site: Site, language: Language, now: number, personId?: string): View {
  const person = personId === undefined ? undefined : personOf(site, personId);
  const view: View = { language, site, now, names: (id) => personOf(site, id)?.name ?? id };
  if (person)
    view.viewer = {
      id: person.aadObjectId,
      roles: person.roles,
      customer: person.roles.every((role) => role === 'CUST'),
    };
  return view;
}

/** The language that a person chose or writes in, else the roster's, else the site's. */
export const languageFor = async (context: JobContext, personId: string): Promise<Language> =>
  (await context.addresses.language(personId)) ??
  personOf(context.site, personId)?.language ??
  context.site.language;
