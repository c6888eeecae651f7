/** The demo plant beside a host of files, and what people do with its archive. */
import { startPlant } from './app.ts';
import type { Plant } from './app.ts';
import { FileHost } from './file-host.ts';
import type { HostedFile } from './file-host.ts';
import type { Person } from './person.ts';

export const pdf = (words: string): Buffer => Buffer.from(`%PDF-1.7\n${words}`);
/** The first document of the day. */
export const id = 'DOC-20261123-001';
export const agreement: HostedFile = {
  name: '质量协议_QA-2026-03_RevB.pdf',
  bytes: pdf('agreement B'),
};
/** What its form still needs. */
export const answers = { retention_class: '3y' };

export interface Archive {
  plant: Plant;
  host: FileHost;
  sends(person: Person, words: string, ...files: HostedFile[]): Promise<void>;
  /** Sent and submitted by the engineer: the record's card. */
  archived(file?: HostedFile, more?: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** All texts that the person got. */
  said(person: Person): string;
  /** Keys of the files that are kept. */
  stored(): Promise<string[]>;
  /** To a moment far ahead: a process that runs would poll its way there. What was due is done at the start. */
  jumps(moment: string): Promise<void>;
  stop(): Promise<void>;
}

export async function startArchive(): Promise<Archive> {
  const plant = await startPlant({ pollMs: 60_000 });
  const host = await FileHost.start();
  const sends: Archive['sends'] = async (person, words, ...files) => {
    await person.says(words, { more: host.attach(...files) });
    await plant.settle();
  };
  return {
    plant,
    host,
    sends,
    async archived(file = agreement, more = {}) {
      const { re } = plant.people;
      await sends(re, '', file);
      const card = await re.presses(plant.teams.card(re), 'create', { ...answers, ...more });
      await plant.settle();
      return card;
    },
    said: (person) => plant.teams.texts(person).join('\n'),
    async stored() {
      const keys: string[] = [];
      for await (const key of plant.app.context.files.keys()) keys.push(key);
      return keys;
    },
    async jumps(moment) {
      await plant.app.stop();
      await plant.clock.advanceTo(moment);
      await plant.reopen();
      await plant.clock.advance(1000);
      await plant.settle();
    },
    async stop() {
      await plant.stop();
      await host.close();
    },
  };
}
