/** What a Teams client does with an Adaptive Card when somebody presses a button. */

export type Card = Record<string, unknown>;
type Node = Record<string, unknown>;

export interface Button {
  action: Node;
  data: Record<string, unknown>;
  /** Inputs that the client sends along: the card's, and those of every ShowCard around the button. */
  inputs: Node[];
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Inputs of one card, without those inside its ShowCards. */
function inputsOf(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(inputsOf);
  if (!isNode(value) || value['type'] === 'Action.ShowCard') return [];
  const own =
    String(value['type'] ?? '').startsWith('Input.') && typeof value['id'] === 'string' ? [value] : [];
  return [...own, ...Object.entries(value).flatMap(([key, each]) => (key === 'data' ? [] : inputsOf(each)))];
}

/** Every button of a card: in its body, its action sets, its ShowCards, and what can be tapped. */
export function buttons(card: Card, around: Node[] = []): Button[] {
  const inputs = [...around, ...inputsOf(card)];
  const found: Button[] = [];
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(walk);
    if (!isNode(value)) return;
    const { type } = value;
    if (type === 'Action.ShowCard' && isNode(value['card'])) {
      found.push(...buttons(value['card'], inputs));
      return;
    }
    if (type === 'Action.Execute' || type === 'Action.Submit') {
      const data = isNode(value['data']) ? value['data'] : {};
      found.push({ action: value, data, inputs: value['associatedInputs'] === 'none' ? [] : inputs });
      return;
    }
    for (const [key, each] of Object.entries(value)) if (key !== 'fallback' && key !== 'refresh') walk(each);
  };
  walk(card);
  return found;
}

const matches = (data: Node, where: Node): boolean =>
  Object.entries(where).every(([key, value]) => JSON.stringify(data[key]) === JSON.stringify(value));

/** The button with a verb. @throws with what is there, if it is not */
export function button(card: Card, verb: string, where: Node = {}): Button {
  const all = buttons(card);
  const found = all.filter((each) => verbOf(each) === verb && matches(each.data, where));
  if (found.length === 0) {
    const there = all.map((each) => `${verbOf(each)} ${JSON.stringify(each.data)}`).join(', ');
    throw new Error(`the card has no button "${verb}"; it has: ${there || 'none'}`);
  }
  return found[0]!;
}

export const offers = (card: Card | undefined, verb: string): boolean =>
  card !== undefined && buttons(card).some((each) => verbOf(each) === verb);

const verbOf = (each: Button): unknown => each.action['verb'] ?? each.data['verb'];

/** What the client sends for a press: the action's data, with the inputs merged in as they stand or as filled in. */
export function pressed(target: Button, filled: Record<string, unknown>): Record<string, unknown> {
  const data: Record<string, unknown> = { ...target.data };
  const names = new Set(target.inputs.map((input) => input['id']));
  for (const input of target.inputs) {
    const value = input['value'];
    if (value !== undefined && value !== '') data[input['id'] as string] = value;
  }
  for (const [name, value] of Object.entries(filled)) {
    if (!names.has(name)) {
      throw new Error(`the card has no input "${name}"; it has: ${[...names].join(', ') || 'none'}`);
    }
    data[name] = value;
  }
  return data;
}
