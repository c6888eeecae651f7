/**
 * The cards' texts, through i18next. A text without values is looked up once and kept (i18next takes 6 µs a call, a
 * card has fifty of them); one with values is interpolated each time. Values are never interpolated themselves.
 */
import { createInstance } from 'i18next';
import type { Language } from '../language.ts';
import { languages } from '../language.ts';
import { en } from './locales/en.ts';
import { zh } from './locales/zh.ts';

type Stem<K> = K extends `${infer Name}_other` ? Name : K;
export type TextKey = Stem<keyof typeof zh>;
export type TextValues = Readonly<Record<string, string | number>>;

const instance = createInstance();
void instance.init({
  lng: 'zh',
  fallbackLng: false,
  resources: { zh: { translation: zh }, en: { translation: en } },
  initAsync: false,
  keySeparator: false,
  nsSeparator: false,
  // Cards are not HTML; escape.ts knows what they need.
  interpolation: { escapeValue: false, skipOnVariables: true },
  showSupportNotice: false,
});

const translators = {
  zh: instance.getFixedT('zh'),
  en: instance.getFixedT('en'),
} as const satisfies Record<Language, unknown>;

const kept = Object.fromEntries(languages.map((language) => [language, new Map<string, string>()])) as Record<
  Language,
  Map<string, string>
>;

/** One text. With `count` among the values, in the right number. */
export function t(language: Language, key: TextKey, values?: TextValues): string {
  if (values) return translators[language](key, values);
  const known = kept[language].get(key);
  if (known !== undefined) return known;
  const found = translators[language](key);
  kept[language].set(key, found);
  return found;
}
