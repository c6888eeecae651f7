/**
 * The cards' texts, through i18next. It finds a text, in the right number, once; what it found is kept, and values are
 * put in here, because i18next takes 6 µs for each and a card has fifty. A value is never read for names itself.
 */
import { createInstance } from 'i18next';
import type { Language } from '../language.ts';
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
  showSupportNotice: false,
});

const translators = {
  zh: instance.getFixedT('zh'),
  en: instance.getFixedT('en'),
} as const satisfies Record<Language, unknown>;

const kept: Readonly<Record<Language, Map<string, string>>> = { zh: new Map(), en: new Map() };

/** One text. With `count` among the values, in the right number. */
export function t(language: Language, key: TextKey, values?: TextValues): string {
  // Chinese has one number; English another one for exactly 1.
  const known = kept[language];
  const form = values?.['count'] === 1 ? `${key} 1` : key;
  let found = known.get(form);
  if (found === undefined) {
    found = translators[language](key, { ...values, skipInterpolation: true });
    known.set(form, found);
  }
  if (!values) return found;
  return found.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => String(values[name] ?? whole));
}
