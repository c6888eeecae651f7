import { AppError } from '../errors.ts';
import type { Addresses } from '../jobs/addresses.ts';
import type { Language } from '../language.ts';
import { languageOf } from '../language.ts';
import type { Actor as Doer } from '../records/deps.ts';
import { actorOf } from '../records/deps.ts';
import type { Sites } from '../records/sites.ts';
import type { Site } from '../site/site.ts';
import { personOf } from '../site/site.ts';
import { viewFor } from '../jobs/view.ts';
import type { View } from '../render/card.ts';
import type { Inbound } from './inbound.ts';
import type { BotContext } from './turn.ts';

/**
 * The site that a message or press is about: that of the channel, else that of the person.
 * @throws AppError no_site
 */
export function siteOf(sites: Sites, inbound: Inbound): Site {
  const site =
    sites.ofChannel(inbound.teamId, inbound.channelId) ?? sites.ofPerson(inbound.actor.aadObjectId)[0];
  if (site) return site;
  const only = sites.all();
  if (only.length === 1 && only[0])
    throw new AppError('stranger', { site: `${only[0].customer}${only[0].plant}` });
  throw new AppError('no_site');
}

/** The same as it stands in the store now: whoever was marked away a moment ago elsewhere is not called. */
export async function siteNow(sites: Sites, inbound: Inbound): Promise<Site> {
  const site = siteOf(sites, inbound);
  return (await sites.fresh(site.id)) ?? site;
}

/** @throws AppError stranger */
export const doerOf = (site: Site, inbound: Inbound, source: 'chat' | 'card'): Doer =>
  actorOf(site, inbound.actor.aadObjectId, source);

/** What the person chose; else what they write in, now or last; else what the roster says; else their client's; else the site's. */
export async function speaks(
  addresses: Addresses,
  inbound: Inbound,
  site: Site | undefined,
  said = '',
): Promise<Language> {
  const script = scriptOf(said);
  if (script) await addresses.heard(inbound.actor.aadObjectId, inbound.actor.name, script);
  const { aadObjectId } = inbound.actor;
  const known = (await addresses.language(aadObjectId)) ?? (site && personOf(site, aadObjectId)?.language);
  return known ?? languageOf(inbound.locale) ?? site?.language ?? 'zh';
}

/**
 * How a card that answers this person is drawn: for them alone in their own chat and where only they see the answer
 * (`alone`), for everybody elsewhere. A customer's guest gets the customer's view wherever they ask.
 */
export function viewOf(
  { clock }: BotContext,
  site: Site,
  language: Language,
  inbound: Inbound,
  alone = false,
): View {
  const { aadObjectId } = inbound.actor;
  const own = viewFor(site, language, clock.now(), aadObjectId);
  const isTheirs = alone || inbound.scope === 'personal' || own.viewer?.customer === true;
  return isTheirs ? own : viewFor(site, language, clock.now());
}

/** Chinese if it holds any Han character; English if it holds words and not only ids, part numbers or a name. */
function scriptOf(said: string): Language | undefined {
  if (/\p{Script=Han}/u.test(said)) return 'zh';
  const parts = said.split(/\s+/).filter((part) => part !== '');
  const words = parts.filter((part) => /^[^\p{L}\p{N}]*[a-z]{2,}[^\p{L}\p{N}]*$/iu.test(part));
  return words.length >= 2 || (words.length === 1 && parts.length === 1) ? 'en' : undefined;
}
