/** What every kind's declaration must hold to, so that shared code can believe it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { envelope } from '../../src/bot/press.ts';
import type { Condition, Need, Role, Verb } from '../../src/kinds/define.ts';
import { roles, severities } from '../../src/kinds/define.ts';
import type { Field } from '../../src/kinds/fields.ts';
import type { AnyKind } from '../../src/kinds/index.ts';
import { allKinds, kindOf, kindOfRecordId } from '../../src/kinds/index.ts';
import { roleLabels } from '../../src/kinds/roles.ts';
import type { Text } from '../../src/language.ts';
import { namesOf } from '../../src/records/needs.ts';
import { fields as everyField } from './every-field.ts';
import { pressHandler } from '../../src/bot/presses/index.ts';
import { generalVerbs } from '../../src/records/access.ts';

const codesFile = join(import.meta.dirname, '../fixtures/stored/codes.json');
const relations = ['owner', 'reporter', 'notified'];

/** Every label of a kind, with where it stands. */
function labelsOf(kind: AnyKind): [string, Text][] {
  const found: [string, Text][] = [['kind', kind.label]];
  const visit = (path: string, field: Field): void => {
    found.push([path, field.label]);
    if (field.hint) found.push([`${path} hint`, field.hint]);
    if (field.type === 'choice') {
      for (const [code, label] of Object.entries(field.choices)) found.push([`${path}.${code}`, label]);
      for (const [code, label] of Object.entries(field.groups ?? {})) found.push([`${path}/${code}`, label]);
    }
    if (field.type === 'rows')
      for (const [name, column] of Object.entries(field.columns)) visit(`${path}[].${name}`, column);
  };
  for (const [name, field] of Object.entries(kind.fields)) visit(name, field);
  for (const [code, label] of Object.entries(kind.statuses)) found.push([`status ${code}`, label]);
  for (const [name, { label }] of Object.entries(kind.verbs)) found.push([`verb ${name}`, label]);
  kind.clocks.forEach(({ label }, index) => found.push([`clock ${index}`, label]));
  if (kind.can.compare) found.push(['compare', kind.can.compare.label]);
  for (const [name, { label, types, answers }] of Object.entries(kind.can.tasks ?? {})) {
    found.push([`task ${name}`, label]);
    for (const [code, answer] of Object.entries(answers ?? {}))
      found.push([`task ${name}.${code}`, answer.label]);
    for (const [code, type] of Object.entries(types ?? {})) found.push([`task ${name}.${code}`, type]);
  }
  for (const { status, says, tells, ends } of kind.can.reply?.decisions ?? [])
    found.push(
      [`reply ${status}`, says],
      [`reply ${status} ends`, ends],
      ...tells.map(({ field, label }) => [`reply ${status}.${field}`, label] as [string, Text]),
    );
  if (kind.can.stopwatch) found.push(['stopwatch', kind.can.stopwatch.label]);
  return found;
}

/** Codes that stand in stored records: they may be added to, and never change or go. */
const codesOf = (kind: AnyKind) => ({
  prefix: kind.prefix,
  statuses: Object.keys(kind.statuses),
  verbs: Object.keys(kind.verbs),
  fields: Object.fromEntries(
    Object.entries(kind.fields).map(([name, field]) => [
      name,
      field.type === 'choice' ? Object.keys(field.choices) : field.type,
    ]),
  ),
});

test('ids and prefixes are unique, and a record’s id leads to its kind', () => {
  expect(new Set(allKinds.map(({ id }) => id)).size).toBe(allKinds.length);
  expect(new Set(allKinds.map(({ prefix }) => prefix)).size).toBe(allKinds.length);
  for (const kind of allKinds) {
    expect(kind.prefix).toMatch(/^[A-Z]{2,4}$/);
    expect(kindOfRecordId(`${kind.prefix}-20261123-001`)).toBe(kindOf(kind.id));
  }
});

test('a file that is sent becomes a record of one kind', () => {
  expect(allKinds.filter(({ can }) => can.files?.sent)).toHaveLength(1);
});

test('no two kinds answer to the same word', () => {
  const words = allKinds.flatMap((kind) => kind.words);
  expect(words).toEqual([...new Set(words)]);
  for (const word of words) expect(word).toBe(word.toLowerCase());
});

describe.each(allKinds.map((kind) => [kind.id, kind] as const))('%s', (_id, kind) => {
  const statuses = Object.keys(kind.statuses);
  const verbs = Object.entries(kind.verbs) as [string, Verb][];
  const first = statuses[0]!;
  const has = (names: readonly string[]) => {
    for (const name of names) expect(Object.keys(kind.fields)).toContain(name);
  };

  test('verbs lead from and to statuses that exist, and only reopening leads out of an ended one', () => {
    for (const [name, verb] of verbs) {
      expect(verb.from.length).toBeGreaterThan(0);
      for (const from of verb.from) expect(statuses).toContain(from);
      if (verb.to !== 'stay') expect(statuses).toContain(verb.to);
      if (verb.from.some((from) => kind.ended.includes(from)) && verb.to !== 'stay')
        expect([name, verb.reopens, verb.reason]).toEqual([name, true, true]);
    }
  });

  test('every status can be reached, and every one that is not ended has a way on', () => {
    const reached = new Set([first]);
    for (let before = -1; before !== reached.size;) {
      before = reached.size;
      for (const [, verb] of verbs)
        if (verb.to !== 'stay' && verb.from.some((from) => reached.has(from))) reached.add(verb.to);
    }
    // Not by a verb of its own, but by what is done with any record of its sort.
    if (kind.can.single) reached.add(kind.can.single.merge.status);
    expect([...reached].sort()).toEqual([...statuses].sort());
    for (const status of statuses.filter((one) => !kind.ended.includes(one)))
      expect(verbs.some(([, { from, to }]) => to !== 'stay' && to !== status && from.includes(status))).toBe(
        true,
      );
    for (const ended of kind.ended) expect(statuses).toContain(ended);
  });

  test('every verb can be done by somebody, and where nobody verifies their own work there are others', () => {
    for (const [name, verb] of verbs) {
      // What nobody may do by hand is done when a clock runs out.
      if (!kind.clocks.some(({ then }) => then === name)) expect(verb.by.length).toBeGreaterThan(0);
      for (const by of verb.by) expect([...roles, ...relations]).toContain(by);
      for (const other of verb.notBy ?? []) expect(Object.keys(kind.verbs)).toContain(other);
    }
    for (const role of kind.capture) {
      expect(roles).toContain(role);
      expect(roleLabels[role as Role]).toBeDefined();
      expect(role).not.toBe('CUST');
    }
    if (kind.owner) expect([...roles, 'reporter']).toContain(kind.owner);
  });

  test('no field is called like what a card carries', () => {
    expect(Object.keys(kind.fields).filter((name) => envelope.has(name))).toEqual([]);
  });

  test('names of fields are names of fields, wherever they stand', () => {
    has([kind.typeField, ...kind.title, ...kind.facts, ...kind.internal, ...Object.values(kind.intake)]);
    for (const [, verb] of verbs) {
      has([...(verb.asks ?? []), ...(verb.stamps ?? []), ...(verb.clears ?? [])]);
      has((verb.needs ?? []).flatMap((need) => namesOf(need)));
    }
    for (const [status, needs] of Object.entries(kind.needs) as [string, readonly Need[]][]) {
      expect(statuses).toContain(status);
      has(needs.flatMap((need) => namesOf(need)));
      for (const need of needs) {
        const condition: Condition | undefined =
          typeof need === 'object' && 'when' in need ? need.when : undefined;
        const field = condition && kind.fields[condition.field];
        if (condition?.in && field?.type === 'choice')
          for (const code of condition.in) expect(Object.keys(field.choices)).toContain(code);
      }
    }
    const { instant, stopwatch, compare, departments, files, archive, shared } = kind.can;
    if (instant) has([...instant.asks, ...instant.now, ...Object.keys(instant.defaults)]);
    if (stopwatch) has([stopwatch.from, ...stopwatch.to, stopwatch.into, stopwatch.ongoing]);
    if (compare) has([compare.from, compare.to, compare.delta]);
    if (files) has([files.name, files.size, files.hash, files.url]);
    if (archive) {
      has([archive.number, archive.rev, archive.supersedes, archive.until, archive.retention.by]);
      const { by, rules } = archive.retention;
      has(Object.values(rules).flatMap(({ from }) => (from === 'createdAt' ? [] : [from])));
      const keeping = kind.fields[by];
      expect(keeping?.type === 'choice' && Object.keys(keeping.choices)).toEqual(Object.keys(rules));
      for (const verb of [archive.supersede, archive.expire]) {
        expect(kind.verbs[verb]?.from).toContain(archive.active);
        expect(kind.ended).toContain(kind.verbs[verb]?.to);
      }
    }
    if (shared) {
      const by = kind.fields[shared.by];
      expect(by?.type === 'choice' && Object.keys(by.choices)).toContain(shared.as);
    }
    const { promised, reply } = kind.can;
    if (promised) {
      has([promised.date]);
      expect(kind.fields[promised.date]).toMatchObject({ type: 'date', reasoned: true });
      for (const status of [promised.kept, ...promised.withdrawn]) expect(statuses).toContain(status);
    }
    if (reply) {
      has([
        reply.into,
        reply.ref,
        ...reply.decisions.flatMap(({ tells }) => tells.map(({ field }) => field)),
      ]);
      for (const { status, when, tells } of reply.decisions) {
        expect(statuses).toContain(status);
        has(when ? [when.field] : []);
        // What is our own affair is told to no customer.
        for (const { field } of tells) expect(kind.internal).not.toContain(field);
      }
      const drafting = verbs.filter(([, verb]) => verb.drafts !== undefined);
      expect(drafting.map(([, verb]) => verb.drafts)).toEqual([reply.into]);
      expect(drafting.flatMap(([, verb]) => verb.from)).toEqual(
        expect.arrayContaining(reply.decisions.map(({ status }) => status)),
      );
    }
    if (departments) {
      expect(kind.can.tasks?.[departments.sort]).toMatchObject({ ofDepartments: true });
      const by = kind.fields[departments.by];
      expect(Object.keys(kind.verbs)).toContain(departments.on);
      expect(by?.type === 'choice' && Object.keys(by.choices)).toEqual(Object.keys(departments.roles));
    }
    for (const [, verb] of verbs)
      if (verb.adds !== undefined) expect(Object.keys(kind.can.tasks ?? {})).toContain(verb.adds);
    for (const sort of Object.values(kind.can.tasks ?? {})) {
      for (const status of [...sort.while, ...sort.ends, ...sort.settledBefore])
        expect(statuses).toContain(status);
      // What may be asked for in a status is not ended by it.
      expect(sort.while.filter((status) => sort.ends.includes(status))).toEqual([]);
      const from = sort.from === undefined ? undefined : kind.fields[sort.from];
      if (sort.roles)
        expect(from?.type === 'choice' && Object.keys(from.choices)).toEqual(Object.keys(sort.roles));
      for (const role of [...sort.leads, ...(sort.verifiedBy ?? [])]) expect(roles).toContain(role);
    }
    const { countersign, gives } = kind.can;
    if (countersign) {
      const figures = Object.entries(countersign.figures) as [string, string][];
      has([...figures.flat(), countersign.agrees, countersign.word, ...countersign.evidence]);
      for (const [own, theirs] of figures)
        expect([own, kind.fields[theirs]?.type]).toEqual([own, kind.fields[own]?.type]);
      for (const signs of ['send', 'confirm', 'dispute', 'record'])
        expect([signs, verbs.filter(([, verb]) => verb.signs === signs).length]).toEqual([signs, 1]);
    }
    for (const { kind: other, carries, sets } of gives ?? []) {
      has(Object.values(carries));
      const theirs = kindOf(other);
      for (const name of [...Object.keys(carries), ...Object.keys(sets)])
        expect(Object.keys(theirs?.fields ?? {})).toContain(name);
      for (const [to, from] of Object.entries(carries))
        expect([to, theirs?.fields[to]?.type]).toEqual([to, kind.fields[from]?.type]);
    }
    for (const [, field] of Object.entries(kind.fields))
      if ('unitField' in field && field.unitField) has([field.unitField]);
  });

  test('clocks run between things that exist, have a time for some severity, and can be stopped', () => {
    for (const { from, until, untilField, resumes, within, when, repeat, then } of kind.clocks) {
      if (typeof from === 'object' && 'status' in from) expect(statuses).toContain(from.status);
      if (typeof from === 'object' && 'field' in from) has([from.field]);
      for (const status of [...(until ?? []), ...(resumes ?? [])]) expect(statuses).toContain(status);
      has([untilField ?? []].flat());
      if (when) has([when.field]);
      expect((until?.length ?? 0) + [untilField ?? []].flat().length).toBeGreaterThan(0);
      if (repeat) expect(repeat).toMatch(/^\d+(\.\d+)?(m|h|d|wd)$/);
      // The bot does it without asking anybody for anything.
      if (then !== undefined) {
        expect(Object.keys(kind.verbs)).toContain(then);
        expect(kind.verbs[then]?.reason).toBeUndefined();
      }
      expect(Object.keys(within).length).toBeGreaterThan(0);
      for (const [severity, time] of Object.entries(within)) {
        expect(severities).toContain(severity);
        expect(time).toMatch(/^\d+(m|h|d|wd)$/);
      }
    }
  });

  test('everything that people read is there in both languages, and is not the same text twice', () => {
    for (const [path, { zh, en }] of labelsOf(kind)) {
      expect([path, zh.trim(), en.trim()]).toEqual([path, zh, en]);
      expect(zh).not.toBe('');
      expect(en).not.toBe('');
      expect([path, /\p{Script=Han}/u.test(en)]).toEqual([path, false]);
      expect([path, /\p{Script=Han}/u.test(zh)]).toEqual([path, true]);
    }
  });

  test('buttons that lead to one status from one status differ in what they say', () => {
    for (const status of statuses) {
      const shown = verbs.filter(([, { from }]) => from.includes(status)).map(([, { label }]) => label);
      for (const language of ['zh', 'en'] as const) {
        const said = shown.map((label) => label[language]);
        expect(said).toEqual([...new Set(said)]);
      }
    }
  });

  test('its severity is one of the four for any facts, and for none', () => {
    const context = { now: '2026-11-23T02:30:00.000Z' };
    expect(severities).toContain(kind.severity({}, context));
    expect(severities).toContain(kind.severity(everyField(kind, 10), context));
  });

  test('codes that stand in stored records are as they were; new ones come after', () => {
    const stored = (
      JSON.parse(readFileSync(codesFile, 'utf8')) as Record<string, ReturnType<typeof codesOf>>
    )[kind.id];
    // A new kind: add its codes to the file, from then on they are kept.
    expect(stored).toBeDefined();
    const now = codesOf(kind);
    expect(now.prefix).toBe(stored!.prefix);
    expect(now.statuses[0]).toBe(stored!.statuses[0]);
    expect(now.statuses).toEqual(expect.arrayContaining(stored!.statuses));
    expect(now.verbs).toEqual(expect.arrayContaining(stored!.verbs));
    for (const [name, was] of Object.entries(stored!.fields)) {
      const is = now.fields[name];
      expect([name, is]).toEqual([name, Array.isArray(was) ? expect.arrayContaining(was) : was]);
    }
  });
});

test('no verb of a kind bears the name of what can be done with any record: that would be done in its stead', () => {
  const own = allKinds.flatMap((kind) => Object.keys(kind.verbs));
  expect(own.filter((verb) => pressHandler(verb) !== undefined)).toEqual([]);
  expect(own.filter((verb) => Object.hasOwn(generalVerbs, verb))).toEqual([]);
});
