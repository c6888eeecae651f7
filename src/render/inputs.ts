/** A field as the input that asks for it. Its id is the field's name. */
import type { Severity } from '../kinds/define.ts';
import { severities } from '../kinds/define.ts';
import type { ChoiceField, Field } from '../kinds/fields.ts';
import type { Element, View } from './card.ts';
import { choiceLabel, severityWord, typedTime, typedValue, unitOf } from './format.ts';
import { t } from './i18n.ts';

export interface Asked {
  required?: boolean;
  /** Few choices stand open, so that one tap answers. */
  open?: boolean;
  /** Said after the label: what stood there before, for which button it is obligatory. */
  note?: string;
  placeholder?: string;
}

/** Up to so many choices may stand open. */
const maxOpen = 4;

export function inputOf(
  name: string,
  field: Field,
  value: unknown,
  view: View,
  facts: Readonly<Record<string, unknown>>,
  asked: Asked = {},
): Element {
  const { language } = view;
  const unit = unitOf(field, facts, language);
  const label = `${field.label[language]}${inBrackets(unit, view)}${inBrackets(asked.note ?? '', view)}`;
  const typed = typedValue(field, value, view);
  return {
    ...body(field, typed, view, asked),
    id: name,
    label,
    ...(typed === '' ? {} : { value: typed }),
    ...(asked.required
      ? {
          isRequired: true,
          errorMessage: t(language, 'input.required', { label: field.label[language] }),
        }
      : {}),
  };
}

const inBrackets = (text: string, { language }: View): string =>
  text === '' ? '' : `${t(language, 'word.open')}${text}${t(language, 'word.close')}`;

function body(field: Field, typed: string | number, view: View, asked: Asked): Element {
  const hint = asked.placeholder ?? field.hint?.[view.language];
  const placeholder = hint === undefined ? {} : { placeholder: hint };
  switch (field.type) {
    case 'int':
    case 'num':
      return {
        type: 'Input.Number',
        ...placeholder,
        ...(field.min === undefined ? {} : { min: field.min }),
        ...(field.max === undefined ? {} : { max: field.max }),
      };
    case 'date':
      return { type: 'Input.Date' };
    case 'datetime':
      return {
        type: 'Input.Text',
        maxLength: 40,
        placeholder:
          hint ??
          t(view.language, 'action.timeHint', { at: typedTime(new Date(view.now).toISOString(), view) }),
      };
    case 'bool':
      return choiceSet(
        [
          { title: t(view.language, 'word.yes'), value: 'true' },
          { title: t(view.language, 'word.no'), value: 'false' },
        ],
        view,
        asked,
      );
    case 'choice':
      return {
        ...choiceSet(choicesOf(field, view), view, asked),
        ...(field.multiple ? { isMultiSelect: true } : {}),
      };
    case 'list':
    case 'rows':
      return { type: 'Input.Text', isMultiline: true, ...placeholder };
    case 'text':
      return {
        type: 'Input.Text',
        ...(field.multiline ? { isMultiline: true } : {}),
        // A longer value that is there already must not be cut by the client.
        maxLength: Math.max(field.max ?? 500, String(typed).length),
        ...placeholder,
      };
  }
}

const choicesOf = (field: ChoiceField, view: View) =>
  Object.keys(field.choices).map((value) => ({ title: choiceLabel(field, value, view.language), value }));

function choiceSet(choices: readonly { title: string; value: string }[], view: View, asked: Asked): Element {
  const open = asked.open && choices.length <= maxOpen;
  return {
    type: 'Input.ChoiceSet',
    choices,
    ...(open ? { style: 'expanded' } : { style: 'compact', placeholder: t(view.language, 'action.choose') }),
  };
}

/** The severity to choose from `among`; the present one is chosen. */
export const severityInput = (
  present: Severity,
  among: readonly Severity[],
  label: string,
  view: View,
): Element => ({
  type: 'Input.ChoiceSet',
  id: 'severity',
  label,
  style: 'compact',
  value: present,
  choices: among.map((one) => ({ title: severityWord(one, view.language), value: one })),
});

/** As grave as computed, or graver. */
export const atLeast = (computed: Severity): readonly Severity[] =>
  severities.slice(0, severities.indexOf(computed) + 1);

export const reasonInput = (view: View, required: boolean, note = ''): Element => ({
  type: 'Input.Text',
  id: 'reason',
  label: `${t(view.language, 'action.reason')}${inBrackets(note, view)}`,
  isMultiline: true,
  maxLength: 500,
  placeholder: t(view.language, 'action.reasonHint'),
  ...(required
    ? {
        isRequired: true,
        errorMessage: t(view.language, 'input.required', { label: t(view.language, 'action.reason') }),
      }
    : {}),
});
