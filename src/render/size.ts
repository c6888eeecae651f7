/**
 * A card stays under 25 KB as Teams counts it: UTF-16 bytes of its JSON. One that is too large is drawn again with
 * less in it; never cut through.
 */
import type { Card } from './card.ts';

export const maxBytes = 25_000;

/** How much of everything is drawn. */
export interface Limits {
  /** Characters of a value among the facts, and of a quotation. */
  value: number;
  quote: number;
  /** Facts shown on demand; history entries; people to choose from; rows of a section. */
  details: number;
  history: number;
  people: number;
  rows: number;
  /** Filled inputs of a draft; what is left out stays in the draft as it is. */
  inputs: number;
  /** What can be done at any time stands on a card of its own, a press away. */
  apart: boolean;
  /** A filled input with more characters than this is left out of a form, since a cut value would be saved as it is. */
  prefill: number;
}

const open = { apart: false };
const apart = { apart: true };
const steps: readonly Limits[] = [
  {
    ...open,
    value: 300,
    quote: 600,
    details: 24,
    history: 5,
    people: 40,
    rows: 10,
    inputs: 40,
    prefill: 1000,
  },
  { ...open, value: 140, quote: 300, details: 12, history: 5, people: 20, rows: 8, inputs: 28, prefill: 300 },
  {
    ...apart,
    value: 140,
    quote: 300,
    details: 12,
    history: 5,
    people: 20,
    rows: 8,
    inputs: 28,
    prefill: 300,
  },
  { ...apart, value: 80, quote: 140, details: 6, history: 3, people: 8, rows: 5, inputs: 18, prefill: 100 },
  { ...apart, value: 60, quote: 60, details: 0, history: 2, people: 8, rows: 3, inputs: 10, prefill: 60 },
  { ...apart, value: 40, quote: 60, details: 0, history: 0, people: 0, rows: 3, inputs: 10, prefill: 0 },
];

/** For what is small anyway. */
export const fullLimits: Limits = steps[0]!;

/** UTF-16 bytes of a card as it is sent. */
export const bytesOf = (card: unknown): number => JSON.stringify(card).length * 2;

/** The fullest drawing that fits. */
export function fitted(draw: (limits: Limits) => Card): Card {
  let card: Card = {};
  for (const limits of steps) {
    card = draw(limits);
    if (bytesOf(card) < maxBytes) break;
  }
  return card;
}
