/**
 * What must not compile. tsc checks this file (`npm run types`): an @ts-expect-error above a line that compiles is an
 * error. Run, it only shows that it was loaded.
 */
import type { FieldsOf, Severity } from '../../src/kinds/define.ts';
import { defineKind } from '../../src/kinds/define.ts';
import { choice, date, int, list, rows, short } from '../../src/kinds/fields.ts';
import type { RecordFields, RecordStatus, RecordVerb } from '../../src/kinds/index.ts';
import { text } from '../../src/language.ts';
import type { RecordOf } from '../../src/records/record.ts';

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const holds = <T extends true>(): T | undefined => undefined;

const name = text('名', 'Name');
const parts = {
  title: short(name, { required: true }),
  score: int(name),
  kind: choice(name, { a: name, b: name }, { required: true }),
  marks: choice(name, { x: name, y: name }, { multiple: true }),
  due: date(name),
  tags: list(name),
  places: rows(name, { place: choice(name, { here: name, there: name }), qty: int(name) }),
} as const;

const base = {
  id: 'sample',
  prefix: 'SMP',
  label: name,
  words: [],
  icon: '',
  fields: parts,
  typeField: 'kind',
  title: ['title'],
  facts: ['score'],
  statuses: { open: name, done: name },
  ended: ['done'],
  verbs: { finish: { label: name, from: ['open'], to: 'done', by: ['RE'] } },
  needs: { done: ['due'] },
  clocks: [{ label: name, from: { status: 'open' }, until: ['done'], within: { S1: '5m' } }],
  capture: ['RE'],
  tells: [],
  severity: (): Severity => 'S3',
  can: {},
  intake: {},
  internal: [],
} as const;
const sample = defineKind(base);

/** Never called: only compiled. */
export function declarations(): void {
  // @ts-expect-error a field that the kind does not have, in the title
  defineKind({ ...base, title: ['nothing'] });
  // @ts-expect-error in the facts
  defineKind({ ...base, facts: ['nothing'] });
  // @ts-expect-error as the type field
  defineKind({ ...base, typeField: 'nothing' });
  // @ts-expect-error a status that is not declared, as ended
  defineKind({ ...base, ended: ['closed'] });
  // @ts-expect-error as what a need holds for
  defineKind({ ...base, needs: { closed: ['due'] } });
  // @ts-expect-error a need of a field that is not there
  defineKind({ ...base, needs: { done: ['nothing'] } });
  // @ts-expect-error a verb from a status that is not declared
  defineKind({ ...base, verbs: { go: { label: name, from: ['closed'], to: 'done', by: ['RE'] } } });
  // @ts-expect-error to one
  defineKind({ ...base, verbs: { go: { label: name, from: ['open'], to: 'closed', by: ['RE'] } } });
  // @ts-expect-error by a role that nobody has
  defineKind({ ...base, verbs: { go: { label: name, from: ['open'], to: 'done', by: ['BOSS'] } } });
  // @ts-expect-error that asks for a field that is not there
  defineKind({ ...base, verbs: { go: { label: name, from: ['open'], to: 'done', by: [], asks: ['no'] } } });
  // @ts-expect-error a clock that runs until a status that is not declared
  defineKind({ ...base, clocks: [{ label: name, from: 'received_at', until: ['closed'], within: {} }] });
  // @ts-expect-error one whose time is no time
  defineKind({ ...base, clocks: [{ label: name, from: 'received_at', within: { S1: '5 minutes' } }] });
  // @ts-expect-error a capability on a field that is not there
  defineKind({ ...base, can: { departments: { on: 'finish', by: 'nothing', roles: {} } } });
  const tasks = {
    label: name,
    leads: [],
    while: [],
    ends: [],
    settledBefore: [],
    due: 'time',
    droppedBy: [],
  } as const;
  // @ts-expect-error tasks that a field asks for which is not there
  defineKind({ ...base, can: { tasks: { help: { ...tasks, from: 'nothing' } } } });
  // @ts-expect-error that keep the record out of a status which is not declared
  defineKind({ ...base, can: { tasks: { help: { ...tasks, settledBefore: ['closed'] } } } });
  // @ts-expect-error a key of a chat that leads to no field
  defineKind({ ...base, intake: { qty: 'nothing' } });
  // @ts-expect-error a label in one language
  defineKind({ ...base, label: { zh: '名' } });
}

type Fields = FieldsOf<typeof sample>;

export function values(): void {
  const whole: Fields = { title: 't', kind: 'a' };
  whole.marks = ['x', 'y'];
  whole.places = [{ place: 'here', qty: 1 }];
  // @ts-expect-error a required field is missing
  const lacking: Fields = { title: 't' };
  // @ts-expect-error a choice that there is not
  whole.kind = 'c';
  // @ts-expect-error one of several
  whole.marks = ['z'];
  // @ts-expect-error text for a number
  whole.score = '5';
  // @ts-expect-error one text for a list
  whole.tags = 'one';
  // @ts-expect-error a column that there is not
  whole.places = [{ where: 'here' }];
  // @ts-expect-error a field that there is not
  whole.nothing = 1;
  void lacking;
}

export function records(record: RecordOf<'defect'>): void {
  const mode: RecordFields<'defect'>['mode'] = 'appearance.scratch';
  record.fields.mode = mode;
  // @ts-expect-error no such mode
  record.fields.mode = 'appearance.scratched';
  // @ts-expect-error no such status of a defect
  record.status = 'in_review';
  // @ts-expect-error a field of another kind
  void record.fields.change_type;
  // @ts-expect-error a required field is always there, and is no undefined
  record.fields.location = undefined;
}

test('types are inferred from the declaration', () => {
  holds<Same<Fields['kind'], 'a' | 'b'>>();
  holds<Same<Fields['marks'], ('x' | 'y')[] | undefined>>();
  holds<Same<Fields['score'], number | undefined>>();
  holds<Same<RecordFields<'defect'>['qty_ng'], number>>();
  holds<Same<RecordFields<'escalation'>['ongoing'], boolean>>();
  holds<Same<Extract<RecordStatus<'change_request'>, 'reported'>, never>>();
  holds<Same<Extract<RecordVerb<'defect'>, 'contain' | 'clarify'>, 'contain'>>();
  expect(sample.id).toBe('sample');
});
