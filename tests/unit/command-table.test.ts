import fc from 'fast-check';
import { commands, matchCommand } from '../../src/bot/command-table.ts';
import { allKinds } from '../../src/kinds/index.ts';

test.each([
  ['help', 'help', ''],
  ['帮助', 'help', ''],
  ['/help', 'help', ''],
  ['HELP!', 'help', ''],
  ['HELP', 'help', ''],
  ['  帮助。 ', 'help', ''],
  ['怎么用?', 'help', ''],
  ['my work', 'mine', ''],
  ['My   Work', 'mine', ''],
  ['我的待办', 'mine', ''],
  ['list', 'list', ''],
  ['列表', 'list', ''],
  ['list defects', 'list', 'defect'],
  ['list change requests', 'list', 'change_request'],
  ['list everything', undefined, ''],
  ['list changes', 'list', 'change_request'],
  ['list: line stop', 'list', 'escalation'],
  ['列表 质量', 'list', 'defect'],
  ['列表质量问题', 'list', 'defect'],
  ['列表:停线', 'list', 'escalation'],
  ['列表 变更', 'list', 'change_request'],
  ['search 线束', 'search', '线束'],
  ['Search PA66-GF30 Clip', 'search', 'PA66-GF30 Clip'],
  ['搜索 右前门', 'search', '右前门'],
  ['搜索:线束', 'search', '线束'],
  ['search', 'search', ''],
  ['日报', 'digest', ''],
  ['日报 周', 'digest', 'week'],
  ['digest week', 'digest', 'week'],
  ['digest', 'digest', ''],
  ['周报', 'digest', 'week'],
  ['月报。', 'digest', 'month'],
  ['language english', 'language', 'en'],
  ['语言 中文', 'language', 'zh'],
  ['语言英文', 'language', 'en'],
  ['English', 'language', 'en'],
  ['中文', 'language', 'zh'],
  ['defect', 'report', 'defect'],
  ['质量问题', 'report', 'defect'],
  ['Change Request', 'report', 'change_request'],
  ['变更请求', 'report', 'change_request'],
  ['line stop', 'report', 'escalation'],
  ['停线升级', 'report', 'escalation'],
  ['DEF-20261123-007', 'record', 'DEF-20261123-007'],
  ['def-20261123-007', 'record', 'DEF-20261123-007'],
  ['DEF-20261123-007?', 'record', 'DEF-20261123-007'],
  ['show esc-20261123-001', 'record', 'ESC-20261123-001'],
  ['查看 CR-20261118-002', 'record', 'CR-20261118-002'],
  ['查看CR-20261118-002', 'record', 'CR-20261118-002'],
])('%j is %s %j', (message, id, argument) => {
  expect(matchCommand(message)).toEqual(id === undefined ? undefined : { id, argument });
});

test.each([
  '停线了',
  '总装二线停线, 右前门线束断料',
  'I need help with the line stop',
  'help me with line 2, it stopped',
  'the list of parts is wrong',
  'list the missing parts on line 2',
  'listing',
  '列表里没有这个件',
  '搜索过了没有',
  'digest is wrong for Monday',
  '日报数据不对',
  '日报怎么还没来',
  'line stop on B line since 9:40',
  '质量问题:划伤3件',
  'quality is fine today',
  '帮助一下二线',
  '语言不通',
  'language barrier with the customer',
  'DEF-20261123-007 已围堵',
  'DEF-2026-1',
  'show me the harness',
  '我的待办里那个件到了吗',
  '中文标签贴错',
  '',
  '   ',
  '/',
  '?',
])('%j is a message, not a command', (message) => {
  expect(matchCommand(message)).toBeUndefined();
});

test('no word means two commands', () => {
  const words = commands.flatMap(({ words: { zh, en }, shortcuts = {} }) => [
    ...zh,
    ...en,
    ...Object.keys(shortcuts),
  ]);
  expect(words.filter((word, at) => words.indexOf(word) !== at)).toEqual([]);
  expect(words.filter((word) => word !== word.toLowerCase().normalize('NFKC').trim())).toEqual([]);
});

test('every word and shortcut is its own command, however it is dressed', () => {
  const dress = fc.record({
    slash: fc.boolean(),
    upper: fc.boolean(),
    pad: fc.constantFrom('', ' ', '\n', ' '),
    end: fc.constantFrom('', '。', '!', '?', '...', ' !!'),
  });
  for (const command of commands)
    for (const word of [...command.words.zh, ...command.words.en])
      fc.assert(
        fc.property(dress, ({ slash, upper, pad, end }) => {
          const message = `${pad}${slash ? '/' : ''}${upper ? word.toUpperCase() : word}${end}${pad}`;
          expect(matchCommand(message)).toEqual({ id: command.id, argument: command.kind ?? '' });
        }),
        { numRuns: 20 },
      );
});

test('a report of every kind can be asked for, and a list of every kind', () => {
  for (const kind of allKinds)
    for (const word of kind.words) {
      expect(matchCommand(word)).toEqual({ id: 'report', argument: kind.id });
      expect(matchCommand(`list ${word}`)).toEqual({ id: 'list', argument: kind.id });
    }
});

test('a command word inside other words is never a command', () => {
  const words = commands.flatMap(({ words: { zh, en } }) => [...zh, ...en]);
  fc.assert(
    fc.property(
      fc.constantFrom(...words),
      fc.constantFrom('了', '呢', 'x', ' now please', '线 9:40 起'),
      (word, tail) => {
        const found = matchCommand(word + tail);
        if (found) expect(found.id).toBe('search');
      },
    ),
  );
});

test('any text at all is matched without throwing', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (message) => void matchCommand(message)));
});
