import type { CardPlace, RecordDoc } from '../records/record.ts';
import type { Card, View } from '../render/card.ts';
import type { Notice } from '../render/notice.ts';
import { renderNotice } from '../render/notice.ts';
import type { Done, JobContext } from './define.ts';
import { DeliveryError } from './messenger.ts';
import { standsAt } from './place.ts';
import { languageFor, viewFor } from './view.ts';

interface Reached {
  address: CardPlace['address'];
  view: View;
}

/** A person's own chat. @throws DeliveryError later while nobody of the site was met */
export async function addressOf(
  { site, addresses }: Pick<JobContext, 'site' | 'addresses'>,
  person: string,
): Promise<CardPlace['address']> {
  const address = await addresses.personal(site, person);
  if (!address) throw new DeliveryError('later', `no way to reach ${person} of ${site.id} yet`);
  return address;
}

/** A person's own chat, and how a card for them is drawn. @throws DeliveryError as `addressOf` */
export async function chatWith(context: JobContext, person: string): Promise<Reached> {
  const address = await addressOf(context, person);
  const language = await languageFor(context, person);
  return { address, view: viewFor(context.site, language, context.clock.now(), person) };
}

/** A notice to one person. @throws DeliveryError */
export async function notify(
  context: JobContext,
  person: string,
  notice: (view: View) => Notice,
): Promise<void> {
  const { address, view } = await chatWith(context, person);
  const said = notice(view);
  const say = (text: Notice['text']) => (typeof text === 'object' ? text[view.language] : (text ?? ''));
  await context.messenger.send(address, {
    card: renderNotice(view, said),
    summary: [say(said.title), say(said.text)].filter((one) => one !== '').join(': '),
    alert: true,
  });
}

/**
 * A card that one person answers, and that follows the record until then. An earlier one of the sort has had its time:
 * it is not kept up any more, so that a long case does not gather them. @throws DeliveryError
 */
export async function ask(
  context: JobContext,
  record: RecordDoc,
  person: string,
  as: 'update' | 'offer',
  draw: (record: RecordDoc, view: View) => Card,
): Promise<NonNullable<Done>> {
  const { address, view } = await chatWith(context, person);
  const card = draw(record, view);
  const { id } = await context.messenger.send(address, {
    card,
    summary: String(card['fallbackText'] ?? ''),
    alert: true,
  });
  const place: CardPlace = { address, activityId: id, language: view.language, view: as, person };
  return (fresh) => {
    const kept = fresh as RecordDoc;
    kept.cards = kept.cards.filter((one) => one.view !== as || one.person !== person);
    standsAt(place, record, context.clock)?.(kept);
  };
}
