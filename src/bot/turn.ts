import type { JobContext } from '../jobs/define.ts';
import type { Message } from '../jobs/messenger.ts';
import type { Language } from '../language.ts';
import type { Actor } from '../records/deps.ts';
import type { Site } from '../site/site.ts';
import type { MessageIn } from './inbound.ts';

/** What every handler takes with it. */
export type BotContext = Omit<JobContext, 'site'>;

/** Answers into the conversation that the message came from. */
export type Reply = (message: Message) => Promise<void>;

/** One message, with whose it is and how to answer it. */
export interface Turn {
  context: BotContext;
  site: Site;
  doer: Actor;
  language: Language;
  message: MessageIn;
  reply: Reply;
}
