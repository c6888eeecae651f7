/** What is changed about the duty in chat: kept in the site's document, beside the site file's rotas. */
import type { Role } from '../kinds/define.ts';
import type { Shift } from './site.ts';

/** One shift of a role. */
export interface DutyShift {
  role: Role;
  /** Local date on which it starts. */
  date: string;
  shift: Shift['code'];
}

interface Who {
  id: string;
  name: string;
}

interface Made {
  id: string;
  /** Who made it, and when. */
  by: Who;
  at: string;
  note?: string;
  /** It counts no more from then on. */
  undone?: { by: Who; at: string };
}

/** Times are ISO UTC; `to` is not in it. */
export interface Away extends Made {
  sort: 'away';
  person: string;
  from: string;
  to: string;
}

/** Somebody serves every shift of a role that starts in the time. */
export interface Override extends Made {
  sort: 'override';
  role: Role;
  person: string;
  from: string;
  to: string;
}

/** Whoever made it gives a shift of theirs to `with`, perhaps for one of theirs. It counts once accepted. */
export interface Swap extends Made {
  sort: 'swap';
  gives: DutyShift;
  with: string;
  takes?: DutyShift;
  /** When the first of its shifts begins: it can be answered until then. */
  until: string;
  /** When the last of them ends. */
  to: string;
  answer?: { yes: boolean; at: string };
}

export type DutyChange = Away | Override | Swap;

export type SwapState = 'offered' | 'accepted' | 'declined' | 'withdrawn' | 'expired';

/** @param now milliseconds */
export function swapState(swap: Swap, now: number): SwapState {
  if (swap.undone) return 'withdrawn';
  if (swap.answer) return swap.answer.yes ? 'accepted' : 'declined';
  return Date.parse(swap.until) <= now ? 'expired' : 'offered';
}

export const isShift = (one: DutyShift | undefined, other: DutyShift): boolean =>
  one?.role === other.role && one.date === other.date && one.shift === other.shift;
