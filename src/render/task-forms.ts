/** The inputs with which tasks are given and answered. Their ids begin with `task_`. */
import type { TaskSort } from '../kinds/define.ts';
import type { AnyKind } from '../kinds/index.ts';
import type { TaskInput } from '../records/task-inputs.ts';
import { taskField, taskFields } from '../records/task-inputs.ts';
import type { Element, View } from './card.ts';
import { words } from './elements.ts';
import type { Packable } from './form.ts';
import { t } from './i18n.ts';
import { inputOf } from './inputs.ts';

interface Asked {
  required?: boolean;
  value?: unknown;
  /** The record's, for units. */
  facts?: Readonly<Record<string, unknown>>;
}

/** A time may be said as a clock's or as minutes from now. */
export function taskInput(
  kind: AnyKind,
  sort: TaskSort,
  name: TaskInput,
  view: View,
  asked: Asked = {},
): Element {
  const field = taskField(kind, sort, name);
  const hint = field.type === 'datetime' ? { placeholder: t(view.language, 'task.etaHint') } : {};
  return inputOf(name, field, asked.value, view, asked.facts ?? {}, {
    required: asked.required === true,
    open: true,
    ...hint,
  });
}

/** One of our own people; nothing where there is nobody to choose. */
export function peopleInput(
  name: 'task_owner' | 'task_person',
  view: View,
  asked: { required: boolean; without?: string | undefined; limit?: number },
): Element[] {
  const { language } = view;
  const choices = view.site.people
    .filter((person) => person.aadObjectId !== asked.without && person.roles.some((role) => role !== 'CUST'))
    .slice(0, asked.limit ?? 40)
    .map((person) => ({ title: view.names(person.aadObjectId), value: person.aadObjectId }));
  const label = taskFields[name].label[language];
  if (choices.length === 0) return [];
  return [
    {
      type: 'Input.ChoiceSet',
      id: name,
      label,
      style: 'compact',
      placeholder: t(language, 'action.choose'),
      choices,
      ...(asked.required ? { isRequired: true, errorMessage: t(language, 'input.required', { label }) } : {}),
    },
  ];
}

/**
 * The part of a verb's form that gives a task. Obligatory only where the form has that one button: beside another verb,
 * nothing typed is no task.
 */
export function givingInputs(
  kind: AnyKind,
  sortName: string,
  view: View,
  alone: boolean,
  people: number,
): Packable[] {
  const sort = kind.can.tasks?.[sortName];
  if (!sort) return [];
  const plain = (name: TaskInput, required = false): Packable => ({
    element: taskInput(kind, sort, name, view, { required: required && alone }),
    field: taskField(kind, sort, name),
  });
  return [
    ...(alone
      ? []
      : [{ element: words(sort.label[view.language], { weight: 'Bolder', spacing: 'Medium' }) }]),
    plain('task_what', true),
    ...(sort.roles
      ? []
      : peopleInput('task_owner', view, { required: alone, limit: people }).map((element) => ({ element }))),
    plain('task_due', sort.due === 'date'),
    ...(sort.types ? [plain('task_type')] : []),
    ...(sort.roles ? [plain('task_note')] : []),
  ];
}
