/** Every press that is no verb of a kind's, by its verb. Verbs of kinds go to `records/move.ts`. */
import type { PressHandler } from '../press.ts';
import { draftPresses } from './drafts.ts';
import { filePresses } from './files.ts';
import { generalPresses } from './general.ts';
import { recordPresses } from './records.ts';

const presses: Readonly<Record<string, PressHandler>> = {
  ...draftPresses,
  ...recordPresses,
  ...filePresses,
  ...generalPresses,
};

/** Undefined: the verb is a kind's own, or unknown. */
export const pressHandler = (verb: string): PressHandler | undefined =>
  Object.hasOwn(presses, verb) ? presses[verb] : undefined;
