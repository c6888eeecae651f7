import { retryDelay, worthRetrying } from '../../src/jobs/backoff.ts';
import { DeliveryError } from '../../src/jobs/messenger.ts';

const later = (afterMs?: number) => new DeliveryError('later', 'x', afterMs === undefined ? {} : { afterMs });

test('pauses double from two seconds up to minutes', () => {
  expect([1, 2, 3, 4, 5].map((tries) => retryDelay(tries, later(), () => 0))).toEqual([
    2_000, 4_000, 8_000, 16_000, 32_000,
  ]);
  expect(retryDelay(50, later(), () => 0)).toBe(300_000);
});

test('up to half of a pause is chance', () => {
  expect(retryDelay(1, later(), () => 0.999)).toBe(2_999);
  expect(retryDelay(3, later(), () => 0.5)).toBe(10_000);
});

test('Retry-After is never undercut, and a short one does not shorten the pause', () => {
  for (const random of [0, 0.5, 0.999]) {
    expect(retryDelay(1, later(60_000), () => random)).toBeGreaterThanOrEqual(60_000);
    expect(retryDelay(1, later(60_000), () => random)).toBeLessThan(66_001);
  }
  expect(retryDelay(4, later(100), () => 0)).toBe(16_000);
});

test('only what may go better is worth a try', () => {
  expect(worthRetrying(later())).toBe(true);
  expect(worthRetrying(new DeliveryError('gone', 'x'))).toBe(false);
  expect(worthRetrying(new DeliveryError('refused', 'x'))).toBe(false);
  expect(worthRetrying(new Error('a fault of ours'))).toBe(true);
});
