/** Several records, one tappable row each. */
import { kindOf } from '../kinds/index.ts';
import type { Text } from '../language.ts';
import type { RecordDoc } from '../records/record.ts';
import { titleIn } from '../records/title.ts';
import { isVerbalOnly } from '../records/verbal.ts';
import type { Card, Element, Tone, View } from './card.ts';
import type { PressData } from './elements.ts';
import { column, columns, press, teams, words } from './elements.ts';
import { plainLine } from './escape.ts';
import { endsSoon, validityWords } from './files.ts';
import { severityTone, severityWord, statusWord } from './format.ts';
import { t } from './i18n.ts';
import type { Limits } from './size.ts';
import { fitted } from './size.ts';
import { waitingWords } from './tasks.ts';
import { expand } from './template.ts';
import { dueWords } from './text.ts';

/** Records on one card; the next page is a press away. */
export const pageSize = 10;

/** Where in a longer list this page stands. */
export interface More {
  /** What the button for the next page carries; absent on the last. */
  next?: PressData;
  /** Records before this page. */
  offset?: number;
  /** Of the whole list, where known. */
  total?: number;
}

/** A page of records; where there are none, what to do instead. */
export function renderList(title: Text, records: readonly RecordDoc[], view: View, more: More = {}): Card {
  return fitted((limits) => draw(title, records.slice(0, pageSize), view, more, limits));
}

function draw(title: Text, records: readonly RecordDoc[], view: View, more: More, limits: Limits): Card {
  const { language } = view;
  return expand('list', {
    summary: title[language],
    msteams: teams(view),
    title: title[language],
    count: countColumn(countWords(records.length, more, view)),
    rows:
      records.length === 0
        ? [words(t(language, 'list.empty')), words(t(language, 'list.emptyHint'), { subtle: true })]
        : records.map((record) => rowOf(record, view, limits)),
    actions: more.next
      ? [press({ title: t(language, 'list.more'), verb: 'list', data: more.next, bare: true })]
      : [],
  });
}

const countColumn = (count: string): Element[] =>
  count === ''
    ? []
    : [
        column('auto', [words(count, { size: 'Small', subtle: true })], {
          verticalContentAlignment: 'Center',
        }),
      ];

function countWords(shown: number, more: More, view: View): string {
  const { language } = view;
  if (shown === 0) return '';
  const offset = more.offset ?? 0;
  const range =
    offset > 0 || more.next ? t(language, 'list.shown', { from: offset + 1, to: offset + shown }) : '';
  const total = more.total ?? (range === '' ? shown : undefined);
  const count = total === undefined ? '' : t(language, 'list.count', { count: total });
  return [range, count].filter((part) => part !== '').join(' · ');
}

/** A record as a row that opens it. */
export function rowOf(record: RecordDoc, view: View, limits: Limits): Element {
  const { language } = view;
  const kind = kindOf(record.kind);
  const title = kind ? titleIn(kind, record.fields, language) : record.title;
  const due = dueWords(record, view) || (kind ? validityWords(kind, record, view) : '');
  const overdue = record.open
    ? record.dueAt !== undefined && Date.parse(record.dueAt) <= view.now
    : kind !== undefined && endsSoon(kind, record, view);
  const tone: Tone = record.open ? severityTone(record.severity) : 'default';
  const status = kind ? statusWord(kind, record.status, language) : record.status;
  const verbal = kind && isVerbalOnly(kind, record) ? ` · **${t(language, 'verbal.word')}**` : '';
  const owner = record.owner && !view.viewer?.customer ? ` · ${view.names(record.owner)}` : '';
  return {
    type: 'Container',
    separator: true,
    spacing: 'Small',
    selectAction: press({
      title: `${record.id} ${severityWord(record.severity, language)}`,
      verb: 'show',
      data: { record: record.id },
      bare: true,
    }),
    items: [
      columns([
        column('auto', [words(record.open ? '●' : '○', { color: tone, subtle: !record.open })]),
        column(
          'stretch',
          [
            words(plainLine(title, Math.min(limits.value, 90)), { weight: 'Bolder', lines: 2 }),
            words(
              `${plainLine(`${record.id} · ${severityWord(record.severity, language)} · ${status}${owner}`)}${verbal}`,
              { size: 'Small', subtle: true, spacing: 'None' },
            ),
            ...waitingWords(record, view).map((said) =>
              words(plainLine(said), { size: 'Small', spacing: 'None', color: 'warning' }),
            ),
            ...(due === ''
              ? []
              : [
                  words(due, {
                    size: 'Small',
                    spacing: 'None',
                    ...(overdue ? { color: 'attention', weight: 'Bolder' } : {}),
                  }),
                ]),
          ],
          { spacing: 'Small' },
        ),
        column('auto', [words('›', { size: 'Large', subtle: true })], { verticalContentAlignment: 'Center' }),
      ]),
    ],
  };
}
