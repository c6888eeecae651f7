/** A press on a card, with whose it is: what every handler of one takes, and how its data is read. */
import { AppError } from '../errors.ts';
import type { Actor } from '../records/deps.ts';
import type { ChangeResult } from '../records/change.ts';
import type { RecordDoc } from '../records/record.ts';
import type { View } from '../render/card.ts';
import { renderRecord } from '../render/record.ts';
import type { Site } from '../site/site.ts';
import type { PressAnswer, PressIn } from './inbound.ts';
import type { BotContext } from './turn.ts';

/** Keys of an action's data that are no inputs of fields. */
const envelope = new Set([
  'record',
  'rev',
  'draft',
  'kind',
  'ask',
  'reason',
  'comment',
  'assignee',
  'into',
  'into_id',
  'report',
  'severity',
  'level',
  'language',
  'after',
  'verb',
  'msteams',
  'form',
  'page',
  'link_to',
  'link_why',
]);

export interface Press {
  context: BotContext;
  site: Site;
  doer: Actor;
  view: View;
  press: PressIn;
  /** What was typed into fields of a record. */
  inputs: Record<string, unknown>;
}

/** Answers one verb that is no verb of a kind's. */
export type PressHandler = (press: Press) => Promise<PressAnswer>;

/** What was typed, without what the card itself carries. */
export const inputsOf = (data: PressIn['data']): Record<string, unknown> =>
  Object.fromEntries(Object.entries(data).filter(([name]) => !envelope.has(name) && !isOfTask(name)));

const isOfTask = (name: string): boolean => name === 'task' || name.startsWith('task_');

/** What was typed about a task. */
export const taskInputsOf = (data: PressIn['data']): Record<string, unknown> =>
  Object.fromEntries(Object.entries(data).filter(([name]) => isOfTask(name)));

export const word = (value: unknown): string => (typeof value === 'string' ? value : '');
export const optional = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** The record that the card names. */
export const recordId = ({ press }: Press): string => word(press.data['record']);

/** @throws AppError unknown_action where the card carries no revision */
export function revision(press: PressIn): number {
  const rev = Number(press.data['rev']);
  if (press.data['rev'] === undefined || !Number.isSafeInteger(rev)) throw new AppError('unknown_action');
  return rev;
}

export const recordCard = (record: RecordDoc, view: View): PressAnswer => ({
  card: renderRecord(record, view),
  record,
});

/** The record's card as a change has left it. */
export const changed = async (view: View, result: Promise<ChangeResult>): Promise<PressAnswer> =>
  recordCard((await result).record, view);
