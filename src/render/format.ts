/** Values as people read them: units, choices, local times. Plain text; whoever puts it on a card escapes it. */
import { units } from '../kinds/common.ts';
import type { Severity } from '../kinds/define.ts';
import type { ChoiceField, Field, RowsField } from '../kinds/fields.ts';
import type { AnyKind } from '../kinds/index.ts';
import type { Language, Text } from '../language.ts';
import { filled } from '../records/needs.ts';
import { localDate, localTime, weekdayOf } from '../site/zone.ts';
import type { Tone, View } from './card.ts';
import type { TextKey } from './i18n.ts';
import { t } from './i18n.ts';

type Facts = Readonly<Record<string, unknown>>;
type When = Pick<View, 'language' | 'site' | 'now'>;

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const weekdays: Readonly<Record<Language, readonly string[]>> = {
  zh: ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
};

/** The last answer of today(): a card asks for it twenty times. */
let asked = { zone: '', now: NaN, date: '' };

function today({ site, now }: When): string {
  if (asked.now !== now || asked.zone !== site.timeZone)
    asked = { zone: site.timeZone, now, date: localDate(site.timeZone, now) };
  return asked.date;
}

/** `11-23`, `23 Nov`; with the year where it is not this one. */
function shortDate(date: string, view: When): string {
  const [year = '', month = '', day = ''] = date.split('-');
  const thisYear = today(view).startsWith(year);
  if (view.language === 'zh') return thisYear ? `${month}-${day}` : date;
  return `${Number(day)} ${months[Number(month) - 1]}${thisYear ? '' : ` ${year}`}`;
}

/** A local date: `11-27(周五)`, `Fri 27 Nov`. */
export function formatDate(date: string, view: When): string {
  const weekday = weekdays[view.language][weekdayOf(date) - 1];
  return view.language === 'zh'
    ? `${shortDate(date, view)}(${weekday})`
    : `${weekday} ${shortDate(date, view)}`;
}

/** An instant in the site's zone: `11-23 14:20`, `23 Nov 14:20`. */
export function formatTime(at: string | number, view: When): string {
  const ms = typeof at === 'number' ? at : Date.parse(at);
  const zone = view.site.timeZone;
  return `${shortDate(localDate(zone, ms), view)} ${localTime(zone, ms)}`;
}

/** The time alone where it is today's, else with its date. */
export function formatClock(at: string | number, view: When): string {
  const ms = typeof at === 'number' ? at : Date.parse(at);
  const zone = view.site.timeZone;
  return localDate(zone, ms) === today(view) ? localTime(zone, ms) : formatTime(ms, view);
}

/** As an input takes it: `2026-11-23 14:20`, local. */
export function typedTime(at: string, view: When): string {
  const ms = Date.parse(at);
  const zone = view.site.timeZone;
  return `${localDate(zone, ms)} ${localTime(zone, ms)}`;
}

/** A length of time in whole minutes: `1小时5分`, `2 d 3 h`. */
export function formatMinutes(minutes: number, language: Language): string {
  const whole = Math.max(0, Math.floor(minutes));
  if (whole < 60) return t(language, 'time.minutes', { m: whole });
  const hours = Math.floor(whole / 60);
  if (hours < 24) {
    const m = whole % 60;
    return m === 0
      ? t(language, 'time.hours', { h: hours })
      : t(language, 'time.hoursMinutes', { h: hours, m });
  }
  const d = Math.floor(hours / 24);
  const h = hours % 24;
  return h === 0 ? t(language, 'time.days', { d }) : t(language, 'time.daysHours', { d, h });
}

const digits = new Intl.NumberFormat('en-US', { maximumFractionDigits: 6 });
export const formatNumber = (value: number): string => digits.format(value);

const fixedUnits: Readonly<Record<string, TextKey>> = {
  min: 'unit.min',
  CNY: 'unit.CNY',
  'pcs/d': 'unit.pcs/d',
};

/** A unit's name; what nobody declared is shown as it was typed. */
export function unitName(unit: string, language: Language): string {
  const fixed = fixedUnits[unit];
  if (fixed) return t(language, fixed);
  const known: Text | undefined = Object.hasOwn(units, unit) ? units[unit as keyof typeof units] : undefined;
  return known?.[language] ?? unit;
}

/** The unit that belongs to a number field here, if any. */
export function unitOf(field: Field, facts: Facts, language: Language): string {
  if (field.type !== 'int' && field.type !== 'num') return '';
  const unit = field.unit ?? (field.unitField ? facts[field.unitField] : undefined);
  return typeof unit === 'string' && unit !== '' ? unitName(unit, language) : '';
}

/** A choice's label, with its group's: `外观 · 划伤`. */
export function choiceLabel(field: ChoiceField, value: string, language: Language): string {
  const label = Object.hasOwn(field.choices, value) ? field.choices[value]?.[language] : undefined;
  const group = value.includes('.') ? field.groups?.[value.split('.')[0] ?? '']?.[language] : undefined;
  return label === undefined ? value : group ? `${group} · ${label}` : label;
}

/** A field's value in words; '' where there is none. `facts` are the other fields, for units. */
export function formatValue(field: Field, value: unknown, view: When, facts: Facts = {}): string {
  if (!filled(value)) return '';
  const { language } = view;
  switch (field.type) {
    case 'bool':
      return t(language, value === true ? 'word.yes' : 'word.no');
    case 'int':
    case 'num':
      return typeof value === 'number' ? formatAmount(field, value, language, facts) : String(value);
    case 'date':
      return isDate(value) ? formatDate(value, view) : String(value);
    case 'datetime':
      return typeof value === 'string' && !Number.isNaN(Date.parse(value))
        ? formatTime(value, view)
        : String(value);
    case 'choice':
      return many(value)
        .map((one) => choiceLabel(field, one, language))
        .join(t(language, 'word.separator'));
    case 'list':
      return many(value).join(t(language, 'word.separator'));
    case 'rows':
      return rowsOf(value)
        .map((row) => formatRow(field, row, view))
        .join('\n');
    case 'text':
      return String(value);
  }
}

function formatAmount(field: Field, value: number, language: Language, facts: Facts): string {
  if ('unit' in field && field.unit === 'min') return formatMinutes(value, language);
  const unit = unitOf(field, facts, language);
  return unit === '' ? formatNumber(value) : `${formatNumber(value)} ${unit}`;
}

/** A unit stands beside its number. */
export const isUnitColumn = (field: RowsField, name: string): boolean =>
  Object.values(field.columns).some((column) => 'unitField' in column && column.unitField === name);

/** A text names itself; a number needs its column's label. */
function formatRow(field: RowsField, row: Facts, view: When): string {
  return Object.entries(field.columns)
    .filter(([name]) => filled(row[name]) && !isUnitColumn(field, name))
    .map(([name, column]) => {
      const shown = formatValue(column, row[name], view, row);
      return column.type === 'int' || column.type === 'num'
        ? `${column.label[view.language]} ${shown}`
        : shown;
    })
    .join(' · ');
}

/** A value as its input takes it. */
export function typedValue(field: Field, value: unknown, view: When): string | number {
  if (!filled(value)) return '';
  switch (field.type) {
    case 'int':
    case 'num':
      return typeof value === 'number' ? value : '';
    case 'bool':
      return String(value);
    case 'datetime':
      return typeof value === 'string' && !Number.isNaN(Date.parse(value))
        ? typedTime(value, view)
        : String(value);
    case 'choice':
      return many(value).join(',');
    case 'list':
      return many(value).join('\n');
    case 'rows':
      // Typed and not understood: it stays to be corrected.
      if (typeof value === 'string') return value;
      return rowsOf(value)
        .map((row) => typedRow(field, row, view))
        .join('\n');
    case 'text':
    case 'date':
      return String(value);
  }
}

const typedRow = (field: RowsField, row: Facts, view: When): string =>
  Object.entries(field.columns)
    .map(([name, column]) =>
      column.type === 'choice' && filled(row[name])
        ? choiceLabel(column, String(row[name]), view.language)
        : String(typedValue(column, row[name], view)),
    )
    .join(' | ');

const many = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [String(value)]);
const rowsOf = (value: unknown): Facts[] =>
  Array.isArray(value) ? value.filter((row): row is Facts => typeof row === 'object' && row !== null) : [];
const isDate = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);

const tones = { S1: 'attention', S2: 'warning', S3: 'accent', S4: 'default' } as const satisfies Record<
  Severity,
  Tone
>;
export const severityTone = (severity: Severity): Tone => tones[severity];
/** `S2 严重`. */
export const severityWord = (severity: Severity, language: Language): string =>
  `${severity} ${t(language, `severity.${severity}`)}`;

export const statusWord = (kind: AnyKind, status: string, language: Language): string =>
  kind.statuses[status]?.[language] ?? status;

/** Several names on one line: at most `limit`, then how many more. */
export function nameList(names: readonly string[], language: Language, limit: number): string {
  const shown = names.slice(0, limit).join(t(language, 'word.separator'));
  const rest = names.length - limit;
  if (rest <= 0) return shown;
  return `${shown}${t(language, 'word.moreNames', { count: language === 'zh' ? names.length : rest })}`;
}
