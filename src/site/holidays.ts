/**
 * Days off and make-up workdays in mainland China. The State Council announces each year's arrangement (调休) late in
 * the year before; chinese-days carries the announced years. For a year that is not announced yet the days that the
 * law itself names are off (2024 regulation), and no weekend is moved. The package's own functions are not used:
 * their dates shift with the process's time zone.
 */
import arrangement from 'chinese-days/dist/chinese-days.json' with { type: 'json' };
import { addDays } from './zone.ts';

const off: Readonly<Record<string, string>> = arrangement.holidays;
const makeUp: Readonly<Record<string, string>> = arrangement.workdays;
const announcedYears = new Set(Object.keys(off).map((date) => date.slice(0, 4)));

/** True if the year's days off and make-up workdays are known, not only those that the law fixes. */
export const isAnnounced = (year: number): boolean => announcedYears.has(String(year));

/** Whether the arrangement says a date is off or worked; undefined: the weekday decides. */
export function chineseDay(date: string): 'off' | 'worked' | undefined {
  const year = date.slice(0, 4);
  if (!announcedYears.has(year)) return statutoryDays(Number(year)).has(date) ? 'off' : undefined;
  if (date in off) return 'off';
  return date in makeUp ? 'worked' : undefined;
}

const statutory = new Map<number, ReadonlySet<string>>();

function statutoryDays(year: number): ReadonlySet<string> {
  let days = statutory.get(year);
  if (!days) {
    days = new Set([...solarDays(year), ...lunarDays(year)]);
    statutory.set(year, days);
  }
  return days;
}

const solarDays = (year: number): string[] => [
  ...['01-01', '05-01', '05-02', '10-01', '10-02', '10-03'].map((day) => `${year}-${day}`),
  `${year}-04-0${clearAndBright(year)}`,
];

/** Day in April of 清明, by the almanac's formula for 2000 to 2099. */
function clearAndBright(year: number): number {
  const y = year % 100;
  return Math.floor(y * 0.2422 + 4.81) - Math.floor(y / 4);
}

/** 春节, 端午 and 中秋 of the years ahead, as the almanac has them; Intl's Chinese calendar is a day off in 2027. */
const lunarFestivals: Readonly<
  Record<number, readonly [spring: string, dragonBoat: string, midAutumn: string]>
> = {
  2027: ['2027-02-06', '2027-06-09', '2027-09-15'],
  2028: ['2028-01-26', '2028-05-28', '2028-10-03'],
  2029: ['2029-02-13', '2029-06-16', '2029-09-22'],
  2030: ['2030-02-03', '2030-06-05', '2030-09-12'],
  2031: ['2031-01-23', '2031-06-24', '2031-10-01'],
  2032: ['2032-02-11', '2032-06-12', '2032-09-19'],
  2033: ['2033-01-31', '2033-06-01', '2033-09-08'],
  2034: ['2034-02-19', '2034-06-20', '2034-09-27'],
  2035: ['2035-02-08', '2035-06-10', '2035-09-16'],
  2036: ['2036-01-28', '2036-05-30', '2036-10-04'],
};

/** The eve of Spring Festival and its first three days, Dragon Boat, Mid-Autumn. */
function lunarDays(year: number): string[] {
  const festivals = lunarFestivals[year];
  if (!festivals) return [];
  const [spring, dragonBoat, midAutumn] = festivals;
  return [...[-1, 0, 1, 2].map((days) => addDays(spring, days)), dragonBoat, midAutumn];
}
