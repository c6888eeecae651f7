/** A record as the letter that both companies sign (capability `letter`): bilingual whoever draws it up. Pure. */
import { createHash } from 'node:crypto';
import { units } from '../kinds/common.ts';
import type { Field, RowsField } from '../kinds/fields.ts';
import type { AnyKind } from '../kinds/index.ts';
import type { Text } from '../language.ts';
import { text } from '../language.ts';
import type { Block, Cell, Paper, Party } from '../papers/paper.ts';
import { filled } from '../records/needs.ts';
import type { RecordDoc } from '../records/record.ts';
import { localDate } from '../site/zone.ts';
import type { Site } from '../site/site.ts';
import { isUnitColumn, typedTime } from './format.ts';

type LetterRule = NonNullable<AnyKind['can']['letter']>;
type Facts = Readonly<Record<string, unknown>>;

const both = ({ zh, en }: Text): string => (zh === en ? zh : `${zh} ${en}`);

/** Undefined: the record's kind has no letter. `now` in milliseconds. */
export function letterOf(kind: AnyKind, record: RecordDoc, site: Site, now: number): Paper | undefined {
  const rule = kind.can.letter;
  if (!rule) return undefined;
  const { fields } = record;
  const revision = Number(fields[rule.revision] ?? 1);
  const binding = rule.binds.includes(record.status);
  const names = site.letterhead?.names ?? [];
  const ours = names[0] ?? both(text('供方', 'Supplier'));
  const customer = `${String(fields['customer'] ?? site.customer)} ${String(fields['plant'] ?? site.plant)}`;
  const lastChange = record.history.at(-1)?.at ?? record.createdAt;
  return {
    letterhead: { names: names.length > 0 ? names : [ours], lines: site.letterhead?.lines ?? [] },
    title: [rule.title.zh, rule.title.en],
    blocks: [
      { type: 'facts', facts: headOf(kind, rule, record, site, customer) },
      { type: 'heading', text: '一、变更内容  1. The change' },
      itemsOf(kind, rule, fields),
      ...factsOf(kind, rule, fields),
      { type: 'heading', text: '二、双方约定  2. Agreement' },
      ...rule.texts.flatMap(({ zh, en }): Block[] =>
        [zh, en].flatMap((name): Block[] => {
          const said = fields[name];
          return typeof said === 'string' && said !== '' ? [{ type: 'text', text: said }] : [];
        }),
      ),
      { type: 'text', quiet: true, text: both(effect) },
      {
        type: 'signatures',
        parties: rule.parties.map((party) =>
          partyOf(kind, party, fields, site, party.ours ? ours : customer, now),
        ),
      },
    ],
    foot: `${record.id} · 第${revision}版 Rev. ${revision} · SHA-256 ${contentHash(kind, record)}`,
    subject: String(fields[rule.about] ?? record.title),
    author: ours,
    at: Date.parse(lastChange),
    ...(binding ? {} : { mark: both(unsigned) }),
  };
}

const effect = text(
  '本函经双方签署后生效；以本函为准，口头约定无效。',
  'This letter takes effect once both have signed; nothing agreed by word of mouth counts beside it.',
);
const unsigned = text('未生效', 'NOT YET SIGNED');

/** SHA-256 of what is agreed, in hexadecimal: the same for the PDF, the Word file and the record. */
export function contentHash(kind: AnyKind, record: RecordDoc): string {
  const rule = kind.can.letter;
  const names = [...(kind.can.sealed?.fields ?? []), ...(rule ? [rule.revision] : [])].toSorted();
  const content = names.map((name) => [name, record.fields[name] ?? null]);
  return createHash('sha256')
    .update(JSON.stringify([record.site, record.id, content]))
    .digest('hex');
}

function headOf(kind: AnyKind, rule: LetterRule, record: RecordDoc, site: Site, customer: string) {
  const { fields } = record;
  const about = kind.fields[rule.about];
  const part = [fields['part_name'], fields['part_no']].filter(filled).join(' ');
  return [
    { label: '编号 No.', value: record.id },
    {
      label: '日期 Date',
      value: localDate(site.timeZone, Date.parse(record.history.at(-1)?.at ?? record.createdAt)),
    },
    { label: '致 To', value: customer },
    { label: about ? both(about.label) : '', value: String(fields[rule.about] ?? '') },
    ...(filled(fields[rule.subject]) ? [{ label: '事由 Re', value: String(fields[rule.subject]) }] : []),
    ...(part !== '' ? [{ label: '零件 Part', value: part }] : []),
  ];
}

function itemsOf(kind: AnyKind, rule: LetterRule, fields: Facts): Block {
  const field = kind.fields[rule.items] as RowsField;
  const items = Array.isArray(fields[rule.items]) ? (fields[rule.items] as Facts[]) : [];
  const shown = Object.entries(field.columns).filter(([name]) => !isUnitColumn(field, name));
  return {
    type: 'table',
    head: ['序号 No.', ...shown.map(([, column]) => both(column.label))],
    widths: [9, ...shown.map(([, column]) => widthOf(column))],
    rows: items.map((item, index): Cell[] => [
      { text: String(index + 1), align: 'center' },
      ...shown.map(([name, column]): Cell => ({
        text: valueOf(column, item[name], item),
        ...(column.type === 'int' || column.type === 'num' ? { align: 'right' as const } : {}),
      })),
    ]),
  };
}

const widthOf = (column: Field): number => (column.type === 'text' ? 24 : 15);

function factsOf(kind: AnyKind, rule: LetterRule, fields: Facts): Block[] {
  const facts = rule.facts.flatMap((name) => {
    const field = kind.fields[name];
    if (!field || !filled(fields[name])) return [];
    return [{ label: both(field.label), value: valueOf(field, fields[name], fields) }];
  });
  return facts.length === 0 ? [] : [{ type: 'facts', facts }];
}

/** A value in both languages where it has words. */
function valueOf(field: Field, value: unknown, facts: Facts): string {
  if (!filled(value)) return '';
  if (field.type === 'choice') {
    const label = field.choices[String(value)];
    return label ? both(label) : String(value);
  }
  const unit = 'unitField' in field && field.unitField ? facts[field.unitField] : undefined;
  const named = typeof unit === 'string' ? units[unit as keyof typeof units] : undefined;
  return named ? `${String(value)} ${both(named)}` : String(value);
}

function partyOf(
  kind: AnyKind,
  party: LetterRule['parties'][number],
  fields: Facts,
  site: Site,
  company: string,
  now: number,
): Party {
  const at = fields[party.at];
  const how = party.how ? kind.fields[party.how] : undefined;
  const view = { language: 'zh', site, now } as const;
  return {
    title: both(party.title),
    company,
    lines: [
      { label: '姓名 Name', value: String(fields[party.name] ?? '') },
      {
        label: '签署 Signed',
        value: typeof at === 'string' && party.how && how ? valueOf(how, fields[party.how], fields) : '',
      },
      { label: '日期 Date', value: typeof at === 'string' ? typedTime(at, view) : '' },
    ],
  };
}
