/** The few Adaptive Card elements that cards are made of, where a layout cannot hold them because their number varies. */
import type { Element, Tone, View } from './card.ts';
import { xml } from './escape.ts';

export interface Words {
  weight?: 'Bolder';
  size?: 'Small' | 'Medium' | 'Large' | 'ExtraLarge';
  color?: Tone;
  subtle?: boolean;
  spacing?: 'None' | 'Small' | 'Medium';
  align?: 'Left' | 'Center' | 'Right';
  lines?: number;
}

export function words(text: string, look: Words = {}): Element {
  return {
    type: 'TextBlock',
    text,
    wrap: true,
    ...(look.weight ? { weight: look.weight } : {}),
    ...(look.size ? { size: look.size } : {}),
    ...(look.color && look.color !== 'default' ? { color: look.color } : {}),
    ...(look.subtle ? { isSubtle: true } : {}),
    ...(look.spacing ? { spacing: look.spacing } : {}),
    ...(look.align ? { horizontalAlignment: look.align } : {}),
    ...(look.lines ? { maxLines: look.lines } : {}),
  };
}

export const column = (
  width: 'auto' | 'stretch' | number,
  items: Element[],
  more: Element = {},
): Element => ({
  type: 'Column',
  width,
  items,
  ...more,
});

export const columns = (list: Element[], more: Element = {}): Element => ({
  type: 'ColumnSet',
  columns: list,
  ...more,
});

export interface Fact {
  title: string;
  value: string;
}

/** No element at all for no facts: an empty FactSet leaves a gap. */
export const facts = (list: readonly Fact[], more: Element = {}): Element[] =>
  list.length === 0 ? [] : [{ type: 'FactSet', facts: list, ...more }];

/** What a press carries besides its inputs. */
export type PressData = Readonly<
  Record<string, string | number | boolean | Readonly<Record<string, unknown>>>
>;

export interface Button {
  title: string;
  verb: string;
  data: PressData;
  style?: 'positive' | 'destructive' | undefined;
  /** Sends no inputs, so that required ones elsewhere on the card do not hold it up. */
  bare?: boolean;
}

/** Action.Execute, and Action.Submit with the same content for clients that do not know it. */
export function press({ title, verb, data, style, bare }: Button): Element {
  const look = { title, ...(style ? { style } : {}), ...(bare ? { associatedInputs: 'none' } : {}) };
  return {
    type: 'Action.Execute',
    ...look,
    verb,
    data,
    fallback: { type: 'Action.Submit', ...look, data: { verb, ...data } },
  };
}

/** A button that opens a form below it. */
export const opening = (title: string, body: Element[], actions: Element[], style?: string): Element => ({
  type: 'Action.ShowCard',
  title,
  ...(style ? { style } : {}),
  card: { type: 'AdaptiveCard', body, actions },
});

/** A line that shows or hides the elements named, itself included: two of them make a fold. */
export const fold = (id: string, title: string, hidden: boolean, targets: readonly string[]): Element => ({
  type: 'Container',
  id,
  ...(hidden ? { isVisible: false } : {}),
  spacing: 'Medium',
  selectAction: { type: 'Action.ToggleVisibility', title, targetElements: targets },
  items: [words(title, { color: 'accent', weight: 'Bolder' })],
});

/** Elements that are hidden until their line is pressed. No elements, no line. */
export function foldable(id: string, title: string, items: Element[]): Element[] {
  if (items.length === 0) return [];
  const targets = [id, `${id}-open`, `${id}-close`];
  return [
    fold(`${id}-open`, `▸ ${title}`, false, targets),
    fold(`${id}-close`, `▾ ${title}`, true, targets),
    { type: 'Container', id, isVisible: false, spacing: 'Small', items },
  ];
}

/** At most this many people are called by one card. */
const maxMentions = 20;

export function mentionText(view: View): string {
  return (view.mention ?? [])
    .slice(0, maxMentions)
    .map(({ name }) => `<at>${xml(name)}</at>`)
    .join(' ');
}

/** The card's own part for Teams: full width, and who is mentioned. */
export function teams(view: View): Element {
  const people = (view.mention ?? []).slice(0, maxMentions);
  return {
    width: 'Full',
    ...(people.length > 0
      ? {
          entities: people.map(({ id, name }) => ({
            type: 'mention',
            text: `<at>${xml(name)}</at>`,
            mentioned: { id, name },
          })),
        }
      : {}),
  };
}
