import { read } from '../intake/read.ts';
import { localDate, localTime } from '../site/zone.ts';
import type { CliCommand } from './command.ts';
import { siteNamed, UsageError } from './command.ts';

const dateTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/;
const timeOnly = /^\d{2}:\d{2}$/;

export const intakeCommand: CliCommand = {
  name: 'intake',
  usage: '[--site ID] [--at 2026-11-23T10:00] < messages.jsonl',
  does: 'reads messages {n, at?, t} a line and prints what each gives as {n, x: [...]}',
  options: ['site', 'at', 'json'],
  async run(io, desk) {
    const site = siteNamed(io, desk);
    const now = io.clock.now();
    const anchor =
      typeof io.options['at'] === 'string'
        ? io.options['at'].replace(' ', 'T')
        : `${localDate(site.timeZone, now)}T${localTime(site.timeZone, now)}`;
    if (!dateTime.test(anchor))
      throw new UsageError('--at takes a local date and time such as 2026-11-23T10:00');
    let number = 0;
    for await (const line of io.lines()) {
      number += 1;
      if (line.trim() === '') continue;
      const { n, at, t } = messageOf(line, number);
      const sent =
        at === undefined ? anchor : timeOnly.test(at) ? `${anchor.slice(0, 10)}T${at}` : at.replace(' ', 'T');
      if (!dateTime.test(sent))
        throw new UsageError(`line ${number}: "at" must be a time such as 08:20, or a date and time`);
      io.out(
        JSON.stringify({
          n,
          x: read(t, { at: sent, customers: [site.customer], plants: [site.plant], lines: site.lines }),
        }),
      );
    }
    return 0;
  },
};

function messageOf(line: string, number: number): { n: unknown; at?: string | undefined; t: string } {
  let message: unknown;
  try {
    message = JSON.parse(line);
  } catch {
    throw new UsageError(`line ${number} is not JSON`);
  }
  const { n, at, t } = (message ?? {}) as Record<string, unknown>;
  if (typeof t !== 'string') throw new UsageError(`line ${number} has no text "t"`);
  return { n: n ?? number, t, ...(typeof at === 'string' ? { at } : {}) };
}
