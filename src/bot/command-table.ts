/**
 * What a person can type to the bot besides describing what happened, as data: the help text, the manifest's command
 * lists and the matcher all read it. A command is the whole message, never a word inside one: "停线了" and "I need help
 * with the line stop" are reports.
 */
import { allKinds } from '../kinds/index.ts';
import type { Language, Text } from '../language.ts';
import { text } from '../language.ts';

/** What may follow a command's word. Closed sets are read into a canonical value; anything else is no command. */
export type ArgumentSort = 'none' | 'kind' | 'text' | 'period' | 'language' | 'record';

export interface Command {
  id:
    | 'help'
    | 'mine'
    | 'list'
    | 'search'
    | 'digest'
    | 'duty'
    | 'language'
    | 'notify'
    | 'report'
    | 'record'
    | 'archive';
  /** Words that a person may type; the first of each language is the manifest's title. Lower case. */
  words: Readonly<Record<Language, readonly string[]>>;
  description: Text;
  takes: ArgumentSort;
  /** How the argument is written, for the help text. */
  hint?: Text;
  /** Words that hold their argument already. */
  shortcuts?: Readonly<Record<string, string>>;
  /** The kind that a report is of. */
  kind?: string;
  /** Left out of the app's menu, which holds twelve. */
  menu?: false;
}

/**
 * `argument` is canonical: a kind's id, `day|week|month`, `zh|en`, a record's id in upper case, or the text as typed.
 * Empty where nothing followed the word; `search`, `language` and `record` then have to ask.
 */
export interface CommandMatch {
  id: Command['id'];
  argument: string;
}

const fixed: readonly Command[] = [
  {
    id: 'help',
    words: { zh: ['帮助', '使用帮助', '怎么用'], en: ['help'] },
    description: text('能做什么、怎么说', 'What I can do and how to say it'),
    takes: 'none',
  },
  {
    id: 'mine',
    words: { zh: ['我的待办', '待办', '我的任务'], en: ['my work', 'my tasks', 'todo'] },
    description: text('等您处理的记录，最急的在前', 'Records that wait for you, most urgent first'),
    takes: 'none',
  },
  {
    id: 'list',
    words: { zh: ['列表', '清单'], en: ['list'] },
    description: text(
      '未关闭的记录；可加类别，如“列表 质量问题”',
      'Open records; add a kind to narrow it, such as "list defects"',
    ),
    takes: 'kind',
    hint: text('类别', 'kind'),
  },
  {
    id: 'search',
    words: { zh: ['搜索', '查找'], en: ['search', 'find'] },
    description: text(
      '按零件、车型、批次或任意词查找，如“搜索 线束”',
      'Find by part, model, lot or any word, such as "search harness"',
    ),
    takes: 'text',
    hint: text('关键词', 'words'),
  },
  {
    id: 'digest',
    words: { zh: ['日报'], en: ['digest'] },
    description: text(
      '驻点今天的日报：停线、质量、变更、到期',
      'The day so far at the site: stops, defects, changes, what is due',
    ),
    takes: 'period',
    shortcuts: {
      周报: 'week',
      月报: 'month',
      'daily digest': 'day',
      'weekly digest': 'week',
      'monthly digest': 'month',
    },
  },
  {
    id: 'duty',
    words: {
      zh: ['值班', '值班表', '谁值班', '谁在值班'],
      en: ['duty', 'on duty', 'on call', 'who is on duty'],
    },
    description: text(
      '现在和下一班谁值班；登记不在、换班',
      'Who is on duty now and next; mark yourself away, swap a shift',
    ),
    takes: 'none',
  },
  {
    id: 'language',
    words: { zh: ['语言'], en: ['language'] },
    description: text('切换语言：语言 中文|English', 'Change my language: language 中文|English'),
    takes: 'language',
    hint: text('中文|English', '中文|English'),
    shortcuts: { 中文: 'zh', english: 'en' },
  },
  {
    id: 'notify',
    words: {
      zh: ['提醒', '提醒设置', '免打扰'],
      en: ['notifications', 'notification settings', 'quiet hours'],
    },
    description: text(
      '选择哪些消息单独提醒我，以及免打扰时段',
      'What reaches me in person, and my quiet hours',
    ),
    takes: 'none',
  },
  {
    id: 'record',
    words: { zh: ['查看'], en: ['show', 'open'] },
    description: text(
      '按编号查看记录，如 DEF-20261123-007；只发编号也可以',
      'A record by its id, such as DEF-20261123-007; the id alone will do',
    ),
    takes: 'record',
    hint: text('编号', 'id'),
  },
  {
    id: 'archive',
    words: { zh: ['档案'], en: ['archive'] },
    description: text(
      '有效的档案文件，快到期的在前；把文件发给我即可存档',
      'Valid documents, those that expire soon first; send me a file to archive it',
    ),
    takes: 'none',
    menu: false,
  },
];

const isChinese = (word: string) => /\p{Script=Han}/u.test(word);

/** One for each kind: its word alone asks for an empty form. */
const reports: readonly Command[] = allKinds.map((kind) => ({
  id: 'report',
  kind: kind.id,
  words: wordsOf(kind),
  description: text(`填写一份空白的${kind.label.zh}表`, `An empty form: ${kind.label.en.toLowerCase()}`),
  takes: 'none',
  // It begins with a file, not with an empty form.
  ...(kind.can.archive || kind.can.letter ? { menu: false as const } : {}),
}));

function wordsOf(kind: (typeof allKinds)[number]): Command['words'] {
  const ofLanguage = (label: string, words: readonly string[]) => [
    ...new Set([label.toLowerCase(), ...words]),
  ];
  return {
    zh: ofLanguage(
      kind.label.zh,
      kind.words.filter((word) => isChinese(word)),
    ),
    en: ofLanguage(
      kind.label.en,
      kind.words.filter((word) => !isChinese(word)),
    ),
  };
}

/** Every command, in the order of the help text. */
export const commands: readonly Command[] = [...fixed, ...reports];

/** Those of the app's menu in Teams, in its order. */
export const menuCommands: readonly Command[] = commands.filter(({ menu }) => menu !== false);

/** What people call a kind in a list: its words, in English their plurals too, and the department's own name for it. */
const kindNames = new Map<string, string>([
  ...reports.flatMap(({ words, kind = '' }) =>
    [...words.zh, ...words.en, ...words.en.map((word) => `${word}s`)].map((word) => [word, kind] as const),
  ),
]);

const periodNames = new Map([
  ...['day', 'daily', '日', '天', '今日', '今天'].map((name) => [name, 'day'] as const),
  ...['week', 'weekly', '周', '本周'].map((name) => [name, 'week'] as const),
  ...['month', 'monthly', '月', '本月'].map((name) => [name, 'month'] as const),
]);

const languageNames = new Map([
  ...['中文', '汉语', 'chinese', 'zh'].map((name) => [name, 'zh'] as const),
  ...['英文', '英语', 'english', 'en'].map((name) => [name, 'en'] as const),
]);

const recordId = /^[a-z]{2,4}-\d{8}-\d{3,}$/;

const entries = commands.flatMap((command) =>
  [...command.words.zh, ...command.words.en].map((word) => ({ word, command })),
);
const shortcuts = new Map(
  commands.flatMap((command) =>
    Object.entries(command.shortcuts ?? {}).map(([word, argument]) => [word, { id: command.id, argument }]),
  ),
);

/** The command that a whole message is, if it is one. Case, width, a leading slash and final punctuation do not count. */
export function matchCommand(message: string): CommandMatch | undefined {
  const typed = message
    .normalize('NFKC')
    .trim()
    .replace(/^\//, '')
    .replace(/[\s.。!?…~,、;:]+$/u, '')
    .replace(/\s+/g, ' ')
    .trim();
  const said = typed.toLowerCase();
  if (recordId.test(said)) return { id: 'record', argument: said.toUpperCase() };
  const shortcut = shortcuts.get(said);
  if (shortcut) return shortcut;
  for (const { word, command } of entries) {
    if (!said.startsWith(word)) continue;
    const argument = argumentOf(command, word, typed.slice(word.length));
    if (argument !== undefined) return { id: command.id, argument: command.kind ?? argument };
  }
  return undefined;
}

/** The canonical argument in what follows the word; undefined: the message is not this command. */
function argumentOf(command: Command, word: string, rest: string): string | undefined {
  const given = rest.replace(/^\s*[::]?\s*/, '');
  if (given === '') return '';
  const parted = rest.length > given.length;
  // 列表质量 needs no space, because the whole of it is known; 搜索过了吗 is not a search.
  if (!parted && (command.takes === 'text' || !isChinese(word))) return undefined;
  const name = given.toLowerCase();
  switch (command.takes) {
    case 'none':
      return undefined;
    case 'text':
      return given;
    case 'kind':
      return kindNames.get(name);
    case 'period':
      return periodNames.get(name);
    case 'language':
      return languageNames.get(name);
    case 'record':
      return recordId.test(name) ? name.toUpperCase() : undefined;
  }
}
