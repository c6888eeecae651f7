/** Writes as fast as it can and prints each acknowledged write ("id n"), until it is killed. */
import { writeSync } from 'node:fs';
import { systemClock } from '../../src/clock.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { numbered, type TestDoc } from './store-subject.ts';

const [file = '', name = ''] = process.argv.slice(2);
const store = openSqliteStore({ file, clock: systemClock });

async function work(worker: number): Promise<never> {
  for (let i = 0; ; i++) {
    const id = `${name}-${worker}-${i}`;
    const doc: TestDoc = {
      site: 'demo',
      id,
      type: 'record',
      searchText: `线束 ${id}`,
      title: 'x'.repeat(500),
    };
    const etag = await store.create(numbered(doc, 0));
    writeSync(1, `${id} 0\n`);
    await store.replace(numbered(doc, 1), etag);
    writeSync(1, `${id} 1\n`);
  }
}
await Promise.all(Array.from({ length: 8 }, (_, worker) => work(worker)));
