import { dailyDigest } from '../numbers/daily.ts';
import { digestText } from '../render/digest-text.ts';
import { languageOf } from '../language.ts';
import { viewFor } from '../jobs/view.ts';
import { addDays, productionDate } from '../site/calendar.ts';
import type { CliCommand } from './command.ts';
import { asJson, siteNamed, UsageError } from './command.ts';

export const digestCommand: CliCommand = {
  name: 'digest',
  usage: '[--site ID] [--period day] [--date 2026-11-23] [--language zh|en] [--json]',
  does: "prints a site's digest; the day before, where no date is given",
  options: ['site', 'period', 'date', 'language', 'json'],
  async run(io, desk) {
    const site = siteNamed(io, desk);
    const period = io.options['period'] ?? 'day';
    if (period !== 'day')
      throw new UsageError(
        '--period takes day; week and month need shift reports, which are not recorded yet',
      );
    const date = io.options['date'] ?? addDays(productionDate(site, io.clock.now()), -1);
    if (typeof date !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(date) || Number.isNaN(Date.parse(date)))
      throw new UsageError('--date takes a production date such as 2026-11-23');
    const language = languageOf(String(io.options['language'] ?? site.language));
    if (!language) throw new UsageError('--language takes zh or en');
    const digest = await dailyDigest(desk.deps, site, date, io.clock.now());
    io.out(asJson(io) ? JSON.stringify(digest) : digestText(digest, viewFor(site, language, io.clock.now())));
    return 0;
  },
};
