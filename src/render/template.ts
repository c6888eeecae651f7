/**
 * The layouts in cards/, each compiled when first used and kept: compiling parses every expression (about 1 ms each),
 * expanding does not. The engine itself loads with the first card, because it takes 0.3 s and the operator's commands
 * draw none. Data goes in once and comes out as it is: an expanded card must never be expanded again, since text of a
 * person's would then be read as expressions.
 */
import { createRequire } from 'node:module';
import compare from '../../cards/compare.json' with { type: 'json' };
import digest from '../../cards/digest.json' with { type: 'json' };
import duty from '../../cards/duty.json' with { type: 'json' };
import form from '../../cards/form.json' with { type: 'json' };
import header from '../../cards/header.json' with { type: 'json' };
import help from '../../cards/help.json' with { type: 'json' };
import list from '../../cards/list.json' with { type: 'json' };
import live from '../../cards/live.json' with { type: 'json' };
import next from '../../cards/next.json' with { type: 'json' };
import notice from '../../cards/notice.json' with { type: 'json' };
import record from '../../cards/record.json' with { type: 'json' };
import type { Element } from './card.ts';

const layouts = { compare, digest, duty, form, header, help, list, live, next, notice, record } as const;
export type Layout = keyof typeof layouts;

/** Values that expressions may name. Absent ones are '' or []: the engine prints or throws on anything less. */
export type Data = Readonly<Record<string, string | number | boolean | readonly Element[] | Element>>;

/** The part of adaptivecards-templating that is used: its own types pull in sources that our compiler settings refuse. */
interface Template {
  expand(context: { $root: unknown }): unknown;
}
interface Engine {
  Template: new (layout: unknown) => Template;
}

const compiled = new Map<Layout, Template>();
let engine: Engine | undefined;

function templateOf(name: Layout): Template {
  let template = compiled.get(name);
  if (!template) {
    engine ??= createRequire(import.meta.url)('adaptivecards-templating') as Engine;
    template = new engine.Template(layouts[name]);
    compiled.set(name, template);
  }
  return template;
}

/** Loads the engine and compiles every layout, so that nobody's first card waits for it. */
export function warmUp(): void {
  for (const name of Object.keys(layouts) as Layout[]) templateOf(name);
}

/** A layout with its data: a card, or for a part of one its element. */
export function expand(name: Layout, data: Data): Element {
  return templateOf(name).expand({ $root: data }) as Element;
}
