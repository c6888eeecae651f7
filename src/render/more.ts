/** What can be done with a record at any time, whatever its status. */
import type { AnyKind } from '../kinds/index.ts';
import { assertMayEdit, generalVerbs } from '../records/access.ts';
import type { RecordDoc } from '../records/record.ts';
import type { Element, View } from './card.ts';
import { caseActions } from './cases.ts';
import { nameOrAway } from './duty-rows.ts';
import type { PressData } from './elements.ts';
import { press } from './elements.ts';
import { t } from './i18n.ts';
import { linkingAction } from './links.ts';
import type { Limits } from './size.ts';

/** Comment, assign, edit: what can be done at any time, in one place. Each press takes only its own input. */
export function moreOf(
  kind: AnyKind,
  record: RecordDoc,
  view: View,
  limits: Limits,
  data: PressData,
  aside: readonly Element[],
  extra: readonly Element[],
): { body: Element[]; actions: Element[] } {
  const { language } = view;
  const body: Element[] = [];
  if (may('comment', record, view))
    body.push(
      {
        type: 'Input.Text',
        id: 'comment',
        label: t(language, 'action.comment'),
        placeholder: t(language, 'action.commentHint'),
        isMultiline: true,
        maxLength: 2000,
      },
      {
        type: 'ActionSet',
        actions: [press({ title: generalVerbs.comment[language], verb: 'comment', data })],
      },
    );
  body.push(...aside);
  const offers = kind.can.handover?.during.includes(record.status) === true;
  const people = assignable(view, limits.people).filter((one) => !offers || one.value !== record.owner);
  if (people.length > 0 && may('assign', record, view))
    body.push(
      {
        type: 'Input.ChoiceSet',
        id: 'assignee',
        label: t(language, offers ? 'offer.ask' : 'action.assignee'),
        style: 'compact',
        placeholder: t(language, 'action.choose'),
        choices: people,
        ...(people.some((person) => person.value === record.owner) ? { value: record.owner } : {}),
      },
      {
        type: 'ActionSet',
        actions: [
          press({
            title: offers ? generalVerbs.offer[language] : t(language, 'action.assign'),
            verb: 'assign',
            data,
          }),
        ],
      },
    );
  const actions = [...extra];
  if (may('link', record, view)) actions.push(linkingAction(record, view));
  if (may('comment', record, view))
    actions.push(
      press({
        title: t(language, 'timeline.open'),
        verb: 'timeline',
        data: { record: record.id },
        bare: true,
      }),
    );
  if (may('edit', record, view))
    actions.push(
      press({ title: t(language, 'action.edit'), verb: 'edit', data: { ...data, form: true }, bare: true }),
    );
  actions.push(...caseActions(record, view, data));
  return { body, actions };
}

const assignable = (view: View, limit: number) =>
  view.site.people
    .filter((person) => person.roles.some((role) => role !== 'CUST'))
    .slice(0, limit)
    .map((person) => ({ title: nameOrAway(person.aadObjectId, view), value: person.aadObjectId }));

export function may(verb: 'edit' | 'comment' | 'assign' | 'link', record: RecordDoc, view: View): boolean {
  const { viewer, site } = view;
  if (!viewer) return true;
  const person = site.people.find((one) => one.aadObjectId === viewer.id);
  try {
    assertMayEdit(verb, record, {
      id: viewer.id,
      name: '',
      source: 'card',
      ...(person ? { person } : {}),
    });
    return true;
  } catch {
    return false;
  }
}
