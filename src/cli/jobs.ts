import type { Owing } from '../records/deps.ts';
import type { Doc } from '../store/store.ts';
import { allDocs } from './all-docs.ts';
import type { CliCommand } from './command.ts';
import { asJson, siteNamed } from './command.ts';

const owing: readonly Doc['type'][] = ['record', 'draft', 'site', 'person', 'offer'];

export const jobsCommand: CliCommand = {
  name: 'jobs',
  usage: '[--failed] [--site ID] [--json]',
  does: 'shows what is owed: jobs that wait, run, or were given up',
  options: ['failed', 'json', 'site'],
  async run(io, desk) {
    let count = 0;
    const sites = io.options['site'] === undefined ? desk.sites.all() : [siteNamed(io, desk)];
    for (const site of sites) {
      for (const type of owing) {
        for await (const { doc } of allDocs<Owing>(desk.store, site.id, { type })) {
          for (const job of doc.jobs) {
            if (io.options['failed'] === true && !job.failed) continue;
            count += 1;
            const state = job.failed ? 'failed' : job.lease ? 'running' : 'waits';
            if (asJson(io)) io.out(JSON.stringify({ site: site.id, doc: doc.id, state, ...job }));
            else
              io.out(
                [state.padEnd(8), job.at, job.type.padEnd(8), `${site.id}/${doc.id}`, job.failed?.error ?? '']
                  .join('  ')
                  .trimEnd(),
              );
          }
        }
      }
    }
    if (count === 0 && !asJson(io))
      io.out(io.options['failed'] === true ? 'no failed jobs' : 'nothing is owed');
    return 0;
  },
};
