import { kept } from '../records/archive.ts';
import type { Actor } from '../records/deps.ts';
import { text } from '../language.ts';
import type { Card, View } from '../render/card.ts';
import { pageSize, renderList } from '../render/list.ts';
import type { Site } from '../site/site.ts';
import type { BotContext } from './turn.ts';

/** What is valid in the archive: as much of it as a card shows, and how much there is. */
export async function archiveCard(context: BotContext, site: Site, doer: Actor, view: View): Promise<Card> {
  const { records, total } = await kept(context.deps, site, doer, pageSize, context.clock.now());
  const title = text('档案：有效文件，快到期的在前', 'Archive: valid documents, first to expire first');
  return renderList(title, records, view, { total });
}
