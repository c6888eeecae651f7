/** The message extension: a record of a message, and records for a conversation. */
import { AppError } from '../errors.ts';
import { viewFor } from '../jobs/view.ts';
import { findRecord } from './find-record.ts';
import type { ExtensionAnswer, ExtensionIn } from './inbound.ts';
import type { Asked } from './record-as.ts';
import { recordAs, submitted } from './record-as.ts';
import type { BotContext } from './turn.ts';
import { doerOf, siteNow, speaks } from './whose.ts';

export async function answerExtension(context: BotContext, asked: ExtensionIn): Promise<ExtensionAnswer> {
  const { request, ...where } = asked;
  let language = await speaks(context.addresses, where, undefined);
  try {
    const site = await siteNow(context.sites, where);
    language = await speaks(context.addresses, where, site);
    const doer = doerOf(site, where, 'card');
    const view = viewFor(site, language, context.clock.now(), doer.id);
    const of: Asked = { context, site, doer, view, where };
    switch (request.ask) {
      case 'record':
        return await recordAs(of, request);
      case 'submit':
        return await submitted(of, request);
      case 'find':
        return await findRecord(of, request.words);
    }
  } catch (error) {
    if (error instanceof AppError) return { refused: error, language };
    throw error;
  }
}
