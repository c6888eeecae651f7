/** What a person typed about a task. The inputs' names begin with `task_`, so that none is taken for a field. */
import type { Fault } from '../errors.ts';
import type { TaskSort } from '../kinds/define.ts';
import { choice, date, datetime, int, short } from '../kinds/fields.ts';
import type { Field } from '../kinds/fields.ts';
import type { AnyKind } from '../kinds/index.ts';
import type { Text } from '../language.ts';
import { text } from '../language.ts';
import type { Person } from '../site/site.ts';
import { personOf } from '../site/site.ts';
import { addDays, instantOf, localDate } from '../site/zone.ts';
import type { Ask } from './give-tasks.ts';
import { openFor } from './give-tasks.ts';
import type { InputContext } from './inputs.ts';
import { readInput } from './inputs.ts';
import { filled } from './needs.ts';
import type { RecordDoc } from './record.ts';
import { taskWords } from './task.ts';

export type Typed = Readonly<Record<string, unknown>>;

const words = (label: Text, max: number) => short(label, { max, multiline: true });

/** Every input, for the forms and for reading them; those of a sort's own choices are made by `taskField`. */
export const taskFields = {
  task_what: words(text('做什么', 'What'), 300),
  task_note: words(text('说明', 'Note'), 300),
  task_owner: short(text('负责人', 'Owner')),
  task_due: datetime(text('需要时间', 'Needed by'), { when: 'future' }),
  task_type: short(text('类型', 'Type')),
  task_eta: datetime(text('预计时间', 'Expected at'), { when: 'future' }),
  task_evidence: words(text('完成情况', 'What was done'), 500),
  task_reason: words(text('原因', 'Reason'), 300),
  task_person: short(text('转给谁', 'To whom')),
  task_drop: words(text('取消原因', 'Reason for dropping'), 300),
  task_qty: int(text('数量', 'Quantity'), { min: 0, max: 10_000_000, unitField: 'unit' }),
  task_by: date(text('最早日期', 'Earliest date'), { when: 'future' }),
  task_can: words(text('能做到什么', 'What can be done'), 300),
  task_instead: words(text('替代方案', 'What instead'), 300),
  task_return: words(text('退回原因', 'Reason for sending back'), 300),
} as const satisfies Record<string, Field>;
export type TaskInput = keyof typeof taskFields;

/** An input as this sort asks for it. */
export function taskField(kind: AnyKind, sort: TaskSort, name: TaskInput): Field {
  const from = sort.from === undefined ? undefined : kind.fields[sort.from];
  if (name === 'task_what' && from) return from;
  if (name === 'task_due' && sort.due === 'date') return date(text('截止日期', 'Due'), { when: 'future' });
  if (name === 'task_type') return choice(taskFields.task_type.label, sort.types ?? {});
  return taskFields[name];
}

/** Reads inputs one by one and keeps what is wrong with them. */
export class TaskReader {
  readonly faults: Fault[] = [];
  readonly #typed: Typed;
  readonly #context: InputContext;

  constructor(typed: Typed, context: InputContext) {
    this.#typed = typed;
    this.#context = context;
  }

  value(name: TaskInput, field: Field, required: boolean): unknown {
    const raw = this.#typed[name];
    const moment = field.type === 'datetime' ? momentOf(raw, this.#context) : undefined;
    const parsed = moment === undefined ? readInput(field, raw, this.#context) : { value: moment };
    if ('what' in parsed) this.fault(field.label, name, parsed.what);
    else if (filled(parsed.value)) return parsed.value;
    else if (required) this.fault(field.label, name, text('必填', 'is required'));
    return undefined;
  }

  text(name: TaskInput, field: Field, required: boolean): string | undefined {
    const value = this.value(name, field, required);
    return typeof value === 'string' ? value : undefined;
  }

  /** One of our own people. */
  person(name: TaskInput, required: boolean): Person | undefined {
    const id = this.text(name, taskFields[name], required);
    const person = id === undefined ? undefined : personOf(this.#context.site, id);
    if (id === undefined || person?.roles.some((role) => role !== 'CUST')) return person;
    this.fault(
      taskFields[name].label,
      name,
      text('请从名单中选择我方人员', "must be one of the site's own people"),
    );
    return undefined;
  }

  fault(label: Text, field: string, what: Text): void {
    this.faults.push({ field, label, what });
  }
}

/** `20`, `20分钟`, `1.5 h`: from now. A time of day that is long past is tomorrow's: it is nearly midnight. */
function momentOf(raw: unknown, { site, now }: InputContext): string | undefined {
  if (typeof raw !== 'string' && typeof raw !== 'number') return undefined;
  const typed = String(raw).normalize('NFKC').trim();
  const [, amount, unit = ''] =
    /^(\d{1,4}(?:\.\d+)?)\s*(分钟|分|min|minutes?|m|小时|h|hours?)?$/i.exec(typed) ?? [];
  if (amount !== undefined) {
    const minutes = Number(amount) * (/^(小时|h)/i.test(unit) ? 60 : 1);
    return new Date(now + Math.round(minutes * 60_000)).toISOString();
  }
  const [time] = /^([01]?\d|2[0-3]):[0-5]\d$/.exec(typed) ?? [];
  if (time === undefined) return undefined;
  const today = localDate(site.timeZone, now);
  const at = instantOf(site.timeZone, today, time.padStart(5, '0'));
  if (now - at <= 12 * 3_600_000) return undefined;
  return new Date(instantOf(site.timeZone, addDays(today, 1), time.padStart(5, '0'))).toISOString();
}

/** What a form asks for. Nothing typed is no task, unless the verb does nothing else. */
export function readAsks(
  kind: AnyKind,
  sortName: string,
  typed: Typed,
  doc: RecordDoc,
  context: InputContext,
  obligatory: boolean,
): { asks: Ask[]; faults: Fault[] } {
  const sort = kind.can.tasks?.[sortName];
  const names: readonly TaskInput[] = ['task_what', 'task_note', 'task_owner', 'task_due'];
  if (!sort || (!obligatory && !names.some((name) => filled(typed[name])))) return { asks: [], faults: [] };
  const reader = new TaskReader(typed, context);
  const field = (name: TaskInput) => taskField(kind, sort, name);
  const what = reader.value('task_what', field('task_what'), true);
  const note = reader.text('task_note', field('task_note'), false);
  const due = reader.text('task_due', field('task_due'), sort.due === 'date');
  const type = sort.types && reader.text('task_type', field('task_type'), false);
  const owner = sort.roles ? undefined : reader.person('task_owner', true)?.aadObjectId;
  const more = {
    ...(note === undefined ? {} : { note }),
    ...(due === undefined ? {} : { due }),
    ...(type === undefined ? {} : { type }),
    ...(owner === undefined ? {} : { owner }),
  };
  const wanted = Array.isArray(what) ? what.map(String) : typeof what === 'string' ? [what] : [];
  const fresh = sort.from === undefined ? wanted : wanted.filter((one) => !openFor(doc, sortName, one));
  if (wanted.length > 0 && fresh.length === 0) {
    const known = wanted.map((one) => taskWords(kind, { sort: sortName, what: one }));
    reader.fault(
      sort.label,
      'task_what',
      text(
        `${known.map(({ zh }) => zh).join('、')}已经请求过，还没有结束，请看卡片`,
        `${known.map(({ en }) => en).join(', ')}: asked for already and not over yet; see the card`,
      ),
    );
  }
  return { asks: fresh.map((one) => ({ what: one, ...more })), faults: reader.faults };
}
