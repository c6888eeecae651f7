import { z } from 'zod/v4';
import { roles, severities } from '../kinds/define.ts';
import type { DutyChange } from './duty-change.ts';

const shiftCode = z.enum(['day', 'mid', 'night']);
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as 08:00');
const zone = z.string().refine(isZone, 'an IANA time zone such as Asia/Shanghai');

export const personSchema = z.strictObject({
  name: z.string().min(1).max(80),
  aadObjectId: z.string().min(1),
  roles: z.array(z.enum(roles)).min(1),
  /** Until the person chooses one or writes to the bot; absent: their client's. */
  language: z.enum(['zh', 'en']).optional(),
});

const channelSchema = z.strictObject({ teamId: z.string().min(1), channelId: z.string().min(1) });
const levels = z.array(
  z.strictObject({
    minutes: z.number().min(0),
    roles: z.array(z.enum(roles)).min(1),
    /** Minutes after which the level calls its people again, for as long as it is the one reached. */
    every: z.number().min(0.01).optional(),
  }),
);

/** Who serves a role by turns. */
const rotaSchema = z.strictObject({
  role: z.enum(roles),
  shifts: z.array(shiftCode).min(1),
  /** aadObjectIds; the first serves on the turn that contains `from`. */
  people: z.array(z.string().min(1)).min(1).max(100),
  /** A week begins on Monday. `shift`: another person for each shift of a day. */
  turn: z.enum(['week', 'day', 'shift']),
  /** Local date of the first duty. */
  from: z.iso.date(),
  days: z.enum(['workdays', 'all']).default('all'),
});

/** A site file: one customer plant that is served. Unknown keys are faults, so that a typo is not silence. */
export const siteSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,38}$/, 'lower-case letters, digits and hyphens, at most 39'),
    customer: z.string().min(1),
    plant: z.string().min(1),
    timeZone: zone,
    /** When a production day begins, local. */
    dayStart: clockTime.default('08:00'),
    language: z.enum(['zh', 'en']).default('zh'),
    shifts: z.array(z.strictObject({ code: shiftCode, start: clockTime, end: clockTime })).min(1),
    lines: z
      .array(z.strictObject({ name: z.string().min(1), aliases: z.array(z.string().min(1)).default([]) }))
      .default([]),
    people: z.array(personSchema).min(1),
    /** People of the list above who may delete what need not be kept any more; nobody, if absent. */
    administrators: z.array(z.string().min(1)).optional(),
    channels: z.object({ main: channelSchema }).catchall(channelSchema),
    ladder: z.partialRecord(z.enum(severities), levels).default({}),
    /** Minutes after which "I'll take it" no longer counts if nothing is heard; 15 if absent. */
    ackExpiry: z.number().positive().max(1440).optional(),
    /** Who is on duty; a role without a rota calls everybody who has it. */
    duty: z.array(rotaSchema).optional(),
    /** Minutes between two words on how a case goes, by severity; the kind's own where absent. */
    updates: z.partialRecord(z.enum(severities), z.number().min(0.01).max(40_320)).optional(),
    /** When S3 and S4 reach nobody in person; outside the working hours if absent, never if null. */
    quiet: z
      .strictObject({ from: clockTime, to: clockTime, offDays: z.boolean().default(true) })
      .refine(({ from, to }) => from !== to, { path: ['to'], message: 'must differ from `from`' })
      .nullable()
      .optional(),
    /** The supplier's own letterhead, on letters: its names, the first one large, and lines of address. */
    letterhead: z
      .strictObject({
        names: z.array(z.string().min(1).max(80)).min(1).max(3),
        lines: z.array(z.string().min(1).max(120)).max(4).default([]),
      })
      .optional(),
    /** Departments that are asked about a change of a type, instead of those that the kind names. */
    departments: z
      .record(
        z.string(),
        z
          .array(z.enum(roles).exclude(['CUST']))
          .min(1)
          .max(8),
      )
      .optional(),
    targets: z.record(z.string(), z.number()).default({}),
    digests: z
      .strictObject({
        daily: clockTime.optional(),
        weekly: clockTime.optional(),
        monthly: clockTime.optional(),
      })
      .default({ daily: '09:00' }),
    /** Working time: the week's days (1 Monday to 7 Sunday), hours, and `cn` for Chinese holidays with make-up days. */
    calendar: z
      .strictObject({
        workdays: z.array(z.int().min(1).max(7)).min(1).default([1, 2, 3, 4, 5]),
        start: clockTime.default('08:00'),
        end: clockTime.default('17:30'),
        holidays: z.enum(['cn', 'none']).default('cn'),
        /** Local dates that are off, or worked, whatever the rest says. */
        off: z.array(z.iso.date()).default([]),
        worked: z.array(z.iso.date()).default([]),
      })
      .prefault({}),
    /** Bot Framework tenant of the site's people; taken from ALLOWED_TENANTS where there is one only. */
    tenantId: z.string().optional(),
  })
  .superRefine((site, context) => {
    const seen = new Set<string>();
    site.people.forEach((person, index) => {
      if (seen.has(person.aadObjectId))
        context.addIssue({
          code: 'custom',
          path: ['people', index, 'aadObjectId'],
          message: 'is listed twice',
        });
      seen.add(person.aadObjectId);
    });
  });

export type Site = z.infer<typeof siteSchema> & {
  /** What was changed about the duty in chat. Not part of a site file. */
  dutyChanges?: readonly DutyChange[];
};
export type Person = z.infer<typeof personSchema>;
export type Shift = Site['shifts'][number];

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

export const personOf = (site: Site, aadObjectId: string): Person | undefined =>
  site.people.find((person) => person.aadObjectId === aadObjectId);

/** BK stands in for RE everywhere. */
export const hasRole = (person: Person, role: string): boolean =>
  person.roles.some((own) => own === role || (own === 'BK' && role === 'RE'));

export const peopleWith = (site: Site, wanted: readonly string[]): Person[] =>
  site.people.filter((person) => person.roles.some((role) => wanted.includes(role)));
