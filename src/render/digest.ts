/** The day on one card: large figures, what is late, a chart, then each section. */
import { kindOf } from '../kinds/index.ts';
import type { CaseSection, DailyDigest, DueItem, StopSection } from '../numbers/digest.ts';
import type { Card, Element, Tone, View } from './card.ts';
import { column, columns, press, teams, words } from './elements.ts';
import { plainLine } from './escape.ts';
import { formatClock, formatDate, formatMinutes, formatTime, severityTone, statusWord } from './format.ts';
import { t } from './i18n.ts';
import { disputeWords, figureLines } from './pace.ts';
import { promiseWords } from './promised.ts';
import type { Limits } from './size.ts';
import { fitted } from './size.ts';
import { expand } from './template.ts';
import { digestLine } from './text.ts';

/** Lines in the chart; more would not be read on a phone. */
const maxBars = 6;

export function renderDigest(digest: DailyDigest, view: View): Card {
  return fitted((limits) => draw(digest, view, limits));
}

function draw(digest: DailyDigest, view: View, limits: Limits): Card {
  const { language } = view;
  const { stops, cases } = digest.sections;
  const sum = (pick: (section: CaseSection) => number) =>
    cases.reduce((total, section) => total + pick(section), 0);
  const created = sum((section) => section.created);
  const open = sum((section) => section.open);
  return expand('digest', {
    summary: digestLine(digest, view),
    msteams: teams(view),
    title: t(language, 'digest.daily'),
    date: formatDate(digest.date, view),
    subtitle: subtitleOf(digest, view),
    figures: [
      figure(stops.minutes, t(language, 'digest.stopMinutes'), stops.minutes > 0 ? 'attention' : 'good'),
      figure(created, t(language, 'digest.created'), created > 0 ? 'accent' : 'default'),
      figure(open, t(language, 'digest.open'), open > 0 ? 'warning' : 'good'),
      figure(
        digest.overdue.length,
        t(language, 'digest.overdue'),
        digest.overdue.length > 0 ? 'attention' : 'good',
      ),
    ],
    // What is late comes before everything else.
    overdue:
      digest.overdue.length > 0
        ? section(`🔴 ${t(language, 'digest.overdue')}`, dueRows(digest.overdue, view, limits))
        : [],
    chart: chartOf(stops, view),
    sections: [
      ...section(`🚨 ${t(language, 'digest.stops')}`, stopRows(stops, view, limits)),
      ...cases.flatMap((one) => caseSection(one, view, limits)),
      ...section(`⏰ ${t(language, 'digest.dueToday')}`, dueRows(digest.dueToday, view, limits)),
    ],
    actions: [],
  });
}

function subtitleOf(digest: DailyDigest, view: View): string {
  const { language, site } = view;
  const parts = [
    plainLine(`${site.customer}${site.plant}`),
    t(language, 'digest.generated', { at: formatTime(digest.generatedAt, view) }),
  ];
  if (digest.reports) parts.push(t(language, 'digest.reports', digest.reports));
  if (digest.revised) parts.push(t(language, 'digest.revised'));
  return parts.join(' · ');
}

const figure = (value: number, label: string, tone: Tone): Element =>
  column('stretch', [
    words(String(value), { size: 'ExtraLarge', weight: 'Bolder', color: tone, align: 'Center' }),
    words(label, { size: 'Small', subtle: true, align: 'Center', spacing: 'None' }),
  ]);

const section = (title: string, rows: Element[]): Element[] => [
  {
    type: 'Container',
    separator: true,
    spacing: 'Medium',
    items: [words(title, { weight: 'Bolder' }), ...rows],
  },
];

const nothing = (view: View): Element[] => [
  words(t(view.language, 'word.none'), { subtle: true, spacing: 'Small' }),
];

/** A dot in its colour, what it is about, and in small what else is to be known. */
const dotted = (tone: Tone, text: string, more: readonly string[]): Element =>
  columns(
    [
      column('auto', [words('●', { color: tone, size: 'Small' })]),
      column(
        'stretch',
        [words(text), words(plainLine(more.join(' · ')), { size: 'Small', subtle: true, spacing: 'None' })],
        { spacing: 'Small' },
      ),
    ],
    { spacing: 'Small' },
  );

function capped<T>(items: readonly T[], limits: Limits, view: View, row: (item: T) => Element): Element[] {
  const shown = items.slice(0, Math.min(limits.rows, 5));
  const rest = items.length - shown.length;
  return [
    ...shown.map(row),
    ...(rest > 0
      ? [words(t(view.language, 'digest.more', { count: rest }), { size: 'Small', subtle: true })]
      : []),
  ];
}

function stopRows(stops: StopSection, view: View, limits: Limits): Element[] {
  const { language } = view;
  if (stops.count === 0) return nothing(view);
  return [
    words(
      t(language, 'digest.stopsLine', {
        count: stops.count,
        minutes: formatMinutes(stops.minutes, language),
        ours: formatMinutes(stops.oursMinutes, language),
      }),
      { subtle: true, spacing: 'None' },
    ),
    ...figureLines(stops.figures, view).map((line) =>
      words(line, { size: 'Small', subtle: true, spacing: 'None' }),
    ),
    ...capped(stops.items, limits, view, (item) =>
      dotted(
        item.side === 'ours' ? 'attention' : 'warning',
        `${plainLine(item.line, 60)} · **${formatMinutes(item.minutes, language)}** · ${t(language, `digest.side.${item.side}`)}`,
        [item.id, ...(item.ongoing ? [t(language, 'digest.ongoing')] : []), ...disputeWords(item, view)],
      ),
    ),
  ];
}

function caseSection(cases: CaseSection, view: View, limits: Limits): Element[] {
  const kind = kindOf(cases.kind);
  if (!kind) return [];
  const { language } = view;
  const empty = cases.created + cases.closed + cases.open === 0;
  // The section of stops has said so already.
  if (empty && kind.can.stopwatch) return [];
  const line = t(language, 'digest.caseLine', {
    created: cases.created,
    closed: cases.closed,
    open: cases.open,
  });
  const late = cases.overdue > 0 ? ` · ${t(language, 'digest.caseOverdue', { count: cases.overdue })}` : '';
  const rows = empty
    ? nothing(view)
    : [
        words(`${line}${late}`, { subtle: true, spacing: 'None' }),
        ...promiseWords(cases.promises, view).map((line) =>
          words(line, { size: 'Small', subtle: true, spacing: 'None' }),
        ),
        ...capped(cases.items, limits, view, (item) =>
          dotted(
            item.overdue ? 'attention' : severityTone(item.severity),
            plainLine(item.title[language], 120),
            [statusWord(kind, item.status, language), ...(item.note ? [item.note[language]] : []), item.id],
          ),
        ),
      ];
  return section(`${kind.icon} ${kind.label[language]}`, rows);
}

function dueRows(items: readonly DueItem[], view: View, limits: Limits): Element[] {
  const { language, now } = view;
  if (items.length === 0) return nothing(view);
  return capped(items, limits, view, (item) => {
    const due = Date.parse(item.dueAt);
    const when =
      due <= now
        ? t(language, 'text.overdue', { span: formatMinutes((now - due) / 60_000, language) })
        : formatClock(due, view);
    return {
      type: 'Container',
      spacing: 'Small',
      selectAction: press({ title: item.id, verb: 'show', data: { record: item.id }, bare: true }),
      items: [
        dotted(
          due <= now ? 'attention' : severityTone(item.severity),
          `**${when}** · ${plainLine(item.title[language], 120)}`,
          [item.clock[language], item.id],
        ),
      ],
    };
  });
}

/** Minutes of each line, longest first; for clients that draw no charts the same as bars of columns. */
function chartOf(stops: StopSection, view: View): Element[] {
  const byLine = new Map<string, number>();
  for (const item of stops.items) byLine.set(item.line, (byLine.get(item.line) ?? 0) + item.minutes);
  const bars = [...byLine].sort((a, b) => b[1] - a[1]).slice(0, maxBars);
  // One bar tells nothing that its figure does not.
  if (bars.length < 2) return [];
  const title = t(view.language, 'digest.chart');
  return [
    {
      type: 'Chart.HorizontalBar',
      title,
      colorSet: 'diverging',
      displayMode: 'AbsoluteWithAxis',
      data: bars.map(([line, minutes]) => ({ x: plainLine(line, 40), y: minutes })),
      fallback: {
        type: 'Container',
        spacing: 'Medium',
        items: [words(title, { size: 'Small', subtle: true }), ...barRows(bars, view)],
      },
    },
  ];
}

/** Blocks of the longest bar: what fits beside its label and its figure on a phone. */
const longestBar = 10;

function barRows(bars: readonly (readonly [string, number])[], view: View): Element[] {
  const most = Math.max(1, ...bars.map(([, minutes]) => minutes));
  return bars.map(([line, minutes]) =>
    columns(
      [
        column(30, [words(plainLine(line, 40), { size: 'Small' })]),
        column(50, [
          words('█'.repeat(Math.max(1, Math.round((longestBar * minutes) / most))), {
            size: 'Small',
            color: 'attention',
          }),
        ]),
        column(20, [words(formatMinutes(minutes, view.language), { size: 'Small', align: 'Right' })]),
      ],
      { spacing: 'None' },
    ),
  );
}
