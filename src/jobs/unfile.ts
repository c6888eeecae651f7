import type { DraftDoc } from '../records/record.ts';
import type { UnfilePayload } from '../records/uploads.ts';
import { letGo } from '../records/uploads.ts';
import type { JobType } from './define.ts';

/** A file that belongs to nothing any more goes. */
export const unfileJob: JobType = {
  type: 'unfile',
  repeatable: true,
  async run(_doc, owed, { files }) {
    await files.remove((owed.payload as UnfilePayload).key);
    return undefined;
  },
};

/** A draft that nobody submitted in its time is let go with its file. */
export const sweepJob: JobType = {
  type: 'sweep',
  run: (_doc, _owed, { clock }) =>
    Promise.resolve((fresh) => {
      const draft = fresh as DraftDoc;
      if (draft.recordId === undefined && draft.joined === undefined && !draft.gone)
        letGo(draft, clock.now());
    }),
};
