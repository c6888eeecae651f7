/** A press on a card. The card is believed in nothing but which record or draft, at which revision, and what was typed. */
import { AppError } from '../errors.ts';
import { kindOf } from '../kinds/index.ts';
import { MergedRecord, StaleRecord } from '../records/change.ts';
import { move } from '../records/move.ts';
import { renderRecord } from '../render/record.ts';
import { renderUpdate } from '../render/update-card.ts';
import { sinceRevision } from '../render/since.ts';
import type { PressAnswer, PressIn } from './inbound.ts';
import { livePress } from './live-card.ts';
import type { Press, PressHandler } from './press.ts';
import { inputsOf, optional, recordCard, recordId, revision, taskInputsOf } from './press.ts';
import { pressHandler } from './presses/index.ts';
import type { BotContext } from './turn.ts';
import { doerOf, siteNow, speaks, viewOf } from './whose.ts';

export async function answerPress(context: BotContext, press: PressIn): Promise<PressAnswer> {
  let language = await speaks(context.addresses, press, undefined);
  try {
    const site = await siteNow(context.sites, press);
    language = await speaks(context.addresses, press, site);
    const doer = doerOf(site, press, 'card');
    const view = viewOf(context, site, language, press, press.alone);
    const handle = pressHandler(press.verb) ?? verb;
    const p = { context, site, doer, view, press, inputs: inputsOf(press.data) };
    return await livePress(p, await handle(p).catch((error: unknown) => presentCard(p, error)));
  } catch (error) {
    if (error instanceof AppError) return { refused: error, language };
    throw error;
  }
}

/** A verb of the record's kind. */
const verb: PressHandler = async (p) => {
  const { record } = await move(p.context.deps, p.site, p.doer, {
    id: recordId(p),
    rev: revision(p.press),
    verb: p.press.verb,
    inputs: p.inputs,
    reason: optional(p.press.data['reason']),
    level: p.press.data['level'],
    task: taskInputsOf(p.press.data),
  });
  // The question how it goes stays one, and says that it is answered.
  return p.press.data['form'] === 'update' && kindOf(record.kind)?.can.updates
    ? { card: renderUpdate(record, p.view) }
    : recordCard(record, p.view);
};

/** A press that came too late is answered with the present card, led by what happened since the one that was pressed. */
function presentCard({ press, view }: Press, error: unknown): PressAnswer {
  if (error instanceof MergedRecord) return recordCard(error.record, view);
  if (!(error instanceof StaleRecord)) throw error;
  const { record } = error;
  return { card: sinceRevision(renderRecord(record, view), record, Number(press.data['rev']), view), record };
}
