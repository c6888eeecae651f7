/**
 * A site file into a Site, or into every fault of it, each by its path. Checks across fields have their own tolerant
 * shapes, so that they speak even when something else in the file is wrong.
 */
import { z } from 'zod/v4';
import { allKinds } from '../kinds/index.ts';
import { dutyFaults } from './duty-faults.ts';
import type { Site } from './site.ts';
import { siteSchema } from './site.ts';

export interface SiteFault {
  /** `people[2].roles[0]`; empty: the file as a whole. */
  path: string;
  message: string;
}

export type SiteResult = { site: Site } | { faults: SiteFault[] };

type Path = readonly PropertyKey[];

/** Takes what JSON.parse gave. Nothing of a faulty file is used. */
export function parseSite(json: unknown): SiteResult {
  const result = siteSchema.safeParse(json);
  const issues = result.success ? [] : result.error.issues.flatMap(flatten);
  const faults = [...issues, ...crossFaults(json)].map(({ path, message }) => ({
    path: pathText(path),
    message,
  }));
  if (result.success && faults.length === 0) return { site: result.data };
  const seen = new Set<string>();
  return {
    faults: faults.filter(({ path, message }) => {
      const key = `${path} ${message}`;
      return !seen.has(key) && seen.add(key);
    }),
  };
}

/** Takes the text of the file. */
export function parseSiteText(text: string): SiteResult {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { faults: [{ path: '', message: `is not JSON: ${(error as Error).message}` }] };
  }
  return parseSite(json);
}

/** One line for each fault. */
export const faultLines = (faults: readonly SiteFault[]): string =>
  faults.map(({ path, message }) => `${path || '(file)'}: ${message}`).join('\n');

/** An unknown key is named by its own path, not by that of the object that holds it. */
function flatten(issue: z.core.$ZodIssue): { path: Path; message: string }[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: [...issue.path, key], message: 'is not a known key' }));
  return [{ path: issue.path, message: issue.message }];
}

const pathText = (path: Path): string =>
  path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');

interface Cross {
  path: Path;
  message: string;
}

function crossFaults(json: unknown): Cross[] {
  const check = <T>(shape: z.ZodType<T>, faults: (value: T) => Cross[]) => {
    const result = shape.safeParse(json);
    return result.success ? faults(result.data) : [];
  };
  return [
    ...check(z.object({ people: z.array(z.object({ aadObjectId: z.string() })) }), ({ people }) =>
      repeated(people.map((person, at) => [['people', at, 'aadObjectId'], person.aadObjectId])),
    ),
    ...check(z.object({ shifts: z.array(z.object({ code: z.string() })) }), ({ shifts }) =>
      repeated(shifts.map((shift, at) => [['shifts', at, 'code'], shift.code])),
    ),
    ...check(lineNames, ({ lines }) =>
      repeated(
        lines.flatMap((line, at) => [
          [['lines', at, 'name'], line.name.toLowerCase()] as const,
          ...line.aliases.map(
            (alias, index) => [['lines', at, 'aliases', index], alias.toLowerCase()] as const,
          ),
        ]),
      ),
    ),
    ...check(administered, ({ people, administrators }) =>
      administrators.flatMap((id, at) =>
        people.some(({ aadObjectId }) => aadObjectId === id)
          ? []
          : [{ path: ['administrators', at], message: 'is not in `people`' }],
      ),
    ),
    ...check(ladderMinutes, ({ ladder }) =>
      Object.entries(ladder).flatMap(([severity, levels]) =>
        levels.flatMap(({ minutes }, at) =>
          at > 0 && minutes <= (levels[at - 1]?.minutes ?? 0)
            ? [
                {
                  path: ['ladder', severity, at, 'minutes'],
                  message: 'must be later than the level before it',
                },
              ]
            : [],
        ),
      ),
    ),
    ...check(ladderCalls, ({ ladder }) =>
      Object.entries(ladder).flatMap(([severity, [first]]) =>
        first?.minutes === 0 && first.every !== undefined
          ? [
              {
                path: ['ladder', severity, 0, 'every'],
                message: 'must not stand at minute 0: that level is the report itself',
              },
            ]
          : [],
      ),
    ),
    ...check(workHours, ({ calendar: { start, end } }) =>
      start < end ? [] : [{ path: ['calendar', 'end'], message: `must be after the start (${start})` }],
    ),
    ...check(exceptions, ({ calendar: { off, worked } }) =>
      worked.flatMap((date, at) =>
        off.includes(date) ? [{ path: ['calendar', 'worked', at], message: 'is in `off` as well' }] : [],
      ),
    ),
    ...check(z.object({ departments: z.record(z.string(), z.unknown()) }), ({ departments }) =>
      Object.keys(departments)
        .filter((type) => !changeTypes.has(type))
        .map((type) => ({
          path: ['departments', type],
          message: `is no type that departments are asked about: ${[...changeTypes].join(', ')}`,
        })),
    ),
    ...dutyFaults(json),
  ];
}

/** Types of every kind that is sent to departments. */
const changeTypes = new Set(allKinds.flatMap((kind) => Object.keys(kind.can.departments?.roles ?? {})));

const lineNames = z.object({
  lines: z.array(z.object({ name: z.string(), aliases: z.array(z.string()).default([]) })),
});
const administered = z.object({
  people: z.array(z.object({ aadObjectId: z.string() })),
  administrators: z.array(z.string()),
});
const ladderMinutes = z.object({
  ladder: z.record(z.string(), z.array(z.object({ minutes: z.number() }))),
});
const ladderCalls = z.object({
  ladder: z.record(z.string(), z.array(z.object({ minutes: z.number(), every: z.number().optional() }))),
});
const workHours = z.object({
  calendar: z.object({ start: z.string().default('08:00'), end: z.string().default('17:30') }),
});
const exceptions = z.object({
  calendar: z.object({ off: z.array(z.string()), worked: z.array(z.string()) }),
});

/** Every value after its first occurrence. */
function repeated(values: readonly (readonly [Path, string])[]): Cross[] {
  const seen = new Set<string>();
  return values.flatMap(([path, value]) => {
    if (seen.has(value)) return [{ path, message: 'is listed twice' }];
    seen.add(value);
    return [];
  });
}
