/** What holds of a record's tasks, whoever does whatever to them in whatever order. */
import fc from 'fast-check';
import { AppError } from '../../src/errors.ts';
import { kindOf } from '../../src/kinds/index.ts';
import { actorOf } from '../../src/records/deps.ts';
import { edit } from '../../src/records/edit.ts';
import { verifyHistory } from '../../src/records/history.ts';
import { wakeAtOf } from '../../src/records/job.ts';
import { move } from '../../src/records/move.ts';
import { nudgesLeft } from '../../src/records/nudges.ts';
import type { RecordDoc } from '../../src/records/record.ts';
import { fits, mayAct } from '../../src/records/task-access.ts';
import type { TaskVerb } from '../../src/records/task.ts';
import { isOpen, isSettled, sortOf, taskVerbs } from '../../src/records/task.ts';
import { actOnTask } from '../../src/records/tasks.ts';
import type { Desk } from '../fakes/desk.ts';
import { captured, openDesk, site } from '../fakes/desk.ts';

const minute = 60_000;
const staff = site.people.map(({ aadObjectId }) => aadObjectId);
const kind = kindOf('escalation')!;
const helps = ['expert', 'material', 'air_freight', 'sorters', 'management'];
const moves = ['ask_help', 'add_action', 'restore', 'review', 'close', 'close', 'reopen', 'cancel'];
// Answers are walked through in answers-laws.test.ts.
const verbs = (Object.keys(taskVerbs) as TaskVerb[]).filter((verb) => verb !== 'task-answer');

const verifiers = ['p-chen', 'p-zheng', 'p-qian'];

const step = fc.record({
  act: fc.constantFrom('move', 'move', 'task', 'task', 'task', 'edit'),
  pick: fc.nat(60),
  who: fc.constantFrom(...staff),
  /** Mostly those who may verify as well, so that many a one meets their own work. */
  whom: fc.constantFrom(...staff, ...verifiers, ...verifiers, ...verifiers),
  /** Half of the steps are by somebody who may, or a walk hardly leads anywhere. */
  guided: fc.boolean(),
  typed: fc.integer({ min: 0, max: 3 }).map((n) => n > 0),
  wait: fc.constantFrom(minute, 6 * minute, 11 * 60 * minute),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

const typedFor = (one: Step): Record<string, unknown> =>
  one.typed
    ? {
        task_what: '措施',
        task_owner: one.whom,
        task_due: '2027-01-15',
        task_eta: '20',
        task_evidence: '附图',
        task_reason: '没有料',
        task_person: one.whom,
        task_drop: '不用了',
        task_return: '没有证据',
      }
    : {};

const moving = (verb: string, from: string): Step => ({
  act: 'move',
  pick: moves.filter((name) => kind.verbs[name]!.from.includes(from)).indexOf(verb),
  who: staff[0]!,
  whom: staff[0]!,
  guided: true,
  typed: false,
  wait: minute,
});
const restored = moving('restore', 'open');
const reviewed = moving('review', 'restored');

const tasking = (verb: (typeof verbs)[number], who: string): Step => ({
  ...moving('', 'restored'),
  act: 'task',
  pick: verbs.indexOf(verb),
  who,
  guided: false,
  typed: true,
});
/** From where the line runs again: an action item is given, done, returned, done, and verified by another; then all is closed. */
const wholeCourse: Step[] = [
  { ...moving('add_action', 'restored'), whom: 'p-chen', typed: true },
  tasking('task-done', 'p-chen'),
  tasking('task-return', 'p-zheng'),
  tasking('task-done', 'p-chen'),
  tasking('task-verify', 'p-zheng'),
  reviewed,
  moving('close', 'reviewed'),
];

async function does(desk: Desk, record: RecordDoc, one: Step): Promise<void> {
  const actor = actorOf(site, one.who, 'card');
  if (one.act === 'edit') {
    const inputs = { help_requested: helps.filter((_, index) => (one.pick >> index) & 1).join(',') };
    await edit(desk.deps, site, actor, { id: record.id, rev: record.rev, inputs });
    return;
  }
  if (one.act === 'move') {
    const possible = moves.filter((name) => kind.verbs[name]!.from.includes(record.status));
    const verb = possible[one.pick % possible.length] ?? 'reopen';
    const lead = site.people.find(({ roles }) => roles.includes(verb === 'restore' ? 'RE' : 'LEAD'))!;
    const what = verb === 'ask_help' ? { task_what: helps[one.pick % helps.length]! } : {};
    await move(desk.deps, site, one.guided ? actorOf(site, lead.aadObjectId, 'card') : actor, {
      id: record.id,
      rev: record.rev,
      verb,
      inputs:
        verb === 'restore'
          ? { first_off_ok: 'true' }
          : verb === 'review'
            ? { review: '结论', lessons: '教训' }
            : {},
      reason: '有原因',
      task: { ...typedFor(one), ...what, ...(verb === 'ask_help' ? { task_due: '' } : {}) },
    });
    return;
  }
  const task = record.actions[one.pick % Math.max(1, record.actions.length)];
  const sort = task && sortOf(kind, task);
  const able = (verb: TaskVerb) =>
    site.people.filter(
      ({ aadObjectId, roles }) =>
        sort && fits(sort, task, verb) && mayAct(sort, task, verb, { id: aadObjectId, roles }),
    );
  const possible = verbs.filter((verb) => able(verb).length > 0);
  const verb = possible[one.pick % Math.max(1, possible.length)];
  const people = verb ? able(verb).map(({ aadObjectId }) => aadObjectId) : [];
  const own = people.find((id) => id === task?.owner);
  const by = one.pick % 2 === 0 && own ? own : people[one.pick % people.length];
  const guided = one.guided && verb && by ? { verb, by } : undefined;
  await actOnTask(desk.deps, site, guided ? actorOf(site, guided.by, 'card') : actor, {
    id: record.id,
    task: task?.id ?? 'T1',
    verb: guided?.verb ?? verbs[one.pick % verbs.length]!,
    typed: typedFor(one),
  });
}

function holds(record: RecordDoc, now: number): void {
  expect(verifyHistory(record)).toEqual([]);
  expect(record.wakeAt).toBe(wakeAtOf(record.jobs));
  const ids = record.actions.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)]);
  const customers = site.people.filter(({ roles }) => roles.includes('CUST')).map((one) => one.aadObjectId);
  for (const task of record.actions) {
    const sort = sortOf(kind, task)!;
    expect(customers).not.toContain(task.owner);
    if (task.verifiedBy) {
      expect(task.state).toBe('done');
      expect(task.verifiedBy.id).not.toBe(task.owner);
      expect(task.verifiedBy.id).not.toBe(task.endedBy?.id);
    }
    if (sort.settledBefore.includes(record.status)) expect(isSettled(sort, task)).toBe(true);
    if (sort.ends.includes(record.status)) expect(isOpen(task)).toBe(false);
    if (task.state === 'taken') expect(task.owner).toBeDefined();
    expect(task.state === 'done' || task.state === 'declined' || task.state === 'dropped').toBe(
      task.endedAt !== undefined,
    );
  }
  const open = record.actions.filter((task) => task.sort === 'help' && isOpen(task)).map(({ what }) => what);
  expect(open).toEqual([...new Set(open)]);
  // The first reminder that has not gone out is wound, at once if it is past; where there is none, no job is.
  const next = nudgesLeft(kind, record, site)[0];
  const wound = record.jobs.filter(({ type }) => type === 'nudge');
  if (!wound.some(({ lease }) => lease)) {
    expect(wound).toHaveLength(next ? 1 : 0);
    if (next) expect(Date.parse(wound[0]!.at)).toBe(Math.max(next.at, now));
  }
}

test('no walk verifies own work, closes over what is owed, or loses a task', async () => {
  const seen = new Set<string>();
  let refusals = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), fc.nat(2), async (steps, begun) => {
      const desk = openDesk();
      const { id } = await captured(desk, 'escalation');
      const read = async () => (await desk.deps.store.read<RecordDoc>(site.id, id))!.doc;
      // Some walks begin where the line runs again, or is reviewed, or few would come as far as the end.
      for (const one of [restored, reviewed].slice(0, begun)) await does(desk, await read(), one);
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
        for (const { verb } of after.history) seen.add(verb);
        seen.add(after.status);
        before = after;
      }
      await desk.deps.store.close();
    }),
    // Chance does not verify, or close, in every hundred walks: one that does is always walked.
    { numRuns: 100, examples: [[wholeCourse, 1]] },
  );
  expect(refusals).toBeGreaterThan(100);
  for (const what of [...verbs, 'ask_help', 'add_action', 'reviewed', 'closed']) expect(seen).toContain(what);
}, 60_000);

test('the second of two same presses changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      const desk = openDesk();
      const { id } = await captured(desk, 'escalation', { help_requested: ['expert', 'material'] });
      const read = async () => (await desk.deps.store.read<RecordDoc>(site.id, id))!.doc;
      for (const one of steps.filter(({ act }) => act === 'task')) {
        await desk.clock.advance(one.wait);
        const record = await read();
        const works = await does(desk, record, one).then(
          () => true,
          () => false,
        );
        const after = await read();
        if (!works || after.rev === record.rev) continue;
        const last = after.history.at(-1)!;
        const task = record.actions[one.pick % record.actions.length]!;
        await actOnTask(desk.deps, site, actorOf(site, last.by.id, 'card'), {
          id,
          task: task.id,
          verb: last.verb as TaskVerb,
          typed: typedFor(one),
        }).catch((error: unknown) => expect(error).toBeInstanceOf(AppError));
        expect((await read()).history).toHaveLength(after.history.length);
      }
      await desk.deps.store.close();
    }),
    { numRuns: 60 },
  );
}, 60_000);
