/** The two languages that every text exists in. */
export type Language = 'zh' | 'en';
export const languages = ['zh', 'en'] as const satisfies readonly Language[];

/** One text in both languages. */
export type Text = Readonly<Record<Language, string>>;

export const text = (zh: string, en: string): Text => ({ zh, en });

/** A client's locale (`zh-CN`, `en-GB`, `de`) as one of ours; undefined where it is neither. */
export function languageOf(locale: string | undefined): Language | undefined {
  const tag = locale?.toLowerCase();
  if (tag?.startsWith('zh')) return 'zh';
  if (tag?.startsWith('en')) return 'en';
  return undefined;
}
