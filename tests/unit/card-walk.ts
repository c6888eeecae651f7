/** Looks through a card's JSON. */

type Node = Record<string, unknown>;
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every object with a `type`, with the fallbacks of others left out unless asked for. */
export function elementsIn(root: unknown, fallbacks = false): Node[] {
  const found: Node[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(visit);
    if (!isNode(value)) return;
    if (typeof value['type'] === 'string') found.push(value);
    for (const [key, inner] of Object.entries(value)) {
      // What a press carries, and Teams' own part, hold no elements.
      if (key === 'data' || key === 'msteams' || (key === 'fallback' && !fallbacks)) continue;
      visit(inner);
    }
  };
  visit(root);
  return found;
}

export const inputsIn = (root: unknown): Node[] =>
  elementsIn(root).filter((element) => String(element['type']).startsWith('Input.'));

export const pressesIn = (root: unknown): Node[] =>
  elementsIn(root).filter((element) => element['type'] === 'Action.Execute');

export const pressOf = (root: unknown, verb: string): Node | undefined =>
  pressesIn(root).find((press) => press['verb'] === verb);

/** Everything that a person reads: texts, titles, labels, placeholders, facts and choices. */
export function textsIn(root: unknown): string[] {
  const found: string[] = [];
  const keys = ['text', 'title', 'label', 'placeholder', 'errorMessage', 'fallbackText', 'value'];
  const visit = (value: unknown, inputs: boolean): void => {
    if (Array.isArray(value)) return value.forEach((inner) => visit(inner, inputs));
    if (!isNode(value)) return;
    const isInput = String(value['type']).startsWith('Input.');
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'data' || key === 'msteams' || key === 'id' || key === 'type') continue;
      // A choice's value, and what an input is filled with, are not texts of ours.
      if (typeof inner === 'string' && keys.includes(key) && !(key === 'value' && (isInput || inputs)))
        found.push(inner);
      visit(inner, key === 'choices');
    }
  };
  visit(root, false);
  return found;
}
