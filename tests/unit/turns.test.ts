import { BusyError, Turns } from '../../src/bot/turns.ts';
import { FakeClock } from '../fakes/clock.ts';

const limits = { rememberMs: 60_000, remembered: 10, rememberedChars: 1_000, queue: 2 };
const ok = async () => ({ status: 200, body: 'x'.repeat(100) });

test('a conversation in which too much waits is busy; others are not', async () => {
  const turns = new Turns(new FakeClock(), limits);
  const { promise, resolve } = Promise.withResolvers<void>();
  const slow = async () => promise.then(ok);
  const running = [turns.run('1', 'c', slow), turns.run('2', 'c', slow)];
  await expect(turns.run('3', 'c', ok)).rejects.toThrow(BusyError);
  // A repeat of what is there already takes no place.
  running.push(turns.run('2', 'c', slow));
  expect(await turns.run('4', 'd', ok)).toMatchObject({ status: 200 });
  resolve();
  await Promise.all(running);
  expect(await turns.run('3', 'c', ok)).toMatchObject({ status: 200 });
  expect(turns.inFlight).toBe(0);
});

test('a turn that throws stops nobody behind it, and is forgotten', async () => {
  const turns = new Turns(new FakeClock(), limits);
  const fails = () => Promise.reject(new Error('as ordered'));
  const [first, second] = [turns.run('1', 'c', fails), turns.run('2', 'c', ok)];
  await expect(first).rejects.toThrow('as ordered');
  expect(await second).toMatchObject({ status: 200 });
  expect(await turns.run('1', 'c', ok)).toMatchObject({ status: 200 });
});

test('what is remembered is bounded in number, in size and in time', async () => {
  const clock = new FakeClock();
  const turns = new Turns(clock, limits);
  for (let i = 0; i < 1_000; i += 1) await turns.run(`small ${i}`, 'c', async () => ({ status: 200 }));
  expect(turns.remembered).toBeLessThanOrEqual(11);
  for (let i = 0; i < 100; i += 1)
    await turns.run(`large ${i}`, 'c', async () => ({ status: 200, body: 'x'.repeat(400) }));
  expect(turns.remembered).toBeLessThanOrEqual(3);
  await clock.advance(60_000);
  await turns.run('last', 'c', ok);
  expect(turns.remembered).toBe(1);
});
