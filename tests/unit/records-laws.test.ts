/** What holds of every record of every kind, whoever does whatever to it in whatever order. */
import fc from 'fast-check';
import { AppError } from '../../src/errors.ts';
import { severities } from '../../src/kinds/define.ts';
import { allKinds, kindOf } from '../../src/kinds/index.ts';
import type { AnyKind, KindId } from '../../src/kinds/index.ts';
import { canDo } from '../../src/records/access.ts';
import { runningClocks, tellAt } from '../../src/records/clocks.ts';
import { actorOf } from '../../src/records/deps.ts';
import { openDraft, submitDraft } from '../../src/records/draft.ts';
import { assign, comment, edit } from '../../src/records/edit.ts';
import { verifyHistory } from '../../src/records/history.ts';
import { validityOf } from '../../src/records/validity.ts';
import { wakeAtOf } from '../../src/records/job.ts';
import { move } from '../../src/records/move.ts';
import { namesOf, needsOf, unmet } from '../../src/records/needs.ts';
import type { DraftDoc, RecordDoc } from '../../src/records/record.ts';
import type { Desk } from '../fakes/desk.ts';
import { captured, openDesk, origin, people, site, wholeFacts } from '../fakes/desk.ts';
import { fields as everyField } from './every-field.ts';

const minute = 60_000;
const staff = site.people.map(({ aadObjectId }) => aadObjectId);

type Step =
  | {
      act: 'verb';
      verb: number;
      who: string;
      inputs: number;
      reason: boolean;
      guided: boolean;
      stale: boolean;
    }
  | { act: 'edit'; who: string; field: number; clear: boolean; severity?: string; reason: boolean }
  | { act: 'comment'; who: string; whom: string }
  | { act: 'assign'; who: string; whom: string };

const who = fc.constantFrom(...staff);
const step: fc.Arbitrary<Step & { wait: number }> = fc
  .tuple(
    fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({
          act: fc.constant('verb' as const),
          verb: fc.nat(40),
          who,
          inputs: fc.nat(3),
          reason: fc.boolean(),
          guided: fc.boolean(),
          stale: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
        }),
      },
      {
        weight: 2,
        arbitrary: fc.record({
          act: fc.constant('edit' as const),
          who,
          field: fc.nat(100),
          clear: fc.boolean(),
          severity: fc.constantFrom('', ...severities),
          reason: fc.boolean(),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({ act: fc.constantFrom('comment' as const, 'assign' as const), who, whom: who }),
      },
    ),
    fc.constantFrom(minute, 7 * minute, 3 * 60 * minute, 26 * 60 * minute),
  )
  .map(([one, wait]) => ({ ...one, wait }));

/** The resident engineer, nothing filled in: the first verb, the third, the second. A document ends, lives again, ends otherwise. */
const everyWay = [0, 2, 1].map((verb) => ({
  act: 'verb' as const,
  verb,
  who: people.re.id,
  inputs: 0,
  reason: true,
  guided: false,
  stale: false,
  wait: minute,
}));

/** Everything that a form could fill, as a person would type it; what a verb alone may fill, for that verb. */
function filledIn(kind: AnyKind, how: number, verb = ''): Record<string, unknown> {
  if (how === 0) return {};
  const typed = { ...everyField(kind, 20) };
  const { signs, asks, needs } = kind.verbs[verb] ?? {};
  const asked = [...(asks ?? []), ...(needs ?? []).flatMap(namesOf)];
  for (const name of Object.keys(typed)) {
    const field = kind.fields[name]!;
    const shut = (signs !== undefined || field.byVerb) && !asked.includes(name);
    if (shut || ('computed' in field && field.computed) || field.type === 'datetime') delete typed[name];
    if (field.type === 'date') typed[name] = '2027-12-31';
    if (name === 'qty_ng') typed[name] = 1;
  }
  return how === 1 ? { no_such_field: 'x' } : typed;
}

async function does(desk: Desk, record: RecordDoc, one: Step): Promise<void> {
  const kind = kindOf(record.kind)!;
  const actor = actorOf(site, one.who, 'card');
  const base = { id: record.id, rev: record.rev };
  if (one.act === 'comment') await comment(desk.deps, site, actor, { id: record.id, text: '备注' });
  else if (one.act === 'assign') await assign(desk.deps, site, actor, { ...base, assignee: one.whom });
  else if (one.act === 'edit') {
    const names = Object.keys(kind.fields);
    const name = names[one.field % names.length]!;
    const inputs = { [name]: one.clear ? '' : filledIn(kind, 2)[name] };
    const { severity, reason } = one;
    await edit(desk.deps, site, actor, { ...base, inputs, severity, reason: reason ? '看错' : undefined });
  } else {
    // Left to chance alone a walk hardly leaves the first statuses; half of the steps are by somebody who may.
    const names = Object.keys(kind.verbs);
    const possible = names.flatMap((verb) => {
      const able = site.people.find(({ aadObjectId, roles }) =>
        canDo(kind, verb, record, { id: aadObjectId, roles }, desk.clock.now()),
      );
      return able && kind.verbs[verb]!.from.includes(record.status) ? [{ verb, by: able.aadObjectId }] : [];
    });
    const guided = one.guided ? possible[one.verb % possible.length] : undefined;
    await move(desk.deps, site, guided ? actorOf(site, guided.by, 'card') : actor, {
      id: record.id,
      rev: one.stale ? record.rev - 1 : record.rev,
      verb: guided?.verb ?? names[one.verb % names.length]!,
      inputs: filledIn(kind, guided ? 2 : one.inputs, guided?.verb),
      reason: guided || one.reason ? '有原因' : undefined,
    });
  }
}

function holds(record: RecordDoc, now: number): void {
  const kind = kindOf(record.kind)!;
  expect(Object.keys(kind.statuses)).toContain(record.status);
  // What is kept in the archive is nobody's open case.
  expect(record.open).toBe(!kind.can.archive && !kind.ended.includes(record.status));
  expect(record.rev).toBe(record.history.length);
  expect(verifyHistory(record)).toEqual([]);
  expect(unmet(kind, needsOf(kind, record.status), record.fields)).toEqual([]);
  const clocks = runningClocks(kind, record, site);
  const ends = clocks[0]?.due ?? validityOf(kind, record, site)?.endsAt;
  expect(record.dueAt).toBe(ends && new Date(ends).toISOString());
  expect(record.wakeAt).toBe(wakeAtOf(record.jobs));
  // What waits for its time is wound: a clock that nobody was told of has its job, at once if it is past.
  const next = clocks.flatMap((clock) => tellAt(record, site, clock) ?? []).toSorted((a, b) => a - b)[0];
  const wound = record.jobs.filter(({ type }) => type === 'clock');
  if (!wound.some(({ lease }) => lease)) {
    expect(wound).toHaveLength(next === undefined ? 0 : 1);
    if (next !== undefined) expect(Date.parse(wound[0]!.at)).toBe(Math.max(next, now));
  }
  const watch = kind.can.stopwatch;
  if (watch && watch.to.some((name) => record.fields[name] !== undefined))
    expect(record.fields[watch.ongoing]).toBe(false);
}

test.each(allKinds.map(({ id }) => id as KindId))(
  '%s: no walk leads out of the declaration, and a refusal changes nothing',
  async (kindId) => {
    const reached = new Set<string>();
    let refusals = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        const desk = openDesk();
        const { id } = await captured(desk, kindId);
        const read = async () => (await desk.deps.store.read<RecordDoc>(site.id, id))!.doc;
        let before = await read();
        for (const one of steps) {
          await desk.clock.advance(one.wait);
          let refused: unknown;
          await does(desk, before, one).catch((error: unknown) => (refused = error));
          const after = await read();
          if (refused !== undefined) {
            expect(refused).toBeInstanceOf(AppError);
            expect(JSON.stringify(after)).toBe(JSON.stringify(before));
            refusals += 1;
          } else holds(after, desk.clock.now());
          if (severities.indexOf(after.severity) > severities.indexOf(before.severity)) {
            expect(after.history.at(-1)).toMatchObject({
              verb: 'edit',
              note: '看错',
              by: { id: people.lead.id },
            });
          }
          reached.add(after.status);
          before = after;
        }
        await desk.deps.store.close();
      }),
      // A kind of few statuses is led through all of them, which chance does not do every time.
      { numRuns: 80, examples: [[everyWay]] },
    );
    expect(refusals).toBeGreaterThan(50);
    // All of them, where a kind has few.
    const statuses = Object.keys(kindOf(kindId)?.statuses ?? {}).length;
    expect(reached.size).toBeGreaterThan(Math.min(5, statuses - 1));
  },
  60_000,
);

test('what a status needs cannot be taken away while the record stands there', async () => {
  const desk = openDesk();
  let record = await captured(desk, 'defect');
  record = (await move(desk.deps, site, people.qe, { id: record.id, rev: 1, verb: 'acknowledge' })).record;
  const inputs = { qty_inspected: 9, qty_suspect: 3, lot: 'L', containment: '在途 1 1 0', photos: 'a' };
  record = (await move(desk.deps, site, people.qe, { id: record.id, rev: 2, verb: 'contain', inputs }))
    .record;
  const clear = (name: string) =>
    edit(desk.deps, site, people.qe, { id: record.id, rev: record.rev, inputs: { [name]: '' } });
  await expect(clear('containment')).rejects.toMatchObject({ faults: [{ field: 'containment' }] });
  await expect(clear('lot')).rejects.toMatchObject({ faults: [{ field: 'lot' }] });
});

test('a stop that is said to be over, without a time, ended now; one with a time is over', async () => {
  const desk = openDesk(); // 10:30; stopped since 09:40
  const stop = await captured(desk, 'escalation');
  await desk.clock.advance(10 * minute);
  const over = await edit(desk.deps, site, people.re, { id: stop.id, rev: 1, inputs: { ongoing: 'false' } });
  expect(over.record.fields).toMatchObject({ ongoing: false, minutes_stopped: 60 });
  const other = await captured(desk, 'escalation', {
    line: '总装一线',
    ended_at: '2026-11-23T02:00:00.000Z',
  });
  expect(other.fields).toMatchObject({ ongoing: false, minutes_stopped: 20 });
});

test('times that a form brings back to the minute change no minutes', async () => {
  const desk = openDesk();
  const stop = await captured(desk, 'escalation', {
    started_at: '2026-11-23T01:40:37.000Z',
    ended_at: '2026-11-23T02:20:20.000Z',
  });
  expect(stop.fields['minutes_stopped']).toBe(39);
  const inputs = { started_at: '2026-11-23 09:40', ended_at: '2026-11-23 10:20', cause: '断料' };
  const { record } = await edit(desk.deps, site, people.re, { id: stop.id, rev: 1, inputs });
  expect(record.fields).toMatchObject({ minutes_stopped: 39, started_at: '2026-11-23T01:40:37.000Z' });
  expect(record.history.at(-1)?.changes?.map(({ field }) => field)).toEqual(['cause']);
});

test('a number that another draft took meanwhile is given up for the next, with the facts and the person kept', async () => {
  const desk = openDesk();
  const draftOf = async (key: string) => {
    const kind = kindOf('defect')!;
    const fields = wholeFacts.defect;
    const { deps } = desk;
    return (await openDraft(deps, site, people.re, { key, kind, fields, language: 'zh', origin, jobs: [] }))
      .draft;
  };
  const [first, second] = [await draftOf('first'), await draftOf('second')];
  // The process dies with the number claimed and the record not yet made; a new one does not know of the claim.
  const dying = { ...desk.deps.store, create: () => Promise.reject(new Error('killed')) };
  const submit = (deps: Desk['deps'], draft: DraftDoc, inputs: Record<string, unknown>, actor = people.re) =>
    submitDraft(deps, site, actor, { draft: draft.id, inputs });
  await expect(submit({ ...desk.deps, store: dying }, first, { qty_ng: '7' })).rejects.toThrow('killed');
  const fresh = { ...desk.deps, store: { ...desk.deps.store } };
  expect((await submit(fresh, second, {})).record.id).toBe('DEF-20261123-001');
  // The runner finishes it, as nobody in particular.
  const finished = await submit(fresh, first, {}, { id: 'bot', name: 'Lineside', source: 'rule' } as never);
  expect(finished.record).toMatchObject({
    id: 'DEF-20261123-002',
    reporter: { id: people.re.id },
    fields: { qty_ng: 7 },
  });
  expect(await desk.deps.store.count(site.id, { type: 'record' })).toBe(2);
});
