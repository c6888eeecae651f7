import { copyFile, cp, mkdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { filesFolder } from '../open-files.ts';
import { openSqliteStore } from '../store/sqlite.ts';
import type { CliCommand } from './command.ts';
import { messageOf, UsageError } from './command.ts';

export const backupCommand: CliCommand = {
  name: 'backup',
  usage: 'FILE',
  does: 'copies the embedded store as of now into a new file, and its files into a folder beside it, while the bot runs',
  options: [],
  async run(io, desk) {
    const [file] = io.words;
    if (!file) throw new UsageError('say where to: backup FILE');
    if (!('backup' in desk.store))
      throw new UsageError('Cosmos DB keeps its own backups; see docs/operating.md');
    if (await exists(file)) throw new UsageError(`${file} is there already; choose another name`);
    await mkdir(dirname(file), { recursive: true });
    await (desk.store as ReturnType<typeof openSqliteStore>).backup(file);
    // After the store: what it names was kept before, so the copy has every file of the copied records.
    const files = filesFolder(io.config);
    const withFiles = !io.config.blob && (await exists(files));
    if (withFiles) await cp(files, filesOf(file), { recursive: true });
    io.out(withFiles ? `saved to ${file}, the files to ${filesOf(file)}` : `saved to ${file}`);
    return 0;
  },
};

export const restoreCommand: CliCommand = {
  name: 'restore',
  usage: 'FILE',
  does: 'puts a backup in place of the embedded store; the bot must be stopped, the old store is kept beside it',
  options: [],
  async run(io, desk) {
    const [file] = io.words;
    if (!file || !(await exists(file))) throw new UsageError('say which backup: restore FILE');
    if (io.config.cosmos) throw new UsageError('Cosmos DB is restored in Azure; see docs/operating.md');
    try {
      const copy = openSqliteStore({ file, clock: io.clock });
      await copy.ping();
      await copy.close();
    } catch (error) {
      throw new UsageError(`${file} is not a backup of this store: ${messageOf(error)}; nothing was changed`);
    }
    await desk.store.close();
    const target = join(io.config.dataDir, 'lineside.db');
    if (await exists(target)) foldLog(target);
    const kept = await freeName(`${target}.before-restore`);
    if (await exists(target)) await copyFile(target, kept);
    await Promise.all(['-wal', '-shm'].map((end) => rm(`${target}${end}`, { force: true })));
    await copyFile(file, target);
    // A file never changes under its key, so those that are there already may stay.
    if (await exists(filesOf(file)))
      await cp(filesOf(file), filesFolder(io.config), { recursive: true, force: true });
    io.out(`restored from ${file}; the store before it is ${kept}`);
    return 0;
  },
};

/** The folder of files that goes with a backup. */
const filesOf = (file: string): string => `${file}.files`;

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

/** Brings what lies beside the file into it, so that its copy is whole. @throws UsageError while the bot has it open */
function foldLog(file: string): void {
  const db = new DatabaseSync(file, { timeout: 0 });
  try {
    db.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT; PRAGMA wal_checkpoint(TRUNCATE)');
  } catch {
    throw new UsageError('the store is in use: stop the bot first; nothing was changed');
  } finally {
    db.close();
  }
}

/** Every restore keeps what was there; an earlier one's is not overwritten. */
async function freeName(wanted: string): Promise<string> {
  for (let index = 0; ; index += 1) {
    const name = index === 0 ? wanted : `${wanted}.${index}`;
    if (!(await exists(name))) return name;
  }
}
