import { writeFile } from 'node:fs/promises';
import { kindOf } from '../kinds/index.ts';
import { upgrade } from '../records/upgrade.ts';
import type { RecordDoc } from '../records/record.ts';
import { letterOf } from '../render/letter.ts';
import type { CliCommand } from './command.ts';
import { siteNamed, UsageError } from './command.ts';

/** A letter as a file, as it stands in the store now. */
export const letterCommand: CliCommand = {
  name: 'letter',
  usage: 'ID [--site ID] [--format pdf|docx] [--out FILE]',
  does: 'writes a confirmation letter as PDF or Word',
  options: ['site', 'format', 'out'],
  async run(io, desk) {
    const id = io.words[0]?.toUpperCase();
    if (!id) throw new UsageError('say which: letter CFM-20261123-001');
    const format = io.options['format'] ?? 'pdf';
    if (format !== 'pdf' && format !== 'docx') throw new UsageError('--format takes pdf or docx');
    const site = siteNamed(io, desk);
    const stored = await desk.store.read<RecordDoc>(site.id, id);
    const kind = stored?.doc.type === 'record' ? kindOf(stored.doc.kind) : undefined;
    const paper = stored && kind && letterOf(kind, upgrade(stored.doc), site, io.clock.now());
    if (!paper) throw new UsageError(`${id} is no letter of the site ${site.id}`);
    const file = typeof io.options['out'] === 'string' ? io.options['out'] : `${id}.${format}`;
    const bytes =
      format === 'pdf'
        ? await (await import('../papers/pdf.ts')).toPdf(paper)
        : await (await import('../papers/word.ts')).toWord(paper);
    await writeFile(file, bytes);
    io.out(`${file}: ${bytes.length} bytes`);
    return 0;
  },
};
