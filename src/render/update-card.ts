/** The owner is asked for a word on how it goes (capability `updates`). */
import { iso } from '../clock.ts';
import type { Field } from '../kinds/fields.ts';
import type { AnyKind } from '../kinds/index.ts';
import { kindOf } from '../kinds/index.ts';
import { isClimbing } from '../records/ladder.ts';
import { promiseOf } from '../records/promises.ts';
import type { RecordDoc } from '../records/record.ts';
import { stopwatchMinutes } from '../records/stopwatch.ts';
import { titleIn } from '../records/title.ts';
import type { UpdateDue } from '../records/updates.ts';
import { awaitsUpdate, lastUpdate, updateOf } from '../records/updates.ts';
import { stepButton } from './actions.ts';
import type { Card, Element, View } from './card.ts';
import type { PressData } from './elements.ts';
import { press, words } from './elements.ts';
import { cut, plainLine } from './escape.ts';
import { formCard } from './form.ts';
import { formatClock, formatMinutes, typedTime } from './format.ts';
import { t } from './i18n.ts';
import { levelsAbove } from './ladder.ts';
import { renderNotice } from './notice.ts';
import type { Limits } from './size.ts';
import { fitted } from './size.ts';
import { lastWords } from './update.ts';

type Rule = NonNullable<AnyKind['can']['updates']>;

const MINUTE = 60_000;
/** Minutes that one tap puts the expected time off by. */
const putOffs = [15, 30];

/**
 * The owner is asked how it goes: one tap, or a few words. Also the reminder of a promise that lapses, where that is
 * nearer, and what follows a word that did not come. Once answered, or no longer owed, it says so.
 */
export function renderUpdate(record: RecordDoc, view: View): Card {
  const kind = kindOf(record.kind);
  const rule = kind?.can.updates;
  if (!kind || !rule) throw new Error(`${record.kind} owes no word on how it goes`);
  const update = updateOf(kind, record, view.site);
  const promise = promiseOf(kind, record, view.site);
  if (!update || !awaitsUpdate(record, update, promise, view.viewer?.id)) return settled(kind, record, view);
  const { language } = view;
  const minutes = stopwatchMinutes(kind, record.fields, view.now);
  const span =
    minutes === undefined ? [] : [t(language, 'text.running', { span: formatMinutes(minutes, language) })];
  const reminded = promise !== undefined && record.reminded === iso(promise.lapsesAt);
  // Asked again, it is the next time that counts.
  const isMissed = record.missed !== undefined && record.asked !== iso(update.due);
  const why = [
    ...(isMissed ? [missedWords(record, update, view)] : []),
    ...(reminded ? [t(language, 'promise.ask', { at: formatClock(promise.lapsesAt, view) })] : []),
    ...(isMissed || reminded
      ? []
      : [
          t(language, canClimb(kind, record, view) ? 'update.byOrUp' : 'update.by', {
            at: formatClock(update.due, view),
          }),
        ]),
  ];
  const title = t(language, reminded ? 'promise.reminder' : isMissed ? 'update.missed' : 'update.ask', {
    id: record.id,
  });
  return fitted((limits) =>
    formCard(
      {
        icon: '📍',
        title,
        intro: plainLine([titleIn(kind, record.fields, language), ...span].join(' · '), 160),
        summary: `${title} ${why.join(' ')}`,
        severity: record.severity,
        sections: [
          ...(isMissed && !lastUpdate(kind, record)
            ? []
            : [words(plainLine(lastWords(kind, record, view), 400))]),
          ...why.map((one) => words(one, isMissed || reminded ? { color: 'warning' } : {})),
        ],
        actions: answers(kind, rule, record, view, limits),
      },
      view,
    ),
  );
}

const canClimb = (kind: AnyKind, record: RecordDoc, view: View): boolean =>
  isClimbing(kind, record) && levelsAbove(record, view).length > 0;

/** What followed from the silence. */
function missedWords(record: RecordDoc, update: UpdateDue, view: View): string {
  const { language } = view;
  const up = record.history.findLast(
    (one) => one.at === record.missed && one.changes?.some(({ field }) => field === '@silence'),
  );
  const level = up && record.level;
  const span = formatMinutes((view.now - update.since) / MINUTE, language);
  return level === undefined
    ? t(language, 'update.missedWhy', { span })
    : t(language, 'update.missedUp', { span, level });
}

/** One tap where that is enough; else a few words, or help. */
function answers(kind: AnyKind, rule: Rule, record: RecordDoc, view: View, limits: Limits): Element[] {
  const { language, now } = view;
  const data: PressData = { record: record.id, rev: record.rev, form: 'update' };
  const codes = codesOf(kind.fields[rule.says]);
  const eta = record.fields[rule.eta];
  const ahead = typeof eta === 'string' && Date.parse(eta) > now ? Date.parse(eta) : undefined;
  const tap = (title: string, code: string | undefined, until?: number, style?: 'positive'): Element =>
    press({
      title,
      verb: rule.verb,
      data: {
        ...data,
        [rule.says]: code ?? title,
        ...(until === undefined ? {} : { [rule.eta]: typedTime(new Date(until).toISOString(), view) }),
      },
      style,
      bare: true,
    });
  const later = putOffs.map((minutes) => {
    const until = (ahead ?? now) + minutes * MINUTE;
    const at = formatClock(until, view);
    return ahead === undefined
      ? tap(t(language, 'update.about', { at }), codes['working']?.[language], until)
      : tap(t(language, 'update.until', { at }), codes['longer']?.[language], until);
  });
  return [
    ...(ahead === undefined
      ? []
      : [
          tap(
            t(language, 'update.onTrack', { at: formatClock(ahead, view) }),
            codes['on_track']?.[language],
            undefined,
            'positive',
          ),
        ]),
    ...later,
    ...stepButton((name) => name === rule.verb, kind, record, view, limits, data),
    ...stepButton((_, verb) => verb.climbs === true, kind, record, view, limits, data),
  ];
}

const codesOf = (field: Field | undefined) => (field?.type === 'text' ? (field.codes ?? {}) : {});

/** What became of the question. */
function settled(kind: AnyKind, record: RecordDoc, view: View): Card {
  const { language } = view;
  const last = lastUpdate(kind, record);
  const owns = record.owner === view.viewer?.id && record.open;
  const given = last !== undefined && owns;
  return renderNotice(view, {
    title: t(language, given ? 'update.thanks' : 'update.over', { id: record.id }),
    text: given
      ? cut(lastWords(kind, record, view), 400)
      : t(language, owns ? 'update.overWhy' : 'update.notYours'),
    tone: given ? 'good' : 'default',
    record,
  });
}
