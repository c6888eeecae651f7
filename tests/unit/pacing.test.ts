import fc from 'fast-check';
import { createPacer, shareOf, teamsLimits } from '../../src/bot/pacing.ts';
import type { PacingLimits } from '../../src/bot/pacing.ts';
import { FakeClock } from '../fakes/clock.ts';

interface Start {
  at: number;
  tenant: string;
  conversation: string;
  n: number;
}

/** Moves on until everything has been sent. */
async function finish(clock: FakeClock, all: Promise<unknown>[], stepMs = 1_000): Promise<void> {
  let done = false;
  void Promise.all(all).then(() => (done = true));
  for (let i = 0; i < 20_000 && !done; i += 1) await clock.advance(stepMs);
  expect(done).toBe(true);
}

/** The most starts that any window of `ms` holds, both ends counted. */
function most(starts: readonly Start[], ms: number): number {
  const times = starts.map((start) => start.at).sort((a, b) => a - b);
  let peak = 0;
  let from = 0;
  times.forEach((time, to) => {
    while (times[from]! < time - ms) from += 1;
    peak = Math.max(peak, to - from + 1);
  });
  return peak;
}

const groups = (starts: readonly Start[], key: (start: Start) => string): Start[][] => [
  ...Map.groupBy(starts, key).values(),
];

test('no window is ever exceeded, and each conversation keeps its order', async () => {
  const limits: PacingLimits = {
    conversation: [
      { count: 2, ms: 1_000 },
      { count: 3, ms: 2_000 },
      { count: 5, ms: 10_000 },
    ],
    tenant: [{ count: 4, ms: 1_000 }],
  };
  const send = fc.record({
    tenant: fc.constantFrom('t1', 't2'),
    conversation: fc.constantFrom('a', 'b', 'c'),
    waitMs: fc.nat(1_500),
    takesMs: fc.nat(800),
    fails: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(send, { minLength: 1, maxLength: 25 }), async (sends) => {
      const clock = new FakeClock();
      const pacer = createPacer(clock, limits);
      const starts: Start[] = [];
      let open = 0;
      const all: Promise<unknown>[] = [];
      for (const [n, each] of sends.entries()) {
        await clock.advance(each.waitMs);
        const { tenant, conversation } = each;
        const run = pacer.run(tenant, conversation, async () => {
          starts.push({ at: clock.now(), tenant, conversation, n });
          open += 1;
          await new Promise<void>((resume) => void clock.after(each.takesMs, resume));
          open -= 1;
          if (each.fails) throw new Error('as ordered');
          return n;
        });
        all.push(
          run.then(
            (result) => expect(result).toBe(n),
            (error: Error) => expect(error.message).toBe('as ordered'),
          ),
        );
      }
      await finish(clock, all, 500);
      expect(open).toBe(0);
      expect(starts).toHaveLength(sends.length);
      for (const one of groups(starts, (start) => `${start.tenant} ${start.conversation}`)) {
        for (const { count, ms } of limits.conversation) expect(most(one, ms)).toBeLessThanOrEqual(count);
        expect(one.map((start) => start.n)).toEqual(one.map((start) => start.n).sort((a, b) => a - b));
      }
      for (const one of groups(starts, (start) => start.tenant)) {
        for (const { count, ms } of limits.tenant) expect(most(one, ms)).toBeLessThanOrEqual(count);
      }
    }),
    { numRuns: 25 },
  );
});

test("Teams' own limits hold for a long burst, and are used up", async () => {
  const clock = new FakeClock();
  const pacer = createPacer(clock);
  const starts: Start[] = [];
  const all = Array.from({ length: 150 }, (_, n) =>
    pacer.run('t', '19:bay;messageid=1', async () => {
      starts.push({ at: clock.now(), tenant: 't', conversation: 'c', n });
    }),
  );
  await finish(clock, all, 100);
  for (const { count, ms } of teamsLimits.conversation) expect(most(starts, ms)).toBeLessThanOrEqual(count);
  // 60 in the first 30 s and as many in the next: the third lot needs a little over a minute.
  expect(starts.at(-1)!.at - starts[0]!.at).toBeLessThan(70_000);
});

test('conversations of a tenant take turns', async () => {
  const clock = new FakeClock();
  const pacer = createPacer(clock, { conversation: [], tenant: [{ count: 1, ms: 1_000 }] });
  const order: string[] = [];
  const send = (name: string) => pacer.run('t', name[0]!, async () => void order.push(name));
  const all = ['a1', 'a2', 'a3', 'a4', 'b1', 'c1'].map(send);
  await finish(clock, all, 200);
  expect(order).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'a4']);
});

test('what is idle is forgotten, and nothing keeps ticking', async () => {
  const clock = new FakeClock();
  const pacer = createPacer(clock);
  for (let i = 0; i < 50; i += 1) void pacer.run('t', `c${i}`, async () => undefined);
  await clock.advance(10_000);
  expect(pacer.size).toBe(51);
  await clock.advance(2 * 3_600_000);
  expect(pacer.size).toBe(0);
  expect(clock.waiting).toBe(0);
});

test('what is urgent goes before all of its tenant that waits, in its own order, and others keep theirs', async () => {
  const clock = new FakeClock();
  const pacer = createPacer(clock, {
    conversation: [{ count: 100, ms: 1_000 }],
    tenant: [{ count: 1, ms: 1_000 }],
  });
  const order: string[] = [];
  const send = (name: string, urgent: boolean) =>
    pacer.run('t', name[0]!, async () => void order.push(name), urgent);
  const all = ['a1', 'a2', 'b1', 'b2', 'c1'].map((name) => send(name, false));
  all.push(...['b!1', 'd!1', 'b!2'].map((name) => send(name, true)));
  await finish(clock, all);
  expect(order.slice(0, 4)).toEqual(['a1', 'b!1', 'd!1', 'b!2']);
  expect(order.filter((name) => !name.includes('!') && name[0] === 'b')).toEqual(['b1', 'b2']);
});

test('instances that keep to their shares keep to the limits together', () => {
  for (const instances of [1, 2, 3, 7]) {
    const share = shareOf(teamsLimits, instances);
    for (const part of ['conversation', 'tenant'] as const)
      share[part].forEach(({ count, ms }, index) => {
        expect(ms).toBe(teamsLimits[part][index]?.ms);
        expect(count * instances).toBeLessThanOrEqual(teamsLimits[part][index]!.count);
        expect(count).toBeGreaterThan(0);
      });
  }
});
