import { verifyHistory } from '../records/history.ts';
import type { RecordDoc } from '../records/record.ts';
import { allDocs } from './all-docs.ts';
import type { CliCommand } from './command.ts';
import { asJson } from './command.ts';

export const verifyCommand: CliCommand = {
  name: 'verify',
  usage: '[--json]',
  does: "checks every record against its history's hashes; exits with 1 and names what does not fit",
  options: ['json'],
  async run(io, desk) {
    let checked = 0;
    let bad = 0;
    for (const site of desk.sites.all()) {
      for await (const { doc } of allDocs<RecordDoc>(desk.store, site.id, { type: 'record' })) {
        checked += 1;
        const faults = verifyHistory(doc);
        if (faults.length === 0) continue;
        bad += 1;
        if (asJson(io)) io.out(JSON.stringify({ site: site.id, id: doc.id, faults }));
        else io.out(`${site.id}/${doc.id}: ${faults.join('; ')}`);
      }
    }
    if (!asJson(io)) io.out(`${checked} records checked, ${bad} with faults`);
    return bad === 0 ? 0 : 1;
  },
};
