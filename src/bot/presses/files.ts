/** Files of a record: sent to whoever asks, deleted by who may. */
import { AppError } from '../../errors.ts';
import { openOffer } from '../../jobs/file-offer.ts';
import { kindOf } from '../../kinds/index.ts';
import { text } from '../../language.ts';
import { show } from '../../records/find.ts';
import { isAdministrator, keepsFiles, keptFiles, removeFiles } from '../../records/retention.ts';
import { renderRemoval } from '../../render/files.ts';
import type { PressHandler } from '../press.ts';
import { changed, optional, recordId, revision } from '../press.ts';

const sendFile: PressHandler = async (p) => {
  const { context, site, doer, view } = p;
  const id = recordId(p);
  const file = keptFiles(await show(context.deps, site, doer, id))[0];
  if (!file) throw new AppError('no_file', { id });
  const source = { sort: 'evidence', record: id, sha256: file.sha256 } as const;
  await openOffer(context, site, doer, view.language, source);
  return { message: offered[view.language] };
};

const offered = text(
  '文件已发到您和我的单聊，请在那里按“接受”。',
  'The file is in our personal chat; press Accept there.',
);

const removePress: PressHandler = async (p) => {
  const { context, site, doer, view, press } = p;
  const id = recordId(p);
  if (press.data['form'] !== true) {
    const reason = optional(press.data['reason']);
    return changed(view, removeFiles(context.deps, site, doer, { id, rev: revision(press), reason }));
  }
  const record = await show(context.deps, site, doer, id);
  const kind = kindOf(record.kind);
  if (!kind) throw new AppError('not_found', { id });
  if (!isAdministrator(site, doer.id)) throw new AppError('admin_only');
  const fault = keepsFiles(kind, record, site, context.clock.now());
  if (fault) throw fault;
  return { card: renderRemoval(kind, record, view) };
};

export const filePresses = { send_file: sendFile, remove_file: removePress } as const;
