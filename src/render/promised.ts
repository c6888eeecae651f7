/** Dates that are promises to the customer, on forms and in figures (capability `promised`). */
import type { Verb } from '../kinds/define.ts';
import type { AnyKind } from '../kinds/index.ts';
import type { PromiseFigures } from '../numbers/promises.ts';
import { filled, namesOf } from '../records/needs.ts';
import type { RecordDoc } from '../records/record.ts';
import type { View } from './card.ts';
import { t } from './i18n.ts';

/** A date was promised, and to move it needs a reason. */
export function standsPromised(kind: AnyKind, record: RecordDoc): boolean {
  const date = kind.can.promised?.date;
  return date !== undefined && filled(record.fields[date]);
}

/** The verb is the one that promises: it needs the date itself, whatever its status needs. */
export function givesPromise(kind: AnyKind, verb: Verb): boolean {
  const date = kind.can.promised?.date;
  return date !== undefined && (verb.needs ?? []).some((need) => namesOf(need).includes(date));
}

/** Its form may move a date that was promised, and so takes a reason. */
export const movesPromise = (kind: AnyKind, record: RecordDoc, verb: Verb): boolean =>
  standsPromised(kind, record) && givesPromise(kind, verb);

/** `承诺兑现 2/3（67%） · 改期 1 次`; nothing where no promise fell due and none was moved. */
export function promiseWords(figures: PromiseFigures | undefined, { language }: View): string[] {
  if (!figures) return [];
  const { kept, missed, moved, rate } = figures;
  const words: string[] = [];
  if (kept + missed > 0 || moved > 0)
    words.push(
      t(language, 'promised.rate', {
        kept,
        all: kept + missed,
        rate: rate === null ? t(language, 'promised.none') : `${Math.round(rate * 100)}%`,
      }),
    );
  if (moved > 0) words.push(t(language, 'promised.moved', { times: moved }));
  return words;
}
