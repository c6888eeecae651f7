import { text } from '../language.ts';
import type { Text } from '../language.ts';
import { dailyDigest } from '../numbers/daily.ts';
import { kindOf } from '../kinds/index.ts';
import { assertStaff } from '../records/duty-input.ts';
import { list, mine, search, show } from '../records/find.ts';
import { renderDigest } from '../render/digest.ts';
import { renderDuty } from '../render/duty.ts';
import { renderHelp, renderLanguage } from '../render/help.ts';
import { renderList } from '../render/list.ts';
import { productionDate } from '../site/calendar.ts';
import type { CommandMatch } from './command-table.ts';
import { commands } from './command-table.ts';
import { cardOfCase } from './live-card.ts';
import { open } from './report.ts';
import type { Turn } from './turn.ts';
import { viewOf } from './whose.ts';

/** How many records a list shows at once. */
export const pageSize = 10;

export async function runCommand(turn: Turn, command: CommandMatch): Promise<void> {
  const { context, site, doer, language, reply, message } = turn;
  const view = viewOf(context, site, language, message);
  switch (command.id) {
    case 'help':
      return reply({ card: renderHelp(view, helpLines()) });
    case 'mine':
      return reply({ card: renderList(titles.mine, await mine(context.deps, site, doer, 50), view) });
    case 'list': {
      const filter = { open: true, ...(command.argument ? { kind: command.argument } : {}) };
      const page = await list(context.deps, site, doer, filter, pageSize);
      return reply({
        card: renderList(
          listTitle(command.argument),
          page.records,
          view,
          moreOf(page.next, command.argument),
        ),
      });
    }
    case 'search': {
      if (command.argument === '') return reply({ text: askWords[language] });
      const found = await search(context.deps, site, doer, command.argument, pageSize);
      const title = text(`搜索“${command.argument}”`, `Search "${command.argument}"`);
      return reply({ card: renderList(title, found, view) });
    }
    case 'digest': {
      if (command.argument === 'week' || command.argument === 'month')
        return reply({ text: notYet[language] });
      const date = productionDate(site, context.clock.now());
      const digest = await dailyDigest(context.deps, site, date, context.clock.now());
      return reply({ card: renderDigest(digest, view) });
    }
    case 'duty':
      assertStaff(doer);
      return reply({ card: renderDuty(view) });
    case 'language':
      if (command.argument === '') return reply({ card: renderLanguage(view) });
      return chooseLanguage(turn, command.argument === 'zh' ? 'zh' : 'en');
    case 'record': {
      if (command.argument === '') return reply({ text: askId[language] });
      const record = await show(context.deps, site, doer, command.argument);
      return reply({ card: (await cardOfCase({ context, site }, record, view)).card });
    }
    case 'report': {
      const kind = kindOf(command.argument);
      if (kind) await open(turn, kind, {}, 0, true);
    }
  }
}

async function chooseLanguage(turn: Turn, chosen: 'zh' | 'en'): Promise<void> {
  await turn.context.addresses.setLanguage(turn.doer.id, turn.doer.name, chosen);
  await turn.reply({ text: languageChosen[chosen] });
}

export const languageChosen = text('好的，以后用中文。', 'Done. I will use English from now on.');

export const titles = {
  mine: text('我的待办', 'My work'),
  open: text('未关闭的记录', 'Open records'),
} as const satisfies Record<string, Text>;

export function listTitle(kindId: string): Text {
  const kind = kindOf(kindId);
  return kind ? text(`未关闭 · ${kind.label.zh}`, `Open · ${kind.label.en}`) : titles.open;
}

/** What the button for the next page carries. */
export const moreOf = (next: string | undefined, kind: string): { next?: { after: string; kind: string } } =>
  next === undefined ? {} : { next: { after: next, kind } };

export const helpLines = () =>
  commands.map((command) => ({
    title: text(command.words.zh[0] ?? '', command.words.en[0] ?? ''),
    description: command.description,
    example: text(
      example(command.words.zh[0], command.hint?.zh),
      example(command.words.en[0], command.hint?.en),
    ),
  }));

const example = (word: string | undefined, hint: string | undefined): string =>
  hint ? `${word ?? ''} (${hint})` : (word ?? '');

const askWords = text('要找什么？例如“搜索 线束”。', 'What shall I look for? Such as "search harness".');
const askId = text(
  '请给出编号，例如“查看 DEF-20261123-007”。',
  'Which one? Such as "show DEF-20261123-007".',
);
const notYet = text(
  '周报和月报在班报数据接入后提供；现在可以看“日报”。',
  'Weekly and monthly digests come with the shift reports; "digest" gives the day.',
);
