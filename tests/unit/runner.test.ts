import type { JobType, Outcome } from '../../src/jobs/define.ts';
import { DeliveryError } from '../../src/jobs/messenger.ts';
import { maxTries } from '../../src/jobs/runner.ts';
import { leaseMs } from '../../src/records/job.ts';
import type { Job } from '../../src/records/job.ts';
import { settle } from '../fakes/clock.ts';
import type { Workshop } from '../fakes/workshop.ts';
import { openWorkshop, owed } from '../fakes/workshop.ts';

const open: Workshop[] = [];
afterEach(async () => {
  for (const { runner, store } of open.splice(0)) {
    await runner.stop();
    await store.close();
  }
});
const start = (...args: Parameters<typeof openWorkshop>): Workshop => {
  const workshop = openWorkshop(...args);
  open.push(workshop);
  workshop.runner.start();
  return workshop;
};

/** A job type that does as told, and remembers what it was given. */
function doing(type: string, act: (job: Job) => Promise<Outcome> | Outcome | void): JobType & { ran: Job[] } {
  const ran: Job[] = [];
  return {
    type,
    ran,
    async run(_doc, job) {
      ran.push(structuredClone(job));
      return (await act(job)) ?? undefined;
    },
  };
}
const later = (afterMs?: number) =>
  new DeliveryError('later', 'Teams says 429', afterMs === undefined ? {} : { afterMs });

/** Resolves when told. */
function gate(): { opens: () => void; passed: Promise<void> } {
  let opens = (): void => {};
  const passed = new Promise<void>((resolve) => (opens = resolve));
  return { opens, passed };
}

test('what is handed over is done before the hand-over ends, once, and leaves the document', async () => {
  const send = doing('send', () => {});
  const shop = start({ types: [send] });
  await shop.hands('a', [owed('send', shop.clock)]);
  expect(send.ran).toHaveLength(1);
  expect(await shop.doc('a')).toMatchObject({ jobs: [] });
  expect((await shop.doc('a')).wakeAt).toBeUndefined();
  await shop.advance(leaseMs * 2);
  expect(send.ran).toHaveLength(1);
});

test('the poll picks up what nobody handed over, and what another process had put off', async () => {
  const send = doing('send', () => {});
  const shop = start({ types: [send] });
  await settle();
  await shop.owes('now', [owed('send', shop.clock)]);
  await shop.owes('soon', [owed('send', shop.clock, 90_000)]);
  await shop.advance(1_000);
  expect(send.ran).toHaveLength(1);
  await shop.advance(88_999);
  expect(send.ran).toHaveLength(1);
  await shop.advance(1);
  expect(send.ran).toHaveLength(2);
});

test('a later moment that is nearer than the next poll is kept to the millisecond', async () => {
  const at: number[] = [];
  const shop = start({ types: [doing('send', () => void at.push(shop.clock.now()))] });
  const begun = shop.clock.now();
  await shop.hands('a', [owed('send', shop.clock, 300)]);
  await shop.advance(2_000);
  expect(at).toEqual([begun + 300]);
});

test('a delivery that may work later is tried again, each pause twice as long, until it works', async () => {
  const at: number[] = [];
  const send = doing('send', (job) => {
    at.push(shop.clock.now());
    if (job.tries < 4) throw later();
  });
  const shop = start({ types: [send] });
  await shop.hands('a', [owed('send', shop.clock)]);
  expect((await shop.doc('a')).jobs[0]).toMatchObject({ tries: 1 });
  expect((await shop.doc('a')).jobs[0]).not.toHaveProperty('lease');
  await shop.advance(120_000);
  const pauses = at.slice(1).map((one, index) => one - at[index]!);
  // 2 s, 4 s, 8 s, 16 s, each up to half as much again
  expect(pauses).toHaveLength(4);
  pauses.forEach((pause, index) => {
    expect(pause).toBeGreaterThanOrEqual(2_000 * 2 ** index);
    expect(pause).toBeLessThanOrEqual(3_000 * 2 ** index);
  });
  expect((await shop.doc('a')).jobs).toEqual([]);
  expect(shop.counted).toEqual([...Array<string>(4).fill('send later'), 'send done']);
});

test("Teams' Retry-After is never undercut", async () => {
  const at: number[] = [];
  const send = doing('send', (job) => {
    at.push(shop.clock.now());
    if (job.tries === 0) throw later(45_000);
  });
  const shop = start({ types: [send] });
  await shop.hands('a', [owed('send', shop.clock)]);
  await shop.advance(44_999);
  expect(at).toHaveLength(1);
  await shop.advance(5_000);
  expect(at).toHaveLength(2);
});

describe('a job that says not now', () => {
  test('waits in its document, counts no try and leaves no lease, and is done at its moment, once', async () => {
    const until = { notBefore: 0 };
    const send = doing('send', () => (shop.clock.now() < until.notBefore ? until : undefined));
    const shop = start({ types: [send] });
    until.notBefore = shop.clock.now() + 3_600_000;
    const job = owed('send', shop.clock);
    await shop.hands('a', [job]);
    const waiting = await shop.doc('a');
    expect(waiting.jobs).toEqual([
      { ...job, at: new Date(until.notBefore).toISOString(), tries: 0, waited: true },
    ]);
    expect(waiting.wakeAt).toBe(waiting.jobs[0]!.at);
    await shop.advance(3_599_999);
    expect(send.ran).toHaveLength(1);
    await shop.advance(1);
    expect(send.ran).toHaveLength(2);
    expect((await shop.doc('a')).jobs).toEqual([]);
    expect(shop.counted).toEqual(['send waits', 'send done']);
  });

  test('is done by whichever process is there then', async () => {
    const send = doing('send', (job) => (job.waited ? undefined : { notBefore: one.clock.now() + 60_000 }));
    const one = start({ types: [send] });
    await one.hands('a', [owed('send', one.clock)]);
    await one.runner.stop();
    const other = start({ types: [send], store: one.store, clock: one.clock, instance: 'other' });
    open.splice(open.indexOf(one), 1);
    await other.advance(61_000);
    expect(send.ran).toHaveLength(2);
    expect((await other.doc('a')).jobs).toEqual([]);
  });

  test('decides again at once if its document was changed while it decided', async () => {
    const { opens, passed } = gate();
    const saw: unknown[] = [];
    const send: JobType = {
      type: 'send',
      async run(doc) {
        saw.push((doc as { title?: unknown }).title);
        if ((doc as { title?: unknown }).title === 'urgent') return undefined;
        await passed;
        return { notBefore: shop.clock.now() + 3_600_000 };
      },
    };
    const shop = start({ types: [send] });
    const handed = shop.hands('a', [owed('send', shop.clock)]);
    await settle();
    await shop.rewrite('a', (doc) => Object.assign(doc, { title: 'urgent' }));
    opens();
    await handed;
    await shop.advance(1_000);
    expect(saw).toEqual([undefined, 'urgent']);
    expect((await shop.doc('a')).jobs).toEqual([]);
  });
});

test('after the last try the job stands in its document as failed, is counted so once, and rests', async () => {
  const send = doing('send', () => {
    throw later();
  });
  const shop = start({ types: [send], pollMs: 60_000 });
  await shop.hands('a', [owed('send', shop.clock)]);
  await shop.advance(2 * 3_600_000);
  expect(send.ran).toHaveLength(maxTries);
  const doc = await shop.doc('a');
  expect(doc.jobs).toMatchObject([{ tries: maxTries, failed: { error: 'Teams says 429' } }]);
  expect(doc.wakeAt).toBeUndefined();
  expect(shop.counted).toEqual([...Array<string>(maxTries - 1).fill('send later'), 'send failed']);
});

test.each(['gone', 'refused'] as const)('a message that is %s is failed at once', async (outcome) => {
  const send = doing('send', () => {
    throw new DeliveryError(outcome, 'never');
  });
  const shop = start({ types: [send] });
  await shop.hands('a', [owed('send', shop.clock)]);
  expect((await shop.doc('a')).jobs).toMatchObject([{ tries: 1, failed: { error: 'never' } }]);
  await shop.advance(600_000);
  expect(send.ran).toHaveLength(1);
  expect(shop.counted).toEqual(['send failed']);
});

test('an error of ours is tried again like a failed delivery, and shown shortened', async () => {
  const send = doing('send', () => {
    throw new Error('x'.repeat(5_000));
  });
  const shop = start({ types: [send], pollMs: 60_000 });
  await shop.hands('a', [owed('send', shop.clock)]);
  await shop.advance(2 * 3_600_000);
  expect(send.ran).toHaveLength(maxTries);
  expect((await shop.doc('a')).jobs[0]?.failed?.error).toHaveLength(300);
});

test('a job of an unknown type is failed, not taken up for ever; the others of its document are done', async () => {
  const send = doing('send', () => {});
  const shop = start({ types: [send] });
  await shop.owes('a', [owed('of a newer version', shop.clock), owed('send', shop.clock)]);
  await shop.advance(5_000);
  expect(send.ran).toHaveLength(1);
  expect((await shop.doc('a')).jobs).toMatchObject([
    { type: 'of a newer version', failed: { error: 'no job type of a newer version' } },
  ]);
  expect((await shop.doc('a')).wakeAt).toBeUndefined();
});

test('a job that winds the next one winds it even when it is given up', async () => {
  const digest: JobType = {
    type: 'digest',
    run: () => Promise.reject(new DeliveryError('gone', 'the channel was deleted')),
    givenUp: (doc, job) => doc.jobs.push({ ...owed('send', shop.clock, 86_400_000), id: `after ${job.id}` }),
  };
  const shop = start({ types: [digest] });
  const job = owed('digest', shop.clock);
  await shop.hands('a', [job]);
  const doc = await shop.doc('a');
  expect(doc.jobs.map(({ id }) => id)).toEqual([job.id, `after ${job.id}`]);
  expect(doc.wakeAt).toBe(new Date(shop.clock.now() + 86_400_000).toISOString());
});

test('an outcome is applied to the document as it is then: fields and jobs of another writer stay', async () => {
  const { opens, passed } = gate();
  const send = doing('send', async () => {
    await passed;
    return (doc) => Object.assign(doc, { sent: true });
  });
  const shop = start({ types: [send] });
  const handed = shop.hands('a', [owed('send', shop.clock)]);
  await settle();
  await shop.rewrite('a', (doc) => {
    Object.assign(doc, { title: 'changed meanwhile' });
    doc.jobs.push(owed('send', shop.clock, 3_600_000));
  });
  opens();
  await handed;
  const doc = await shop.doc('a');
  expect(doc).toMatchObject({ sent: true, title: 'changed meanwhile' });
  expect(doc.jobs).toMatchObject([{ type: 'send', tries: 0 }]);
  expect(doc.wakeAt).toBe(doc.jobs[0]?.at);
});

test('a failure, too, is written into the document as it is then, and counts once', async () => {
  const { opens, passed } = gate();
  const send = doing('send', async (job) => {
    if (job.tries > 0) return undefined;
    await passed;
    throw later();
  });
  const shop = start({ types: [send] });
  const handed = shop.hands('a', [owed('send', shop.clock)]);
  await settle();
  await shop.rewrite('a', (doc) => Object.assign(doc, { title: 'changed meanwhile' }));
  opens();
  await handed;
  expect(await shop.doc('a')).toMatchObject({ title: 'changed meanwhile', jobs: [{ tries: 1 }] });
});

test('a change while a job is under way does not start the job a second time', async () => {
  const { opens, passed } = gate();
  const send = doing('send', async () => {
    await passed;
    return undefined;
  });
  const shop = start({ types: [send] });
  const handed = shop.hands('a', [owed('send', shop.clock)]);
  await settle();
  // Another change of this instance: the job is in the document still, leased to us.
  const { doc, etag } = (await shop.store.read<Awaited<ReturnType<Workshop['doc']>>>('huachi-2', 'a'))!;
  const again = shop.runner.kick(doc, await shop.store.replace(doc, etag));
  opens();
  await Promise.all([handed, again]);
  // The answer to that change's write comes when all is done: still nothing to do.
  await shop.runner.kick(doc, 'late');
  expect(send.ran).toHaveLength(1);
  expect((await shop.doc('a')).jobs).toEqual([]);
});

test('a job that takes longer than its lease is not begun again by the process that is at it', async () => {
  const { opens, passed } = gate();
  const send = doing('send', async () => {
    await passed;
    return undefined;
  });
  const shop = start({ types: [send] });
  const handed = shop.hands('a', [owed('send', shop.clock)]);
  await shop.clock.advance(leaseMs * 3);
  opens();
  await handed;
  await shop.advance(leaseMs * 3);
  expect(send.ran).toHaveLength(1);
  expect((await shop.doc('a')).jobs).toEqual([]);
});

test('a document whose job hangs holds up neither other documents nor the poll', async () => {
  const { opens, passed } = gate();
  const hang = doing('hang', async () => {
    await passed;
    return undefined;
  });
  const send = doing('send', () => {});
  const shop = start({ types: [hang, send] });
  void shop.hands('slow', [owed('hang', shop.clock)]);
  await settle();
  await shop.hands('quick', [owed('send', shop.clock)]);
  await shop.owes('polled', [owed('send', shop.clock)]);
  await shop.clock.advance(2_000);
  expect(send.ran).toHaveLength(2);
  opens();
});

test('stop waits for what is under way, takes nothing new, and what is left stands in the store', async () => {
  const { opens, passed } = gate();
  const send = doing('send', async () => {
    await passed;
    return undefined;
  });
  const shop = start({ types: [send] });
  const handed = shop.hands('a', [owed('send', shop.clock)]);
  await settle();
  let stopped = false;
  const stopping = shop.runner.stop().then(() => (stopped = true));
  await shop.hands('b', [owed('send', shop.clock)]);
  await shop.owes('c', [owed('send', shop.clock)]);
  await shop.clock.advance(60_000);
  expect(stopped).toBe(false);
  opens();
  await Promise.all([handed, stopping]);
  expect(send.ran).toHaveLength(1);
  expect((await shop.doc('a')).jobs).toEqual([]);
  expect((await shop.doc('b')).jobs).toHaveLength(1);
  expect((await shop.doc('c')).jobs).toHaveLength(1);
  expect(shop.clock.waiting).toBe(0);
});

test("a dead instance's lease is left alone until it is over, and then taken", async () => {
  const send = doing('send', () => {});
  const shop = start({ types: [send] });
  const job = owed('send', shop.clock);
  job.lease = { by: 'dead', until: new Date(shop.clock.now() + leaseMs).toISOString() };
  await shop.owes('a', [job]);
  await shop.advance(leaseMs - 1);
  expect(send.ran).toHaveLength(0);
  await shop.advance(1_001);
  expect(send.ran).toHaveLength(1);
  expect((await shop.doc('a')).jobs).toEqual([]);
});

test('a store that fails for a while stops neither the poll nor what comes after', async () => {
  const send = doing('send', () => {});
  const shop = openWorkshop({ types: [send] });
  open.push(shop);
  const { due } = shop.store;
  let broken = true;
  shop.store.due = (...args) =>
    broken ? Promise.reject(new Error('the disk is gone')) : due.apply(shop.store, args);
  shop.runner.start();
  await shop.owes('a', [owed('send', shop.clock)]);
  await shop.advance(5_000);
  expect(send.ran).toHaveLength(0);
  broken = false;
  await shop.advance(2_000);
  expect(send.ran).toHaveLength(1);
});

test('of ten thousand timers only those that are due are touched', async () => {
  const send = doing('send', () => {});
  const shop = start({ types: [send], pollMs: 30_000 });
  const all = Array.from({ length: 10_000 }, (_, index) => index);
  await Promise.all(
    all.map((index) => shop.owes(`t${index}`, [owed('send', shop.clock, 3_600_000 + index * 1_000)])),
  );
  const read = jest.spyOn(shop.store, 'read');
  const replace = jest.spyOn(shop.store, 'replace');
  await shop.advance(3_600_000 - 5_000);
  expect(read).not.toHaveBeenCalled();
  await shop.advance(7_000); // two seconds past the first
  expect(send.ran).toHaveLength(3);
  expect(new Set(read.mock.calls.map(([, id]) => id))).toEqual(new Set(['t0', 't1', 't2']));
  expect(replace).toHaveBeenCalledTimes(6); // each leased, and settled
}, 60_000);
