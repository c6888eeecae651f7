/** What the archive owes: a warning before a record's validity ends, its end, and the order of its revisions. */
import { kindOf } from '../kinds/index.ts';
import { text } from '../language.ts';
import { iso } from '../clock.ts';
import { expire } from '../records/expire.ts';
import type { RecordDoc } from '../records/record.ts';
import { revise } from '../records/supersede.ts';
import { validityOf, windValidity } from '../records/validity.ts';
import { formatDate } from '../render/format.ts';
import { renderNotice } from '../render/notice.ts';
import { onCall } from '../site/duty.ts';
import type { Site } from '../site/site.ts';
import { personOf } from '../site/site.ts';
import type { JobContext, JobType } from './define.ts';
import { chatWith } from './person.ts';

export const expireJob: JobType = {
  type: 'expire',
  run: (_doc, _owed, { site, clock }) =>
    Promise.resolve((fresh) => {
      const record = fresh as RecordDoc;
      const kind = kindOf(record.kind);
      if (kind) expire(record, kind, site, clock.now());
    }),
};

export const expiringJob: JobType = {
  type: 'expiring',
  async run(doc, owed, context) {
    const { site, clock } = context;
    const record = doc as RecordDoc;
    const kind = kindOf(record.kind);
    const until = owed.payload['until'];
    const validity = kind && validityOf(kind, record, site);
    if (!kind || !validity || iso(validity.endsAt) !== until)
      return kind && ((fresh) => windValidity(fresh as RecordDoc, kind, site, clock.now()));
    for (const person of whoKeeps(record, site, clock.now()))
      await warn(record, validity.until, person, context);
    return (fresh) => {
      const kept = fresh as RecordDoc;
      kept.warned = iso(validity.endsAt);
      windValidity(kept, kind, site, clock.now());
    };
  },
  givenUp(doc, owed) {
    const until = owed.payload['until'];
    if (typeof until === 'string') (doc as RecordDoc).warned = until;
  },
};

/** Its owner, else who brought it; if neither is on the roster any more, the resident lead. */
function whoKeeps(record: RecordDoc, site: Site, now: number): string[] {
  const known = [record.owner, record.reporter.id].find(
    (id) => id !== undefined && personOf(site, id) !== undefined,
  );
  return known === undefined ? onCall(site, ['LEAD'], now).map(({ aadObjectId }) => aadObjectId) : [known];
}

async function warn(record: RecordDoc, until: string, person: string, context: JobContext): Promise<void> {
  const { messenger } = context;
  const { address, view } = await chatWith(context, person);
  const date = formatDate(until, view);
  const title = text(`${record.id} 有效期到 ${date}`, `${record.id} is valid until ${date}`)[view.language];
  const card = renderNotice(view, { title, text: todo, tone: 'warning', record });
  await messenger.send(address, { card, summary: title, alert: true });
}

const todo = text(
  '有新版本就把文件发给我，编号相同会自动替代旧版本；仍然适用的话，请打开后修改有效期。',
  'If there is a new revision, send me the file: with the same number it takes the place of this one. If it still holds, open it and correct its date.',
);

export const reviseJob: JobType = {
  type: 'revise',
  async run(doc, _owed, { deps, site, clock }) {
    const kind = kindOf((doc as RecordDoc).kind);
    if (!kind) return undefined;
    const become = await revise(deps, site, kind, doc as RecordDoc);
    return (fresh) => become(fresh as RecordDoc, clock.now());
  },
};
