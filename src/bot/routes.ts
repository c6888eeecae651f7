/** What happens to what Teams brings: a message, a press, a newcomer. */
import { viewFor } from '../jobs/view.ts';
import { renderWelcome } from '../render/help.ts';
import { text } from '../language.ts';
import { answerPress } from './card-actions.ts';
import { matchCommand } from './command-table.ts';
import { helpLines, runCommand } from './commands.ts';
import { takeConsent, takeFiles } from './files.ts';
import type { Handlers, Inbound, MessageIn } from './inbound.ts';
import { answerExtension } from './extension.ts';
import { answerQuestion, capture } from './report.ts';
import type { BotContext, Reply, Turn } from './turn.ts';
import { doerOf, siteNow, speaks } from './whose.ts';

export function createHandlers(context: BotContext): Handlers {
  return {
    message: (message, reply) => onMessage(context, message, reply),
    press: (press) => answerPress(context, press),
    consent: (consent) => takeConsent(context, consent),
    extension: (asked) => answerExtension(context, asked),
    joined: (where, reply) => onJoined(context, where, reply),
    met: (where) => remember(context, where),
  };
}

async function onMessage(context: BotContext, message: MessageIn, reply: Reply): Promise<void> {
  const site = await siteNow(context.sites, message);
  const doer = doerOf(site, message, 'chat');
  const language = await speaks(context.addresses, message, site, message.text);
  const turn: Turn = { context, site, doer, language, message, reply };
  if (message.files.length > 0) return takeFiles(turn);
  const command = matchCommand(message.text);
  if (command) return runCommand(turn, command);
  if (message.text.trim() === '') return runCommand(turn, { id: 'help', argument: '' });
  if (await capture(turn)) return;
  if (await answerQuestion(turn)) return;
  await reply({ text: noRecord[language] });
}

const noRecord = text(
  '我没有从这句话里看到要登记的事。直接说现场情况就行，例如“总装二线停线，右前门线束断料”；发送“帮助”看看我能做什么。',
  'I see nothing to record in that. Just say what happened, such as "Line 2 down since 13:12, front bumper missing"; send "help" to see what I can do.',
);

async function onJoined(context: BotContext, where: Inbound, reply: Reply): Promise<void> {
  const site =
    context.sites.ofChannel(where.teamId, where.channelId) ??
    context.sites.ofPerson(where.actor.aadObjectId)[0];
  const shown = site ?? context.sites.all()[0];
  if (!shown) return;
  const language = await speaks(context.addresses, where, site);
  await reply({ card: renderWelcome(viewFor(shown, language, context.clock.now()), helpLines()) });
}

async function remember({ addresses, sites }: BotContext, where: Inbound): Promise<void> {
  await addresses.met({
    person: where.actor,
    address: where.address,
    personal: where.scope === 'personal',
    site: sites.ofChannel(where.teamId, where.channelId) ?? sites.ofPerson(where.actor.aadObjectId)[0],
    channelId: where.channelId,
  });
}
