import { asFuture, asPast } from '../../src/intake/moments.ts';
import { findTimes } from '../../src/intake/times.ts';

const at = '2026-11-23T10:00';
const one = (text: string, now = at) => findTimes(text, now)[0]!;

describe('times, from Monday 2026-11-23 10:00', () => {
  test.each([
    ['后天', '2026-11-25'],
    ['下周三', '2026-12-02'],
    ['周五之前', '2026-11-27'],
    ['12/15', '2026-12-15'],
    ['月底', '2026-11-30'],
    ['本周', '2026-11-27'],
    ['this week', '2026-11-27'],
    ['12月5号', '2026-12-05'],
    ['2027-01-04', '2027-01-04'],
    ['三天后', '2026-11-26'],
    ['next Tue', '2026-12-01'],
    ['next Monday', '2026-11-30'],
    ['Monday', '2026-11-30'],
    ['by Dec 4', '2026-12-04'],
    ['4 December', '2026-12-04'],
    ['Jan 4', '2027-01-04'],
    ['CW49', '2026-12-04'],
    ['in two weeks', '2026-12-07'],
    ['EOD', '2026-11-23T17:30'],
    ['明早8点', '2026-11-24T08:00'],
    ['明天下午3点', '2026-11-24T15:00'],
    ['3点前', '2026-11-23T15:00'],
    ['tomorrow 9am', '2026-11-24T09:00'],
    ['the 4th of December', '2026-12-04'],
    ['December the 4th', '2026-12-04'],
    ['Dec 4th 2026 3pm', '2026-12-04T15:00'],
    ['Fri 4 Dec', '2026-12-04'],
    ['two weeks from Monday', '2026-12-14'],
    ['a week from Friday', '2026-12-04'],
    ['a week from today', '2026-11-30'],
    ['Friday week', '2026-12-04'],
    ['a week on Tuesday', '2026-12-01'],
    ['Tuesday after next', '2026-12-08'],
    ['in a fortnight', '2026-12-07'],
    ['in a month', '2026-12-23'],
    ['within the next two days', '2026-11-25'],
    ['on the 15th', '2026-12-15'],
    ['by the 10th', '2026-12-10'],
    ['mid December', '2026-12-15'],
    ['end of December', '2026-12-31'],
    ['from next month', '2026-12-01'],
    ['下月起', '2026-12-01'],
    ['over the weekend', '2026-11-29'],
    ['Thursday noon', '2026-11-26T12:00'],
  ])('%s is ahead at %s', (text, value) => expect(asFuture(one(text), at)).toBe(value));

  test.each([
    ['昨晚11点50', '2026-11-22T23:50'],
    ['昨晚2点', '2026-11-23T02:00'],
    ['上午9点半', '2026-11-23T09:30'],
    ['9:40停到现在', '2026-11-23T09:40'],
    ['凌晨2点15', '2026-11-23T02:15'],
    ['23:50', '2026-11-22T23:50'],
    ['since 0930', '2026-11-23T09:30'],
    ['半小时前', '2026-11-23T09:30'],
    ['20 min ago', '2026-11-23T09:40'],
    ['half past nine', '2026-11-23T09:30'],
    ['ten past eight', '2026-11-23T08:10'],
    ['quarter to ten', '2026-11-23T09:45'],
    ['凌晨2点15焊装', '2026-11-23T02:15'],
  ])('%s was at %s', (text, value) => expect(asPast(one(text), at)).toBe(value));

  test('last Thursday and 上周四 are the same day, gone by', () => {
    expect(one('last Thursday').past).toBe('2026-11-19');
    expect(one('上周四').past).toBe('2026-11-19');
  });
  test('an hour without its half of the day is the latest one gone by', () => {
    expect(asPast(one('9点半', '2026-11-23T22:00'), '2026-11-23T22:00')).toBe('2026-11-23T21:30');
  });
  test.each(['3/12 NG', '12/50 不良', '45±3 Nm', '6GH-4410', '3号线', '2号工位', '1/4件'])(
    '%s holds no date',
    (text) => {
      expect(findTimes(text, at).filter((t) => t.date)).toEqual([]);
    },
  );
  test('31 February is no date', () => expect(findTimes('2月31号前', at)).toEqual([]));
});
