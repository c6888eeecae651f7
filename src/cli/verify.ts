import { hashOfFile } from '../files/files.ts';
import type { Files } from '../files/files.ts';
import { verifyHistory } from '../records/history.ts';
import { keptFiles } from '../records/retention.ts';
import type { RecordDoc } from '../records/record.ts';
import { allDocs } from './all-docs.ts';
import type { CliCommand } from './command.ts';
import { asJson } from './command.ts';

export const verifyCommand: CliCommand = {
  name: 'verify',
  usage: '[--json]',
  does: "checks every record against its history's hashes, and its files against theirs; exits with 1 and names what does not fit",
  options: ['json'],
  async run(io, desk) {
    let checked = 0;
    let bad = 0;
    for (const site of desk.sites.all()) {
      for await (const { doc } of allDocs<RecordDoc>(desk.store, site.id, { type: 'record' })) {
        checked += 1;
        const faults = [...verifyHistory(doc), ...(await fileFaults(desk.files, doc))];
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

/** Files that are gone, or are not what was kept. */
async function fileFaults(files: Files, record: RecordDoc): Promise<string[]> {
  const faults: string[] = [];
  for (const { name, key, sha256 } of keptFiles(record)) {
    const hash = await hashOfFile(files, key);
    if (hash === undefined) faults.push(`the file ${JSON.stringify(name)} is missing (${key})`);
    else if (hash !== sha256) faults.push(`the file ${JSON.stringify(name)} was changed (${key})`);
  }
  return faults;
}
