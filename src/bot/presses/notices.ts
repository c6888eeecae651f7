/** What reaches the presser in person. */
import { readNotices } from '../../records/notices.ts';
import { renderNotices } from '../../render/notices.ts';
import type { PressHandler } from '../press.ts';

const notices: PressHandler = async ({ context, doer, view, inputs }) => {
  const chosen = readNotices(inputs);
  await context.addresses.setNotices(doer.id, doer.name, chosen);
  return { card: renderNotices(chosen, view, true) };
};

export const noticePresses = { notices } as const;
