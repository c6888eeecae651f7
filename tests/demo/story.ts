/**
 * A working day at the demo plant, step by step. Each step does what a person does and waits for what must come of
 * it; the hours are the story's, the bot's clock is the real one.
 */
import { offers } from '../fakes/cards.ts';
import type { Shown } from './board.ts';
import { summary } from './board.ts';
import type { Cast, Pressed, Said } from './cast.ts';
import type { Stage } from './stage.ts';

export interface Step {
  /** The story's hour. */
  at: string;
  /** What is done, as a reader of the terminal sees it. */
  does: string;
  /** @returns what came of it @throws Error if it is not what should have come */
  run(): Promise<string>;
}

const general = '19:hefei-general@thread.tacv2';
const quality = '19:hefei-quality@thread.tacv2';

export function story({ board }: Stage, cast: Cast): readonly Step[] {
  const lin = cast.person('林晓');
  const chen = cast.person('陈伟');
  const zhou = cast.person('周敏');
  const zhao = cast.person('赵磊');
  const gary = cast.person('Gary Wang 王建国');
  const sarah = cast.person('Sarah Keller');

  // What a step leaves for those after it.
  const found: Record<
    'stop' | 'question' | 'draft' | 'defect' | 'changeDraft' | 'change',
    Shown | undefined
  > = {
    stop: undefined,
    question: undefined,
    draft: undefined,
    defect: undefined,
    changeDraft: undefined,
    change: undefined,
  };
  const the = (name: keyof typeof found): Shown => {
    const shown = found[name];
    if (!shown) throw new Error(`there is no ${name} to go on with`);
    return shown;
  };
  const idOf = (name: keyof typeof found): string => /[A-Z]+-\d{8}-\d+/.exec(summary(the(name)))?.[0] ?? '';

  /** The card with this button that comes after something was said or pressed. */
  const cardWith = (
    what: string,
    since: number,
    verb: string,
    fits: (shown: Shown) => boolean = () => true,
  ) => board.next(what, since, (shown) => offers(shown.card, verb) && fits(shown));
  const shows = (what: string, { conversation, since }: Said, words: string): Promise<Shown> =>
    board.next(what, since, (shown) => shown.conversation === conversation && holds(shown, words));
  const sent = async (answer: Promise<Pressed>, words: string): Promise<string> => {
    const given = await answer;
    if (given.refused || !summary({ card: given.card, text: given.words }).includes(words))
      throw new Error(`the press gave "${given.words}", not "${words}"`);
    return given.words;
  };
  /** The message in the channel follows the press, whoever pressed. */
  const follows = async (
    name: 'stop' | 'defect' | 'change',
    since: number,
    words: string,
  ): Promise<string> => {
    const { id } = the(name);
    return summary(
      await board.next(`"${words}" on the card`, since, (shown) => shown.id === id && holds(shown, words)),
    );
  };

  return [
    {
      at: '02:15',
      does: '林晓 in General: @Lineside 总装二线停线20分钟了,右前门线束断料,影响12台',
      async run() {
        const { since } = await cast.posts(lin, general, '总装二线停线20分钟了,右前门线束断料,影响12台');
        found.stop = await cardWith('the live card', since, 'acknowledge', (shown) => holds(shown, 'S1'));
        found.question = await cardWith('the question', since, 'skip');
        return summary(found.stop);
      },
    },
    {
      at: '02:16',
      does: '周敏 (backup) presses 我来处理',
      async run() {
        const since = board.mark;
        await sent(cast.presses(zhou, the('stop'), 'acknowledge'), idOf('stop'));
        return follows('stop', since, '已响应');
      },
    },
    {
      at: '02:17',
      does: '林晓 answers the question on its card: part no. 8E0-971-101',
      async run() {
        const since = board.mark;
        await cast.presses(lin, the('question'), 'edit', { part_no: '8E0-971-101' }, { ask: 'part_no' });
        return follows('stop', since, '8E0-971-101');
      },
    },
    {
      at: '02:31',
      does: '林晓 presses 我已到场',
      async run() {
        const since = board.mark;
        await sent(cast.presses(lin, the('stop'), 'arrive'), '已到场');
        return follows('stop', since, '已到场');
      },
    },
    {
      at: '02:48',
      does: '林晓 presses 产线恢复, first-off OK, our side',
      async run() {
        const since = board.mark;
        const inputs = { first_off_ok: 'true', cause: '供方漏装一箱线束', cause_side: 'ours' };
        await sent(cast.presses(lin, the('stop'), 'restore', inputs), '恢复');
        return follows('stop', since, '恢复');
      },
    },
    {
      at: '08:30',
      does: '林晓 to the bot: 右前门线束插头漏装卡扣,B线过程检验40件不良3件,批次L2611',
      async run() {
        const text = '右前门线束插头漏装卡扣,B线过程检验40件不良3件,批次L2611';
        const { since } = await cast.says(lin, cast.personal, text);
        found.draft = await cardWith('the prefilled form', since, 'create');
        return summary(found.draft);
      },
    },
    {
      at: '08:32',
      does: '林晓 fills in what is missing and submits',
      async run() {
        const since = board.mark;
        const missing = {
          mode: 'missing',
          location: '插头卡扣',
          safety_related: 'false',
          line_impact: 'none',
        };
        const result = await sent(cast.presses(lin, the('draft'), 'create', missing), 'DEF-');
        found.defect = await cardWith('the post in Quality', since, 'acknowledge', inChannel(quality));
        return result;
      },
    },
    {
      at: '08:34',
      does: '赵磊 (planning) presses 受理, which is for quality',
      async run() {
        const answer = await cast.presses(zhao, the('defect'), 'acknowledge');
        if (!answer.refused) throw new Error('the press was not refused');
        return `refused: ${answer.words}`;
      },
    },
    {
      at: '08:35',
      does: '陈伟 (quality) presses 受理',
      async run() {
        const since = board.mark;
        await sent(cast.presses(chen, the('defect'), 'acknowledge'), idOf('defect'));
        return follows('defect', since, '已受理');
      },
    },
    {
      at: '09:40',
      does: '陈伟 sorts 120 at the line and presses 确认围堵',
      async run() {
        const since = board.mark;
        const inputs = {
          qty_suspect: '120',
          containment: '客户线边 120 117 3',
          photos: 'IMG_2611.jpg',
          disposition: 'sort',
        };
        await sent(cast.presses(chen, the('defect'), 'contain', inputs), idOf('defect'));
        return follows('defect', since, '已围堵');
      },
    },
    {
      at: '11:00',
      does: 'Gary (lead) in General: @Lineside Customer wants 500 more sets of the front door harness by next Friday',
      async run() {
        const text = 'Customer wants 500 more sets of the front door harness by next Friday';
        const { since } = await cast.posts(gary, general, text);
        found.changeDraft = await cardWith('the prefilled form', since, 'create');
        return summary(found.changeDraft);
      },
    },
    {
      at: '11:02',
      does: 'Gary submits it',
      async run() {
        const since = board.mark;
        const result = await sent(cast.presses(gary, the('changeDraft'), 'create'), 'CR-');
        found.change = await cardWith('the form as the live card', since, 'clarify', inChannel(general));
        return result;
      },
    },
    {
      at: '11:20',
      does: '林晓 clarifies: quality unchanged',
      async run() {
        const since = board.mark;
        await sent(
          cast.presses(lin, the('change'), 'clarify', { quality_requirement: '不变' }),
          idOf('change'),
        );
        return follows('change', since, '已澄清');
      },
    },
    {
      at: '13:30',
      does: '赵磊 sends it to review',
      async run() {
        const since = board.mark;
        await sent(cast.presses(zhao, the('change'), 'review'), idOf('change'));
        return follows('change', since, '评审中');
      },
    },
    {
      at: '14:10',
      does: 'Sarah (department manager) approves with a promised date',
      async run() {
        const since = board.mark;
        const due = /"requested_due","value":"([\d-]+)"|(\d{4}-\d{2}-\d{2})/.exec(
          JSON.stringify(the('changeDraft').card),
        );
        const promised = due?.[1] ?? due?.[2] ?? '';
        const inputs = { feasibility: 'feasible', promised_due: promised, ppap_needed: 'false' };
        await sent(cast.presses(sarah, the('change'), 'feasible', inputs), idOf('change'));
        return follows('change', since, '可行');
      },
    },
    {
      at: '15:00',
      does: '陈伟 in the duty chat: @Lineside 我的待办',
      async run() {
        const said = await cast.says(chen, cast.group, '我的待办');
        return summary(await shows('his work', said, idOf('defect')));
      },
    },
    {
      at: '15:05',
      does: '林晓 to the bot: 搜索 线束',
      async run() {
        const said = await cast.says(lin, cast.personal, '搜索 线束');
        return summary(await shows('what was found', said, idOf('defect')));
      },
    },
    {
      at: '15:30',
      does: 'Sarah in the duty chat: @Lineside digest',
      async run() {
        const said = await cast.says(sarah, cast.group, 'digest');
        return summary(await shows('the digest', said, 'Daily'));
      },
    },
    {
      at: '16:00',
      does: '林晓 to the bot: language English, then list',
      async run() {
        const chosen = await cast.says(lin, cast.personal, 'language English');
        await shows('the answer', chosen, 'English');
        const said = await cast.says(lin, cast.personal, 'list');
        return summary(await shows('the list in English', said, 'Open records'));
      },
    },
    {
      at: '16:05',
      does: '林晓 to the bot: 语言 中文, then 日报',
      async run() {
        const chosen = await cast.says(lin, cast.personal, '语言 中文');
        await shows('the answer', chosen, '中文');
        const said = await cast.says(lin, cast.personal, '日报');
        return summary(await shows('the digest', said, '日报'));
      },
    },
  ];
}

const holds = ({ card, text }: Shown, words: string): boolean =>
  text.includes(words) || JSON.stringify(card ?? '').includes(words);

/** In a channel, or in a post of it. */
const inChannel =
  (channel: string) =>
  ({ conversation }: Shown): boolean =>
    conversation.split(';')[0] === channel;
