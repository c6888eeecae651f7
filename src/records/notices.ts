/** What reaches a person in person, and when: their own choice, and the quiet hours. Pure. */
import type { Fault } from '../errors.ts';
import { AppError } from '../errors.ts';
import { text } from '../language.ts';
import type { QuietHours } from '../site/quiet.ts';
import { quietEnds, quietOf } from '../site/quiet.ts';
import type { Site } from '../site/site.ts';
import type { RecordDoc } from './record.ts';

/** All that concerns the person; only what they own or are asked to do; only S1 and S2. */
export const reaches = ['all', 'mine', 'grave'] as const;
/** The site's hours, the person's own, or none. */
export const quietChoices = ['site', 'own', 'none'] as const;

export interface Notices {
  reach: (typeof reaches)[number];
  quiet: (typeof quietChoices)[number];
  /** Kept when another choice is made, for when it is made again. */
  own?: QuietHours;
}

export const usualNotices: Notices = { reach: 'all', quiet: 'site' };

/** When a notice may be raised; `never`: left out by choice, and to be found in "my work". */
export type Reach = 'now' | 'never' | { at: number };

type Urgency = Pick<RecordDoc, 'severity' | 'fields'>;

/** 0: no choice and no hour holds it back from anybody; 1: quiet hours do not; 2: it keeps them. */
export function urgencyOf({ severity, fields }: Urgency): 0 | 1 | 2 {
  if (severity === 'S1' || fields['safety_related'] === true) return 0;
  return severity === 'S2' ? 1 : 2;
}

export const isGrave = (record: Urgency): boolean => urgencyOf(record) < 2;

/** `asked`: the person is to act on it, and does not only hear of it. */
export function reachOf(record: Urgency, notices: Notices, asked: boolean, site: Site, now: number): Reach {
  if (urgencyOf(record) === 0) return 'now';
  if (notices.reach === 'mine' && !asked) return 'never';
  if (isGrave(record)) return 'now';
  if (notices.reach === 'grave') return 'never';
  const at = quietUntil(record, notices, site, now);
  return at > now ? { at } : 'now';
}

/** When the person may be disturbed with the record: now, or when their quiet hours end. */
export function quietUntil(record: Urgency, notices: Notices, site: Site, now: number): number {
  const hours = isGrave(record) ? undefined : hoursOf(notices, site);
  return hours ? quietEnds(site, hours, now) : now;
}

function hoursOf({ quiet, own }: Notices, site: Site): QuietHours | undefined {
  if (quiet === 'none') return undefined;
  return quiet === 'own' && own ? own : quietOf(site);
}

/** Until when what the bot does by itself about the record in a channel waits: the site's quiet hours. */
export const channelQuietUntil = (record: Urgency, site: Site, now: number): number =>
  quietUntil(record, usualNotices, site, now);

const clockTime = /^([01]?\d|2[0-3])[:：.]?([0-5]\d)$/;

/** A time of day as people type it (`7:30`, `0730`, `07：30`), as `07:30`. */
function timeOf(typed: unknown): string | undefined {
  const [, hour, minute] = clockTime.exec(typeof typed === 'string' ? typed.trim() : '') ?? [];
  return hour && minute ? `${hour.padStart(2, '0')}:${minute}` : undefined;
}

/** The choice that the card's inputs make. @throws AppError unknown_action, invalid */
export function readNotices(inputs: Readonly<Record<string, unknown>>): Notices {
  const reach = reaches.find((one) => one === inputs['reach']);
  const quiet = quietChoices.find((one) => one === inputs['quiet']);
  if (!reach || !quiet) throw new AppError('unknown_action');
  const from = timeOf(inputs['quiet_from']);
  const to = timeOf(inputs['quiet_to']);
  const offDays = inputs['quiet_off_days'] === 'true';
  if (quiet !== 'own')
    return { reach, quiet, ...(from && to && from !== to ? { own: { from, to, offDays } } : {}) };
  const faults: Fault[] = [];
  const label = { from: text('开始', 'From'), to: text('结束', 'To') };
  const what = text('请填写时间，例如 22:00', 'must be a time such as 22:00');
  if (!from) faults.push({ field: 'quiet_from', label: label.from, what });
  if (!to) faults.push({ field: 'quiet_to', label: label.to, what });
  if (from && from === to)
    faults.push({
      field: 'quiet_to',
      label: label.to,
      what: text(
        '不能与开始相同，例如 22:00 到 06:30；不需要免打扰请选“不设”',
        'must differ from the start, such as 22:00 to 06:30; for no quiet hours choose "None"',
      ),
    });
  if (!from || !to || faults.length > 0) throw new AppError('invalid', {}, { faults });
  return { reach, quiet, own: { from, to, offDays } };
}
