/** The files of a record on its card: what is there, how to get it, until when it is kept (capability `files`). */
import type { AnyKind } from '../kinds/index.ts';
import type { Language } from '../language.ts';
import { isAdministrator, keepsFiles, keptFiles, retentionOf } from '../records/retention.ts';
import type { DraftDoc, Evidence, RecordDoc } from '../records/record.ts';
import { validityOf } from '../records/validity.ts';
import type { Card, Element, View } from './card.ts';
import { press, words } from './elements.ts';
import { plainLine } from './escape.ts';
import { formCard } from './form.ts';
import { formatDate } from './format.ts';
import { t } from './i18n.ts';
import { reasonInput } from './inputs.ts';

/** `2.1 MB`, `340 KB`. */
export function formatBytes(size: number): string {
  if (size < 1000) return `${size} B`;
  if (size < 999_500) return `${Math.round(size / 1000)} KB`;
  return `${(size / 1_000_000).toFixed(1)} MB`;
}

/** What a file that is offered is, on Teams' own card of consent. */
export const consentWords = (size: number, language: Language): string =>
  t(language, 'files.consent', { size: formatBytes(size) });

/** Fields that the file's own line says. */
export const fileFields = (kind: AnyKind): string[] => {
  const { files } = kind.can;
  return files ? [files.name, files.size, files.url] : [];
};

const fileLine = (name: string, size: number | undefined): string =>
  `📎 **${plainLine(name, 120)}**${size === undefined ? '' : ` · ${formatBytes(size)}`}`;

/** What a record has of files; one that was deleted is named still. */
export function filesBlock(kind: AnyKind, record: RecordDoc, view: View): Element[] {
  const { files } = kind.can;
  if (!files) return [];
  const { language } = view;
  const url = record.fields[files.url];
  const lines = record.evidence.map((one) => evidenceLine(one, view));
  if (typeof url === 'string') lines.push(`🔗 ${plainLine(hostOf(url), 80)}`);
  const until = view.viewer?.customer ? undefined : retentionOf(kind, record, view.site);
  const kept =
    until && 'until' in until && keptFiles(record).length > 0
      ? [
          words(t(language, 'files.kept', { date: formatDate(until.until, view) }), {
            size: 'Small',
            subtle: true,
            spacing: 'None',
          }),
        ]
      : [];
  return [...lines.map((line) => words(line, { spacing: 'Small' })), ...kept];
}

function evidenceLine(one: Evidence, view: View): string {
  if (!one.removed) return fileLine(one.name, one.size);
  const date = formatDate(one.removed.at.slice(0, 10), view);
  const gone = t(view.language, 'files.removed', { date, name: one.removed.by.name });
  return `🗑 ${plainLine(one.name, 120)} · ${plainLine(gone)}`;
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url);

/** Gets the file, or opens the link. */
export function fileButtons(kind: AnyKind, record: RecordDoc, view: View): Element[] {
  const { files } = kind.can;
  if (!files) return [];
  const { language } = view;
  const url = record.fields[files.url];
  return [
    ...(keptFiles(record).length > 0
      ? [
          press({
            title: t(language, 'files.send'),
            verb: 'send_file',
            data: { record: record.id },
            style: 'positive',
            bare: true,
          }),
        ]
      : []),
    ...(typeof url === 'string' && /^https:/.test(url)
      ? [{ type: 'Action.OpenUrl', title: t(language, 'files.open'), url }]
      : []),
  ];
}

/** For an administrator, once nothing stands in the way. */
export function removalButton(kind: AnyKind, record: RecordDoc, view: View): Element[] {
  const { viewer, site, now, language } = view;
  if (!viewer || !isAdministrator(site, viewer.id) || keepsFiles(kind, record, site, now)) return [];
  const data = { record: record.id, rev: record.rev, form: true };
  return [press({ title: t(language, 'files.remove'), verb: 'remove_file', data, bare: true })];
}

/** Asked once more, with the reason that the history will give. */
export function renderRemoval(kind: AnyKind, record: RecordDoc, view: View): Card {
  const { language } = view;
  const data = { record: record.id, rev: record.rev };
  return formCard(
    {
      icon: kind.icon,
      title: t(language, 'files.removeTitle', { id: record.id }),
      intro: t(language, 'files.removeIntro'),
      summary: t(language, 'files.removeTitle', { id: record.id }),
      sections: [...filesBlock(kind, record, view), reasonInput(view, true)],
      actions: [
        press({ title: t(language, 'files.remove'), verb: 'remove_file', data, style: 'destructive' }),
        press({ title: t(language, 'edit.back'), verb: 'show', data: { record: record.id }, bare: true }),
      ],
    },
    view,
  );
}

/** The file that waits with a draft. */
export const draftFile = (draft: DraftDoc): Element[] =>
  draft.file ? [words(fileLine(draft.file.name, draft.file.size), { spacing: 'Small' })] : [];

const dayMs = 86_400_000;

/** Until when it is valid, for lists; empty where that does not end. */
export function validityWords(kind: AnyKind, record: RecordDoc, view: View): string {
  const validity = validityOf(kind, record, view.site);
  if (!validity) return '';
  const days = Math.max(0, Math.floor((validity.endsAt - view.now) / dayMs));
  const date = formatDate(validity.until, view);
  return t(view.language, 'files.validUntil', { date, count: days });
}

/** Whether its end is near enough to be warned of. */
export const endsSoon = (kind: AnyKind, record: RecordDoc, view: View): boolean => {
  const validity = validityOf(kind, record, view.site);
  return validity !== undefined && validity.warnAt <= view.now;
};
