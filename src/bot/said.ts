/** A message that somebody pointed at, as the facts of a draft. */
import { read } from '../intake/read.ts';
import type { Extraction } from '../intake/read.ts';
import type { AnyKind } from '../kinds/index.ts';
import type { Language } from '../language.ts';
import type { Site } from '../site/site.ts';
import { personOf } from '../site/site.ts';
import { localDate, localTime } from '../site/zone.ts';
import { fieldsOf } from './extraction.ts';
import type { Said } from './inbound.ts';

/** What is kept of the message itself, whatever kind it becomes. */
export interface Origin {
  raw_text?: string;
  said_by?: string;
  said_at?: string;
  said_link?: string;
  customer_contact?: string;
}

const originNames = ['raw_text', 'said_by', 'said_at', 'said_link', 'customer_contact'] as const;

/** @param now no message was sent after it, whatever its client says */
export function originOf(said: Said, site: Site, now: number): Origin {
  const at = said.at !== undefined && Date.parse(said.at) <= now ? said.at : undefined;
  const author = personOf(site, said.authorId ?? '');
  const isCustomer = author ? author.roles.every((role) => role === 'CUST') : said.outside;
  return {
    ...(said.text === '' ? {} : { raw_text: said.text }),
    ...(said.author ? { said_by: said.author } : {}),
    ...(at === undefined ? {} : { said_at: at }),
    ...(said.link === undefined ? {} : { said_link: said.link }),
    ...(isCustomer && said.author ? { customer_contact: said.author } : {}),
  };
}

/** The same of a draft that was made of it, for the form of another kind. */
export const originIn = (fields: Readonly<Record<string, unknown>>): Origin =>
  Object.fromEntries(
    originNames.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]])),
  );

/** What the author says. Words that a message only quotes are another's, about another time. */
const ownWords = (text: string): string =>
  text
    .split('\n')
    .filter((line) => !line.startsWith('> '))
    .join('\n');

/** What the message tells of, the likeliest first; "today" and "20 minutes ago" as of when it was said. */
export function tellings(origin: Origin, site: Site, now: number, kinds: readonly AnyKind[]): Extraction[] {
  const said = origin.said_at === undefined ? now : Date.parse(origin.said_at);
  const at = `${localDate(site.timeZone, said)}T${localTime(site.timeZone, said)}`;
  const where = { at, customers: [site.customer], plants: [site.plant], lines: site.lines };
  return read(ownWords(origin.raw_text ?? ''), where, { kinds: kinds.map(({ id }) => id) });
}

/** The fields of a draft of the kind: what the message tells, and whose message it is. */
export function factsOfSaid(
  kind: AnyKind,
  origin: Origin,
  site: Site,
  language: Language,
  now: number,
): Record<string, unknown> {
  const telling = tellings(origin, site, now, [kind])[0];
  // What is now where the text does not say, was when it was said.
  const moments = origin.said_at === undefined ? [] : ['received_at', ...(kind.can.instant?.now ?? [])];
  const facts = {
    ...Object.fromEntries(moments.map((name) => [name, origin.said_at])),
    ...origin,
    ...(telling ? fieldsOf(kind, telling, site, language) : {}),
    source: 'chat',
  };
  return Object.fromEntries(Object.entries(facts).filter(([name]) => kind.fields[name] !== undefined));
}
