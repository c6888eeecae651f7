/** What the bot can do, its first words, and the choice of language. */
import type { AnyKind } from '../kinds/index.ts';
import { allKinds } from '../kinds/index.ts';
import type { Language, Text } from '../language.ts';
import { languages } from '../language.ts';
import type { Card, Element, View } from './card.ts';
import { press, teams, words } from './elements.ts';
import { t } from './i18n.ts';
import { expand } from './template.ts';

export interface Command {
  title: Text;
  description: Text;
  example: Text;
}

/** Buttons in a row before a phone breaks it badly. */
const maxButtons = 5;

/** The languages' own names: a person must find theirs whatever the card is in. */
const languageNames: Readonly<Record<Language, string>> = { zh: '中文', en: 'English' };

export function renderHelp(view: View, commands: readonly Command[]): Card {
  const { language } = view;
  return card(view, t(language, 'help.title'), t(language, 'help.intro'), commandRows(commands, view), [
    ...newButtons(view),
  ]);
}

/** At most so many of the commands: a greeting that is a manual is not read. */
const maxGreeting = 4;

export function renderWelcome(view: View, commands: readonly Command[]): Card {
  const { language } = view;
  const rows = [
    words(t(language, 'welcome.start'), { weight: 'Bolder', spacing: 'Medium' }),
    ...commandRows(commands.slice(0, maxGreeting), view),
  ];
  return card(view, `👋 ${t(language, 'welcome.title')}`, t(language, 'welcome.intro'), rows, [
    ...newButtons(view).slice(0, 3),
    ...languageButtons(languages.filter((one) => one !== language)),
  ]);
}

/** Both languages on the card, since it is not known which the person reads. */
export function renderLanguage(view: View): Card {
  const both = (key: 'language.title' | 'language.hint') =>
    [view.language, ...languages.filter((one) => one !== view.language)].map((one) => t(one, key));
  return card(
    view,
    both('language.title').join(' / '),
    both('language.hint').join('\n\n'),
    [],
    languageButtons(languages),
  );
}

const card = (view: View, title: string, intro: string, rows: Element[], actions: Element[]): Card =>
  expand('help', { msteams: teams(view), title, intro, rows, actions });

const commandRows = (commands: readonly Command[], view: View): Element[] =>
  commands.map(({ title, description, example }) => {
    const { language } = view;
    return {
      type: 'Container',
      separator: true,
      spacing: 'Small',
      items: [
        words(`**${title[language]}** · ${description[language]}`),
        words(t(language, 'help.example', { example: example[language] }), {
          size: 'Small',
          subtle: true,
          spacing: 'None',
        }),
      ],
    };
  });

/** A label within a sentence: `Line stop` as `line stop`, `8D report` as it is. */
const within = (label: string): string => label.replace(/^[A-Z](?=[a-z])/, (first) => first.toLowerCase());

const mayCapture = (kind: AnyKind, view: View): boolean =>
  !view.viewer || kind.capture.some((role) => view.viewer?.roles.includes(role));

const newButtons = (view: View): Element[] =>
  allKinds
    .filter((kind) => mayCapture(kind, view))
    .slice(0, maxButtons)
    .map((kind) =>
      press({
        title: `${kind.icon} ${t(view.language, 'help.new', { kind: within(kind.label[view.language]) })}`,
        verb: 'new',
        data: { kind: kind.id },
        bare: true,
      }),
    );

const languageButtons = (among: readonly Language[]): Element[] =>
  among.map((one) =>
    press({ title: languageNames[one], verb: 'language', data: { language: one }, bare: true }),
  );
