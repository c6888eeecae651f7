/** How fast a stop was answered and ended: of one on its card, of a day's in the digest. */
import type { AnyKind } from '../kinds/index.ts';
import type { StopItem } from '../numbers/digest.ts';
import type { StopFigures, Sum } from '../numbers/stops-figures.ts';
import { meanMinutes, paceOf, stopSides } from '../numbers/stops-figures.ts';
import type { RecordDoc } from '../records/record.ts';
import { isRunning } from '../records/stopwatch.ts';
import type { Element, View } from './card.ts';
import { words } from './elements.ts';
import { formatMinutes, formatNumber } from './format.ts';
import { t } from './i18n.ts';

/** When it was over: after how many minutes it was answered, reached and restored. */
export function paceBlock(kind: AnyKind, record: RecordDoc, view: View): Element[] {
  if (!kind.can.stopwatch || isRunning(kind, record.fields) || view.viewer?.customer) return [];
  const { language } = view;
  const { answered, arrived, restored } = paceOf(kind, record);
  if (restored === undefined) return [];
  const said = (ms: number | undefined, key: 'pace.answered' | 'pace.arrived' | 'pace.restored') =>
    ms === undefined ? [] : [t(language, key, { span: formatMinutes(ms / 60_000, language) })];
  const parts = [
    ...said(answered, 'pace.answered'),
    ...said(arrived, 'pace.arrived'),
    ...said(restored, 'pace.restored'),
  ];
  return [words(parts.join(' · '), { size: 'Small', subtle: true })];
}

/** `3.5分`, or a dash: of nothing there is no average. */
const mean = (sum: Sum, { language }: View): string => {
  const minutes = meanMinutes(sum);
  return minutes === undefined
    ? '–'
    : t(language, 'pace.minutes', { m: formatNumber(Math.round(minutes * 10) / 10) });
};

/** `MTTA 3.5分（n=5） MTTR 18.8分（n=4）`, then whose minutes, then what it cost, which is for us alone. */
export function figureLines(figures: StopFigures, view: View): string[] {
  const { language } = view;
  const { answered, restored, sides, loss } = figures;
  const separator = t(language, 'word.separator');
  const bySide = stopSides
    .filter((side) => sides[side] >= 60_000)
    .map((side) => `${t(language, `digest.side.${side}`)} ${formatMinutes(sides[side] / 60_000, language)}`);
  return [
    t(language, 'pace.means', {
      mtta: mean(answered, view),
      mttr: mean(restored, view),
      answered: answered.n,
      restored: restored.n,
    }),
    ...(bySide.length > 1 ? [t(language, 'pace.sides', { sides: bySide.join(separator) })] : []),
    ...(loss.n > 0 && !view.viewer?.customer
      ? [t(language, 'pace.loss', { loss: formatNumber(loss.sum), n: loss.n })]
      : []),
  ];
}

/** `我方 26分钟，客户 40分钟` of a stop of a list; nothing where both say the same. */
export function disputeWords({ disputed }: StopItem, { language }: View): string[] {
  if (!disputed) return [];
  return [
    t(language, 'sign.both', {
      ours: formatMinutes(disputed.ours, language),
      theirs: formatMinutes(disputed.customer, language),
    }),
  ];
}
