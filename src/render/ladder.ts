/** The ladder in words (capability `ladder`): on the card, in the history, in the post of a promotion. */
import type { AnyKind } from '../kinds/index.ts';
import type { PromotionPayload } from '../records/escalate.ts';
import { climbOf, levelsOf } from '../records/ladder.ts';
import type { Level } from '../records/ladder.ts';
import type { HistoryEntry, RecordDoc } from '../records/record.ts';
import { nextPromotion } from '../records/rungs.ts';
import { isRunning, stopwatchMinutes } from '../records/stopwatch.ts';
import { titleIn } from '../records/title.ts';
import { onCall } from '../site/duty.ts';
import type { Element, View } from './card.ts';
import { mentionText, words } from './elements.ts';
import { plainLine } from './escape.ts';
import { formatClock, formatMinutes, nameList } from './format.ts';
import { t } from './i18n.ts';
import type { Packable } from './form.ts';

/** Names on one line before the rest is counted. */
const maxNames = 4;

const labels = (levels: readonly number[], { language }: View): string =>
  levels.map((level) => `L${level}`).join(t(language, 'word.separator'));

const namesOf = (ids: readonly string[], view: View): string =>
  nameList(
    ids.map((id) => view.names(id)),
    view.language,
    maxNames,
  );

const peopleOf = (level: Level | undefined, view: View, at = view.now): string =>
  namesOf(
    onCall(view.site, level?.roles ?? [], at).map((person) => person.aadObjectId),
    view,
  );

/** How far it has come and whom that called, and what comes next if nothing happens. */
export function ladderBlock(kind: AnyKind, record: RecordDoc, view: View): Element[] {
  const climb = climbOf(kind, record);
  if (!climb || view.viewer?.customer) return [];
  const { language } = view;
  const levels = levelsOf(view.site, record.severity, view.now);
  const items: Element[] = [];
  const last = record.history.findLast((entry) => isPromotion(kind, entry));
  if (climb.reached > 0 && last) {
    const span = formatMinutes((Date.parse(last.at) - climb.start) / 60_000, language);
    const level = t(language, 'ladder.level', {
      level: climb.reached,
      at: formatClock(last.at, view),
      span,
    });
    items.push(
      words(level, { color: 'attention', weight: 'Bolder' }),
      words(plainLine(asSentence(calledWords(last, view))), { spacing: 'None' }),
    );
  }
  const next = nextPromotion(levels, climb);
  if (next) {
    const rung = levels.find(({ level }) => level === next.to);
    const condition = next.to <= climb.untilAnswered ? 'ladder.untilAnswered' : 'ladder.untilOver';
    const said = t(language, 'ladder.next', {
      level: next.to,
      at: formatClock(next.at, view),
      condition: t(language, condition, { names: peopleOf(rung, view, Math.max(next.at, view.now)) }),
    });
    items.push(words(plainLine(said), { size: 'Small', subtle: true, spacing: 'None' }));
  }
  return items.length === 0 ? [] : [{ type: 'Container', spacing: 'Medium', items }];
}

const asSentence = (said: string): string => said.charAt(0).toUpperCase() + said.slice(1);

/** By time, by hand, or because a record that had come further was merged into it. */
const isPromotion = (kind: AnyKind, entry: HistoryEntry): boolean =>
  entry.verb === 'escalate' ||
  kind.verbs[entry.verb]?.climbs === true ||
  (entry.verb === 'absorb' && entry.changes?.some(({ field }) => field === '@level') === true);

const changed = (entry: HistoryEntry, field: string): unknown =>
  entry.changes?.find((change) => change.field === field)?.to;
const listIn = <T>(entry: HistoryEntry, field: string): T[] => {
  const value = changed(entry, field);
  return Array.isArray(value) ? (value as T[]) : [];
};

function calledWords(entry: HistoryEntry, view: View): string {
  const called = listIn<string>(entry, '@called');
  return called.length > 0
    ? t(view.language, 'ladder.called', { names: namesOf(called, view) })
    : t(view.language, 'ladder.nobodyNew');
}

/** `升级到 L2,已通知 …`: a promotion in the history. */
export function promotionWords(kind: AnyKind, entry: HistoryEntry, view: View): string {
  const { language } = view;
  const skipped = listIn<number>(entry, '@skipped');
  const parts = [
    t(language, 'ladder.history', { level: Number(changed(entry, '@level') ?? 0) }),
    ...whyWords(kind, listIn<number>(entry, '@jumps'), view),
    ...silenceWords(changed(entry, '@silence'), view),
    calledWords(entry, view),
    ...(skipped.length > 0 ? [t(language, 'ladder.skipped', { levels: labels(skipped, view) })] : []),
  ];
  const said = parts.join(language === 'zh' ? ',' : ', ');
  return entry.note ? `${said}${t(language, 'history.note', { note: entry.note })}` : said;
}

/** Who was called when the shift changed, in the history. */
export const relievedWords = (entry: HistoryEntry, view: View): string =>
  t(view.language, 'duty.relieved', { names: namesOf(listIn<string>(entry, '@called'), view) });

const whyWords = (kind: AnyKind, jumps: readonly number[], { language }: View): string[] =>
  jumps.flatMap((index) => kind.can.ladder?.jumps[index]?.why[language] ?? []);

/** What a promotion posts: whom it calls, the line, the part, for how long, who has answered. Markdown. */
export function promotionPost(
  kind: AnyKind,
  record: RecordDoc,
  payload: PromotionPayload,
  view: View,
): string {
  const { language } = view;
  const levels = levelsOf(view.site, record.severity, view.now);
  const covered = levels.some(({ level, covered: is }) => level === payload.to && is);
  const together = payload.calls.filter((level) => level !== payload.to);
  const notes = [
    ...whyWords(kind, payload.jumps, view),
    ...silenceWords(payload.silence, view),
    ...(payload.by === undefined
      ? []
      : [
          t(language, 'ladder.byHand', {
            name: view.names(payload.by),
            reason: plainLine(payload.reason ?? '', 200),
          }),
        ]),
    ...(together.length > 0 ? [t(language, 'ladder.also', { levels: labels(together, view) })] : []),
    ...(payload.skipped.length > 0
      ? [
          t(language, covered ? 'ladder.skipped' : 'ladder.topless', {
            levels: labels(payload.skipped, view),
          }),
        ]
      : []),
  ];
  const head = [t(language, 'ladder.head', { level: payload.to }), mentionText(view)];
  return [
    head.filter((one) => one !== '').join(' '),
    caseFacts(kind, record, view).join(' · '),
    ...notes,
  ].join('\n\n');
}

/** The line, for how long, the part, who has answered: what each call says. Markdown. */
export function caseFacts(kind: AnyKind, record: RecordDoc, view: View): string[] {
  const { language } = view;
  const span = formatMinutes(stopwatchMinutes(kind, record.fields, view.now) ?? 0, language);
  const running = isRunning(kind, record.fields);
  const title = titleIn(kind, record.fields, language);
  return [
    plainLine(title, 120),
    t(language, running ? 'ladder.running' : 'ladder.stopped', { span }),
    ...partOf(record, title, view),
    answeredWords(kind, record, view),
    record.id,
  ];
}

const silenceWords = (minutes: unknown, { language }: View): string[] =>
  typeof minutes === 'number'
    ? [t(language, 'ladder.silence', { span: formatMinutes(minutes, language) })]
    : [];

/** The part, as far as the title does not say it. */
function partOf(record: RecordDoc, title: string, { language }: View): string[] {
  const named = [record.fields['part_name'], record.fields['part_no']].filter(
    (value): value is string => typeof value === 'string' && value !== '' && !title.includes(value),
  );
  return named.length > 0 ? [t(language, 'ladder.part', { part: plainLine(named.join(' '), 120) })] : [];
}

function answeredWords(kind: AnyKind, record: RecordDoc, view: View): string {
  const { language } = view;
  const names = answersOf(kind, record).map((entry) => `${entry.by.name} ${formatClock(entry.at, view)}`);
  return names.length > 0
    ? plainLine(t(language, 'ladder.answered', { names: names.join(t(language, 'word.separator')) }))
    : t(language, 'ladder.unanswered');
}

/** Who has taken it on since it began, began again, or lost whoever had. */
export function answersOf(kind: AnyKind, record: RecordDoc): HistoryEntry[] {
  const begun = record.history.findLastIndex(
    (entry) => entry.verb === 'lapse' || kind.verbs[entry.verb]?.reopens,
  );
  return record.history
    .slice(begun + 1)
    .filter(
      (entry) =>
        (kind.verbs[entry.verb]?.takes && entry.to !== undefined) ||
        (entry.verb === 'accept_offer' && kind.can.handover),
    )
    .slice(-3);
}

export const levelsAbove = (record: RecordDoc, { site, now }: View): Level[] =>
  levelsOf(site, record.severity, now).filter(({ level, covered }) => covered && level > (record.level ?? 0));

/** To which level a person sends it. */
export function levelInput(record: RecordDoc, view: View): Packable[] {
  const { language } = view;
  const choices = levelsAbove(record, view).map((one) => ({
    title: t(language, 'ladder.choice', {
      level: one.level,
      span: formatMinutes(one.minutes, language),
      names: peopleOf(one, view),
    }),
    value: String(one.level),
  }));
  const element = {
    type: 'Input.ChoiceSet',
    id: 'level',
    label: t(language, 'ladder.choose'),
    style: 'compact',
    placeholder: t(language, 'action.choose'),
    choices,
  };
  return choices.length > 0 ? [{ element }] : [];
}
