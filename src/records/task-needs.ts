/** A status that is not entered while tasks are open or unverified says which. */
import type { Fault } from '../errors.ts';
import type { AnyKind } from '../kinds/index.ts';
import { text } from '../language.ts';
import type { RecordDoc } from './record.ts';
import { isOpen, sortOf, taskWords, unsettled } from './task.ts';

/** Tasks named before the rest is counted. */
const maxNamed = 3;

export function unsettledFaults(kind: AnyKind, doc: RecordDoc, target: string): Fault[] {
  const tasks = unsettled(kind, doc, target);
  const sort = tasks[0] && sortOf(kind, tasks[0]);
  if (!sort) return [];
  const named = tasks.slice(0, maxNamed).map((task) => ({
    what: taskWords(kind, task),
    state: isOpen(task) ? text('未完成', 'not done') : text('待验证', 'to be verified'),
  }));
  const rest = tasks.length - named.length;
  const zh = named.map(({ what, state }) => `“${what.zh}”${state.zh}`).join('、');
  const en = named.map(({ what, state }) => `"${what.en}" ${state.en}`).join(', ');
  return [
    {
      field: 'task_what',
      label: sort.label,
      what: text(rest > 0 ? `${zh}等${tasks.length}项` : zh, rest > 0 ? `${en} and ${rest} more` : en),
    },
  ];
}
