/** What a person typed or chose, into values. Everything comes in as Teams sends it: strings, mostly. */
import type { Fault } from '../errors.ts';
import type { AnyKind } from '../kinds/index.ts';
import type { Field, RowsField } from '../kinds/fields.ts';
import type { Text } from '../language.ts';
import { text } from '../language.ts';
import { instantOf, localDate } from '../site/zone.ts';
import type { Site } from '../site/site.ts';

export interface InputContext {
  site: Site;
  /** Milliseconds. */
  now: number;
  /** Fields that the verb asks for; some are filled in no other way. */
  asked?: ReadonlySet<string>;
  /** Nothing but what is asked. */
  strict?: boolean;
  /** Milliseconds: a time without a date is of this moment's day; now's if absent. */
  dayOf?: number;
}

type Parsed = { value: unknown } | { what: Text };

const yes = new Set(['true', 'yes', 'y', '是', '对', '有', '1', 'ok', '合格']);
const no = new Set(['false', 'no', 'n', '否', '不', '无', '0', 'ng', '不合格']);
/** Clients' clocks differ; a time this far ahead still counts as now. */
const skewMs = 5 * 60_000;

/**
 * Reads the named inputs of a kind. An empty input clears its field (undefined in `values`).
 * Names that the kind does not have, and computed fields, are faults.
 */
export function readInputs(
  kind: AnyKind,
  inputs: Readonly<Record<string, unknown>>,
  context: InputContext,
): { values: Record<string, unknown>; faults: Fault[] } {
  const values: Record<string, unknown> = {};
  const faults: Fault[] = [];
  for (const [name, raw] of Object.entries(inputs)) {
    const field = Object.hasOwn(kind.fields, name) ? kind.fields[name] : undefined;
    const shut = !context.asked?.has(name) && (context.strict || field?.byVerb);
    if (!field || shut || ('computed' in field && field.computed)) {
      faults.push({
        field: name,
        label: field?.label ?? text(name, name),
        what: text('不能填写', 'cannot be set'),
      });
      continue;
    }
    const parsed = readInput(field, raw, context);
    if ('what' in parsed) faults.push({ field: name, label: field.label, what: parsed.what });
    else values[name] = parsed.value;
  }
  return { values, faults };
}

/** One input. An empty one gives `{ value: undefined }`. */
export function readInput(field: Field, raw: unknown, context: InputContext): Parsed {
  if (raw === undefined || raw === null) return { value: undefined };
  const typed = typeof raw === 'string' ? raw.normalize('NFC').trim() : raw;
  if (typed === '') return { value: undefined };
  switch (field.type) {
    case 'text':
      return readText(typed, field.max ?? 500);
    case 'int':
    case 'num':
      return readNumber(typed, field);
    case 'bool':
      return readBoolean(typed);
    case 'date':
      return readDate(typed, field.when, context);
    case 'datetime':
      return readTime(typed, field.when, context);
    case 'choice':
      return field.multiple ? readChoices(typed, field.choices) : readChoice(typed, field.choices);
    case 'list':
      return readList(typed);
    case 'rows':
      return readRows(typed, field, context);
  }
}

function readText(raw: unknown, max: number): Parsed {
  if (typeof raw !== 'string' && typeof raw !== 'number') return { what: text('请填写文字', 'must be text') };
  const value = String(raw);
  return value.length <= max
    ? { value }
    : {
        what: text(
          `最多${max}字，现在${value.length}字`,
          `at most ${max} characters, this has ${value.length}`,
        ),
      };
}

function readNumber(raw: unknown, field: { type: 'int' | 'num'; min?: number; max?: number }): Parsed {
  const plain =
    typeof raw === 'string'
      ? raw
          .normalize('NFKC')
          .replace(/,(?=\d{3}\b)/g, '')
          .trim()
      : raw;
  const value =
    typeof plain === 'number'
      ? plain
      : typeof plain === 'string' && /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain)
        ? Number(plain)
        : NaN;
  if (!Number.isFinite(value))
    return {
      what: text(
        `请填数字，如 12（现在是“${show(raw)}”）`,
        `must be a number such as 12, not "${show(raw)}"`,
      ),
    };
  if (field.type === 'int' && !Number.isSafeInteger(value))
    return { what: text('请填整数', 'must be a whole number') };
  if (field.min !== undefined && value < field.min)
    return { what: text(`不能小于${field.min}`, `cannot be less than ${field.min}`) };
  if (field.max !== undefined && value > field.max)
    return { what: text(`不能大于${field.max}`, `cannot be more than ${field.max}`) };
  return { value };
}

function readBoolean(raw: unknown): Parsed {
  if (typeof raw === 'boolean') return { value: raw };
  const word = wordOf(raw).normalize('NFKC').toLowerCase();
  if (yes.has(word)) return { value: true };
  if (no.has(word)) return { value: false };
  if (word === 'unknown' || word === '未知') return { value: undefined };
  return { what: text('请选择是或否', 'must be yes or no') };
}

function readDate(raw: unknown, when: 'future' | 'past' | undefined, { site, now }: InputContext): Parsed {
  const match =
    typeof raw === 'string'
      ? /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})(?!\d)/.exec(raw.normalize('NFKC'))
      : null;
  const value = match ? `${match[1]}-${match[2]?.padStart(2, '0')}-${match[3]?.padStart(2, '0')}` : '';
  if (!isDate(value)) return { what: text('请填日期，如 2026-11-27', 'must be a date such as 2026-11-27') };
  const today = localDate(site.timeZone, now);
  if (when === 'future' && value < today)
    return {
      what: text(
        `${value}已经过去，请填今天（${today}）或以后`,
        `${value} is in the past; today (${today}) or later`,
      ),
    };
  if (when === 'past' && value > today) return { what: text('不能是将来的日期', 'cannot be in the future') };
  return { value };
}

/** A day of the calendar, in a century in which a plant may have dealings: a year such as 0206 is a slip. */
const isDate = (value: string): boolean => {
  const at = Date.parse(`${value}T00:00:00Z`);
  return /^(19|20|21)/.test(value) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(value);
};

/** `2026-11-23 09:40` and `09:40` are the site's local time; with `Z` or an offset it is what it says. */
function readTime(
  raw: unknown,
  when: 'future' | 'past' | undefined,
  { site, now, dayOf }: InputContext,
): Parsed {
  const typed = wordOf(raw).normalize('NFKC').trim();
  const at = parseTime(typed, site, dayOf ?? now);
  if (at === undefined)
    return {
      what: text(
        '请填时间，如 2026-11-23 09:40 或 09:40',
        'must be a time such as 2026-11-23 09:40 or 09:40',
      ),
    };
  if (when === 'past' && at > now + skewMs) return { what: text('不能晚于现在', 'cannot be later than now') };
  if (when === 'future' && at < now - skewMs)
    return { what: text('不能早于现在', 'cannot be earlier than now') };
  return { value: new Date(at).toISOString() };
}

function parseTime(typed: string, site: Site, now: number): number | undefined {
  const short = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(typed);
  if (short)
    return instantOf(
      site.timeZone,
      localDate(site.timeZone, now),
      `${short[1]?.padStart(2, '0')}:${short[2]}`,
    );
  const local = /^(\d{4}-\d{2}-\d{2})[T ]([01]\d|2[0-3]):([0-5]\d)(?::[0-5]\d(?:\.\d+)?)?$/.exec(typed);
  if (local && isDate(local[1] ?? ''))
    return instantOf(site.timeZone, local[1] ?? '', `${local[2]}:${local[3]}`);
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*(Z|[+-]\d{2}:?\d{2})$/.test(typed)) return undefined;
  if (!isDate(typed.slice(0, 10))) return undefined;
  const at = Date.parse(typed);
  return Number.isNaN(at) ? undefined : at;
}

function readChoice(raw: unknown, choices: Readonly<Record<string, Text>>): Parsed {
  const word = wordOf(raw);
  if (Object.hasOwn(choices, word)) return { value: word };
  const byLabel = Object.entries(choices).find(
    ([, label]) => label.zh === word || label.en.toLowerCase() === word.toLowerCase(),
  );
  if (byLabel) return { value: byLabel[0] };
  return { what: text(`没有“${show(raw)}”这个选项`, `has no choice "${show(raw)}"`) };
}

function readChoices(raw: unknown, choices: Readonly<Record<string, Text>>): Parsed {
  const chosen: string[] = [];
  for (const one of words(raw)) {
    const parsed = readChoice(one, choices);
    if ('what' in parsed) return parsed;
    chosen.push(String(parsed.value));
  }
  return { value: [...new Set(chosen)] };
}

const words = (raw: unknown): string[] =>
  (Array.isArray(raw) ? raw.map(wordOf) : wordOf(raw).split(/[\n,,、;;]/))
    .map((word) => word.trim())
    .filter((word) => word !== '');

function readList(raw: unknown): Parsed {
  const items = words(raw);
  if (items.length > 200) return { what: text('最多200项', 'at most 200 entries') };
  if (items.some((item) => item.length > 300))
    return { what: text('每项最多300字', 'at most 300 characters each') };
  return { value: items };
}

/** A row on each line, cells in the columns' order, parted by `|`, commas, tabs or blanks; or rows as objects. */
function readRows(raw: unknown, field: RowsField, context: InputContext): Parsed {
  const lines: unknown[] = Array.isArray(raw)
    ? raw
    : wordOf(raw)
        .split(/\n|;|;/)
        .filter((line) => line.trim() !== '');
  if (lines.length > 50) return { what: text('最多50行', 'at most 50 rows') };
  const rows: Record<string, unknown>[] = [];
  for (const [index, line] of lines.entries()) {
    const row: Record<string, unknown> = {};
    for (const [name, cell] of cellsOf(line, field)) {
      const column = Object.hasOwn(field.columns, name) ? field.columns[name] : undefined;
      const parsed: Parsed = column
        ? readInput(column, cell, context)
        : { what: text('不能填写', 'cannot be set') };
      if ('what' in parsed)
        return {
          what: text(
            `第${index + 1}行 ${column?.label.zh ?? name}：${parsed.what.zh}`,
            `row ${index + 1}, ${column?.label.en ?? name}: ${parsed.what.en}`,
          ),
        };
      if (parsed.value !== undefined) row[name] = parsed.value;
    }
    rows.push(row);
  }
  return { value: rows };
}

function cellsOf(line: unknown, field: RowsField): [string, unknown][] {
  if (line && typeof line === 'object') return Object.entries(line);
  const typed = wordOf(line).trim();
  const cells = /[|,,\t]/.test(typed) ? typed.split(/[|,,\t]/) : splitBlanks(typed, field);
  const names = Object.keys(field.columns);
  return cells.slice(0, names.length).map((cell, index) => [names[index] ?? '', cell.trim()]);
}

/** Labels such as "Customer line" hold blanks: the longest label at the start is one cell. */
function splitBlanks(typed: string, field: RowsField): string[] {
  const first = Object.values(field.columns)[0];
  const labels =
    first?.type === 'choice' ? Object.values(first.choices).flatMap((label) => [label.zh, label.en]) : [];
  const label = labels
    .filter((one) => typed.toLowerCase().startsWith(one.toLowerCase()))
    .sort((a, b) => b.length - a.length)[0];
  if (label) return [label, ...typed.slice(label.length).trim().split(/\s+/)];
  return typed.split(/\s+/);
}

/** Whatever a client sent, as text; objects as JSON, since they may bring a toString of their own. */
const wordOf = (raw: unknown): string =>
  typeof raw === 'object' && raw !== null ? JSON.stringify(raw) : String(raw);

const show = (raw: unknown): string => {
  const typed = wordOf(raw);
  return typed.length > 30 ? `${typed.slice(0, 30)}…` : typed;
};
