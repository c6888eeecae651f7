/** Parts of a record's card that a kind's capabilities call for, and those that every record has. */
import type { AnyKind } from '../kinds/index.ts';
import { generalVerbs } from '../records/access.ts';
import { runningClocks } from '../records/clocks.ts';
import { filled } from '../records/needs.ts';
import type { RecordDoc } from '../records/record.ts';
import { isRunning, stopwatchMinutes } from '../records/stopwatch.ts';
import type { Element, Tone, View } from './card.ts';
import { awaitsCustomer } from './countersign.ts';
import { column, columns, words } from './elements.ts';
import { plain, plainLine } from './escape.ts';
import {
  formatClock,
  formatMinutes,
  formatNumber,
  formatTime,
  formatValue,
  nameList,
  statusWord,
  unitOf,
} from './format.ts';
import { historyWords } from './history.ts';
import { t } from './i18n.ts';
import { answersOf } from './ladder.ts';
import type { Limits } from './size.ts';
import { nextStep, whoMay } from './steps.ts';
import { expand } from './template.ts';

const MINUTE = 60_000;
/** Clocks shown: the nearest, overdue first. */
const maxClocks = 2;

/** What is next, who must do it, and by when. Nothing on an ended record. */
export function nextBlock(kind: AnyKind, record: RecordDoc, view: View): Element[] {
  const next = nextStep(kind, record, view.viewer);
  // The customer's next step is their answer; ours is our affair then.
  if (!next || !record.open || (view.viewer?.customer && awaitsCustomer(record))) return [];
  const { language } = view;
  const colon = t(language, 'word.colon');
  return [
    expand('next', {
      label: t(language, 'record.next'),
      colon,
      verb: next.verb.label[language],
      who: ` · ${plainLine(whoMay(kind, next.name, next.verb, record, view))}`,
      clocks: view.viewer?.customer ? [] : clockLines(kind, record, view),
    }),
  ];
}

function clockLines(kind: AnyKind, record: RecordDoc, view: View): Element[] {
  const { language, now } = view;
  return runningClocks(kind, record, view.site)
    .slice(0, maxClocks)
    .map(({ rule, due }) => {
      const what = rule.label[language];
      const at = formatClock(due, view);
      if (due > now) return words(t(language, 'record.due', { what, at }), { spacing: 'None', subtle: true });
      const span = formatMinutes((now - due) / MINUTE, language);
      return words(t(language, 'record.overdue', { what, at, span }), {
        spacing: 'None',
        color: 'attention',
        weight: 'Bolder',
      });
    });
}

/** Before and after, side by side (capability `compare`). */
export function compareBlock(kind: AnyKind, record: RecordDoc, view: View, limits: Limits): Element[] {
  const compare = kind.can.compare;
  if (!compare) return [];
  const { language } = view;
  const { fields } = record;
  const value = (name: string) => {
    const field = kind.fields[name];
    return field ? plainLine(formatValue(field, fields[name], view, fields), limits.value) : '';
  };
  const delta = fields[compare.delta];
  const hasValues = filled(fields[compare.from]) || filled(fields[compare.to]);
  if (!hasValues && typeof delta !== 'number') return [];
  const missing = t(language, 'record.unchanged');
  return [
    expand('compare', {
      label: compare.label[language],
      hasValues,
      beforeLabel: t(language, 'record.before'),
      before: value(compare.from) || missing,
      afterLabel: t(language, 'record.after'),
      after: value(compare.to) || missing,
      hasDelta: typeof delta === 'number',
      delta: typeof delta === 'number' ? signed(delta, kind, compare.delta, fields, view) : '',
      deltaTone: typeof delta === 'number' && delta < 0 ? 'warning' : 'accent',
    }),
  ];
}

function signed(
  delta: number,
  kind: AnyKind,
  name: string,
  fields: Readonly<Record<string, unknown>>,
  view: View,
): string {
  const field = kind.fields[name];
  const unit = field ? unitOf(field, fields, view.language) : '';
  // U+2212: a hyphen at the start of a text would be a list.
  const number = `${delta < 0 ? '\u2212' : '+'}${formatNumber(Math.abs(delta))}`;
  return `${number} ${unit}`.trimEnd();
}

/** The running or final time, large (capability `stopwatch`). */
export function stopwatchBlock(kind: AnyKind, record: RecordDoc, view: View): Element[] {
  const watch = kind.can.stopwatch;
  const minutes = stopwatchMinutes(kind, record.fields, view.now);
  if (!watch || minutes === undefined) return [];
  const { language } = view;
  const running = isRunning(kind, record.fields) && record.open;
  const from = formatClock(String(record.fields[watch.from]), view);
  const end = watch.to.map((name) => record.fields[name]).find((value) => typeof value === 'string');
  const span = running
    ? t(language, 'live.running', { at: from })
    : typeof end === 'string'
      ? t(language, 'live.restored', { from, to: formatClock(end, view) })
      : record.open
        ? t(language, 'live.ended', { at: from })
        : `${from} · ${statusWord(kind, record.status, language)}`;
  return [
    expand('live', {
      figure: formatNumber(minutes),
      tone: running ? 'attention' : typeof end === 'string' || record.open ? 'good' : 'default',
      unit: t(language, 'live.minutes'),
      span,
      asOf: [
        ...reportedLate(record, String(record.fields[watch.from]), view),
        ...(running
          ? [
              words(t(language, 'live.asOf', { at: formatTime(view.now, view) }), {
                size: 'Small',
                subtle: true,
                spacing: 'None',
              }),
            ]
          : []),
      ],
    }),
  ];
}

/** When it was reported, where that was not when it began. */
function reportedLate(record: RecordDoc, start: string, view: View): Element[] {
  const received = record.fields['received_at'];
  const at = typeof received === 'string' ? received : record.createdAt;
  const late = (Date.parse(at) - Date.parse(start)) / MINUTE;
  if (late <= 1 || view.viewer?.customer) return [];
  const said = t(view.language, 'live.reported', {
    at: formatClock(at, view),
    span: formatMinutes(late, view.language),
  });
  return [words(said, { size: 'Small', subtle: true, spacing: 'None' })];
}

/** The colour of the header: how grave while it is open; with a stopwatch, whether the time still runs. */
export function headerTone(kind: AnyKind, record: RecordDoc): Tone | 'emphasis' {
  if (kind.can.stopwatch && filled(record.fields[kind.can.stopwatch.from])) {
    if (isRunning(kind, record.fields) && record.open) return 'attention';
    return record.status === Object.keys(kind.statuses)[0] || record.open ? 'good' : 'emphasis';
  }
  if (!record.open) return 'emphasis';
  if (record.severity === 'S1') return 'attention';
  if (record.severity === 'S2') return 'warning';
  return record.severity === 'S3' ? 'accent' : 'emphasis';
}

/** Whom the record has called, and who has answered when (capability `stopwatch`). */
export function responseBlock(kind: AnyKind, record: RecordDoc, view: View): Element[] {
  if (!kind.can.stopwatch || !record.open || view.viewer?.customer) return [];
  const { language } = view;
  const called = record.notified.map((id) => view.names(id));
  const answers = answersOf(kind, record).map(
    (entry) => `${formatClock(entry.at, view)} ${entry.by.name} ${historyWordsShort(kind, entry.verb, view)}`,
  );
  const calledTitle =
    called.length > 0
      ? t(language, 'live.called', { count: called.length })
      : t(language, 'live.nobodyCalled');
  return [
    columns(
      [
        column('stretch', [
          words(calledTitle, { size: 'Small', subtle: true }),
          ...(called.length > 0
            ? [words(plainLine(nameList(called, language, 6)), { spacing: 'None' })]
            : []),
        ]),
        column('stretch', [
          words(t(language, 'live.answered'), { size: 'Small', subtle: true }),
          ...(answers.length > 0
            ? answers.map((line) => words(plainLine(line), { spacing: 'None', color: 'good' }))
            : [words(t(language, 'live.nobody'), { spacing: 'None', color: 'attention', weight: 'Bolder' })]),
        ]),
      ],
      { spacing: 'Medium' },
    ),
  ];
}

const historyWordsShort = (kind: AnyKind, verb: string, view: View): string =>
  (kind.verbs[verb]?.label ?? generalVerbs.accept_offer)[view.language];

/** What was captured at once and is not known yet (capability `instant`). */
export function missingBlock(kind: AnyKind, record: RecordDoc, view: View): Element[] {
  if (kind.can.stopwatch && !isRunning(kind, record.fields)) return [];
  const asks = kind.can.instant?.asks ?? [];
  const labels = asks
    .filter((name) => !filled(record.fields[name]) || record.fields[name] === 'unknown')
    .map((name) => kind.fields[name]?.label[view.language] ?? name);
  if (labels.length === 0 || !record.open || view.viewer?.customer) return [];
  const { language } = view;
  const list = labels.join(t(language, 'word.separator'));
  return [words(`${t(language, 'live.missing')}${t(language, 'word.colon')}${list}`, { color: 'warning' })];
}

/** The last entries, newest first. */
export function historyBlock(kind: AnyKind, record: RecordDoc, view: View, limit: number): Element[] {
  if (limit === 0) return [];
  return record.history
    .slice(-limit)
    .reverse()
    .map((entry) => {
      const who = entry.by.id === 'bot' ? t(view.language, 'history.bot') : entry.by.name;
      const line = `${formatClock(entry.at, view)} ${who} ${historyWords(kind, record, entry, view)}`;
      return words(plain(line), { size: 'Small', spacing: 'Small' });
    });
}
