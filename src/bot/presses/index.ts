/** Every press that is no verb of a kind's, by its verb. Verbs of kinds go to `records/move.ts`. */
import type { PressHandler } from '../press.ts';
import { casePresses } from './cases.ts';
import { draftPresses } from './drafts.ts';
import { dutyPresses } from './duty.ts';
import { generalPresses } from './general.ts';
import { linkPresses } from './links.ts';
import { offerPresses } from './offers.ts';
import { recordPresses } from './records.ts';
import { taskPresses } from './tasks.ts';

const presses: Readonly<Record<string, PressHandler>> = {
  ...draftPresses,
  ...recordPresses,
  ...casePresses,
  ...taskPresses,
  ...linkPresses,
  ...generalPresses,
  ...dutyPresses,
  ...offerPresses,
};

/** Undefined: the verb is a kind's own, or unknown. */
export const pressHandler = (verb: string): PressHandler | undefined =>
  Object.hasOwn(presses, verb) ? presses[verb] : undefined;
