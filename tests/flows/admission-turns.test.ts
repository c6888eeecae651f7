import type { MessageIn, PressIn } from '../../src/bot/inbound.ts';
import type { Message } from '../../src/jobs/messenger.ts';
import { AppError } from '../../src/errors.ts';
import type { EdgeUnderTest, EdgeWish } from '../fakes/edge.ts';
import { startEdge } from '../fakes/edge.ts';

let here: EdgeUnderTest;
const open = async (wish: EdgeWish) => (here = await startEdge(wish));
afterEach(() => here.stop());

const card = (verb: string, more: object = {}) => ({
  type: 'AdaptiveCard',
  version: '1.5',
  body: [{ type: 'Input.Text', id: 'note' }],
  actions: [{ type: 'Action.Execute', verb, data: { record: 'DEF-1', rev: 3 }, ...more }],
});

/** Waits for what happens inside the bot, where the fake Teams sees nothing. @throws if it does not */
async function soon(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 500; i += 1) {
    if (holds()) return;
    await new Promise<void>((resume) => setTimeout(resume, 5));
  }
  throw new Error('it did not happen');
}

/** A gate that a handler waits at. */
function gate() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { passed: promise, open: resolve };
}

describe('repeats', () => {
  test('the same activity twice at once runs once, and both get the same answer', async () => {
    const door = gate();
    const presses: PressIn[] = [];
    await open({
      handlers: {
        press: async (press) => {
          presses.push(press);
          await door.passed;
          return { message: `press ${presses.length}` };
        },
      },
    });
    const ana = here.teams.person('Ana');
    const activity = ana.activity('invoke', undefined, {
      name: 'adaptiveCard/action',
      value: { action: { type: 'Action.Execute', verb: 'acknowledge', data: {} } },
    });
    const both = Promise.all([ana.invokes(activity), ana.invokes(activity)]);
    await soon(() => presses.length > 0);
    await new Promise<void>((resume) => setTimeout(resume, 50));
    door.open();
    expect((await both).map((answer) => answer.message)).toEqual(['press 1', 'press 1']);
    // And once more after it is done.
    expect((await ana.invokes(activity)).message).toBe('press 1');
    expect(presses).toHaveLength(1);
  });

  test('a message that failed may come again', async () => {
    let runs = 0;
    await open({
      handlers: {
        message: async () => {
          runs += 1;
          if (runs === 1) throw new Error('the store is down: password=hunter2');
        },
      },
    });
    const ana = here.teams.person('Ana');
    const activity = ana.saying('hello', { id: 'again' });
    await here.teams.deliver(activity);
    await here.teams.deliver(activity);
    await here.teams.deliver(activity);
    expect(runs).toBe(2);
    const [apology] = here.teams.texts(ana);
    expect(apology).toMatch(/^出了点问题.*编号 [0-9a-f]{8}/);
    expect(apology).not.toContain('hunter2');
    const ref = /编号 (\w+)/.exec(apology!)![1]!;
    expect(here.logged.join('')).toContain(ref);
  });

  test('an id counts for its sender only', async () => {
    const seen: string[] = [];
    await open({
      handlers: { press: async (press) => ({ message: seen[seen.push(press.actor.name) - 1]! }) },
    });
    const [ana, bo] = [here.teams.person('Ana'), here.teams.person('Bo')];
    const group = here.teams.group('g');
    const press = {
      id: 'same',
      name: 'adaptiveCard/action',
      value: { action: { type: 'Action.Execute', verb: 'x' } },
    };
    expect((await ana.invokes(ana.activity('invoke', group, press))).message).toBe('Ana');
    expect((await bo.invokes(bo.activity('invoke', group, press))).message).toBe('Bo');
  });

  test('a repeat is forgotten after five minutes', async () => {
    let runs = 0;
    await open({ handlers: { message: async () => void (runs += 1) } });
    const ana = here.teams.person('Ana');
    const activity = ana.saying('hello');
    await here.teams.deliver(activity);
    await here.clock.advance(5 * 60_000 - 1);
    await here.teams.deliver(activity);
    expect(runs).toBe(1);
    await here.clock.advance(1);
    await here.teams.deliver(activity);
    expect(runs).toBe(2);
  });
});

describe('order', () => {
  test('turns of one conversation run one after the other; other conversations go on', async () => {
    const door = gate();
    const log: string[] = [];
    await open({
      handlers: {
        message: async ({ text }) => {
          log.push(`${text} begins`);
          if (text === '1') await door.passed;
          log.push(`${text} ends`);
        },
      },
    });
    const [ana, bo] = [here.teams.person('Ana'), here.teams.person('Bo')];
    const first = ana.says('1');
    await soon(() => log.length === 1);
    const second = ana.says('2');
    await bo.says('other');
    expect(log).toEqual(['1 begins', 'other begins', 'other ends']);
    door.open();
    await Promise.all([first, second]);
    expect(log.slice(3)).toEqual(['1 ends', '2 begins', '2 ends']);
  });
});

describe('drain', () => {
  test('a stop lets running turns finish and turns new ones away', async () => {
    const door = gate();
    let finished = false;
    await open({
      handlers: {
        message: async () => {
          await door.passed;
          finished = true;
        },
      },
    });
    const [ana, bo] = [here.teams.person('Ana'), here.teams.person('Bo')];
    const running = ana.says('hello');
    await soon(() => here.edge.inFlight > 0);
    const drained = here.edge.drain(10_000);
    const late = await here.teams.deliver(bo.saying('too late'));
    expect(late).toMatchObject({ status: 503, body: { error: 'draining' } });
    expect(late.headers['retry-after']).toBe('5');
    expect(finished).toBe(false);
    door.open();
    await running;
    expect(await drained).toBe(true);
    expect(finished).toBe(true);
  });

  test('a turn that never ends does not hold up the stop for longer than agreed', async () => {
    const door = gate();
    await open({ handlers: { message: () => door.passed } });
    const running = here.teams.person('Ana').says('hello');
    await soon(() => here.edge.inFlight > 0);
    const drained = here.edge.drain(10_000);
    await here.clock.advance(10_000);
    expect(await drained).toBe(false);
    door.open();
    await running;
  });
});

describe('too much', () => {
  test('too many messages are answered, not processed, and welcome again later', async () => {
    const heard: string[] = [];
    await open({
      handlers: { message: async ({ text }) => void heard.push(text) },
      options: { rate: { burst: 3, perSecond: 0.5 } },
    });
    const [ana, bo] = [here.teams.person('Ana', { locale: 'en-GB' }), here.teams.person('Bo')];
    for (const text of ['1', '2', '3', '4']) await ana.says(text);
    expect(heard).toEqual(['1', '2', '3']);
    expect(here.teams.texts(ana)).toEqual(['That was too fast. Please try again in 2 s.']);
    // Said once per moment: the next one is only counted.
    expect(await here.teams.deliver(ana.saying('5'))).toMatchObject({
      status: 429,
      body: { error: 'too_fast' },
    });
    await bo.says('mine');
    await here.clock.advance(2_000);
    await ana.says('6');
    expect(heard).toEqual(['1', '2', '3', 'mine', '6']);
    expect(await here.refusals('too_fast')).toBe(2);
  });

  test('a press that is too fast is refused on the card', async () => {
    let pressed = 0;
    await open({
      handlers: {
        message: async (_, reply) => reply({ card: card('acknowledge') }),
        press: async () => ({ message: String((pressed += 1)) }),
      },
      options: { rate: { burst: 2, perSecond: 1 } },
    });
    const ana = here.teams.person('Ana');
    await ana.says('show');
    const shown = here.teams.card(ana);
    expect((await ana.tries(shown, 'acknowledge')).message).toBe('1');
    const refused = await ana.tries(shown, 'acknowledge');
    expect(refused).toMatchObject({ status: 200, statusCode: 400, error: { code: 'too_fast' } });
    expect(refused.error!.message).toBe('发送太快了，请 1 秒后再试。');
    expect(pressed).toBe(1);
  });

  test('a text over the limit gets a clear answer and nothing else', async () => {
    const heard: MessageIn[] = [];
    await open({ handlers: { message: async (message) => void heard.push(message) } });
    const ana = here.teams.person('Ana');
    await ana.says('停'.repeat(8_000));
    await ana.says('停'.repeat(8_001));
    expect(heard).toHaveLength(1);
    expect(here.teams.texts(ana)).toEqual([
      '内容太长（8001 字，上限 8000）。请分几条发送，或作为文件附上。什么都没有保存。',
    ]);
    expect(await here.refusals('too_long')).toBe(1);
  });
});

describe('answers', () => {
  test('a press gets a card, a word, or a refusal that Teams shows; the shared card stays as it is', async () => {
    const presses: PressIn[] = [];
    await open({
      handlers: {
        message: async (_, reply) => reply({ card: card('acknowledge') }),
        press: async (press) => {
          presses.push(press);
          if (presses.length === 1) return { card: { ...card('contain'), refresh: { userIds: [] } } };
          if (presses.length === 2) return { refused: new AppError('draft_gone'), language: 'en' };
          if (presses.length === 3) throw new AppError('stale', { id: 'DEF-1' });
          throw new Error('unforeseen');
        },
      },
    });
    const ana = here.teams.person('Ana');
    await ana.says('show', { in: here.teams.group('g') });
    const shown = here.teams.card(here.teams.group('g'));
    const after = await ana.presses(shown, 'acknowledge', { note: '已看到' });
    expect(presses[0]).toMatchObject({
      verb: 'acknowledge',
      data: { record: 'DEF-1', rev: 3, note: '已看到' },
      trigger: 'manual',
      cardActivityId: here.teams.messages(here.teams.group('g'))[0]!.id,
      scope: 'groupChat',
    });
    expect(await ana.isRefused(after, 'contain')).toEqual({
      code: 'draft_gone',
      message: 'This draft is no longer there. Please send the message again.',
    });
    expect(await ana.isRefused(after, 'contain')).toMatchObject({
      code: 'stale',
      message: /DEF-1 刚被更新过/,
    });
    expect(await ana.tries(after, 'contain')).toMatchObject({ statusCode: 500, error: { code: 'internal' } });
    expect(here.teams.requests).toHaveLength(1);
  });

  test('a client without Action.Execute presses by message: its card is replaced in place', async () => {
    await open({
      handlers: {
        message: async (_, reply) => reply({ card: card('acknowledge') }),
        press: async ({ data }) => ({
          card: { ...card('contain'), body: [{ type: 'TextBlock', text: data['note'] }] },
        }),
      },
    });
    const ana = here.teams.person('Ana');
    await ana.says('show');
    await ana.submits(here.teams.card(ana), 'acknowledge', { note: 'seen' });
    expect(here.teams.messages(ana)).toHaveLength(1);
    expect(here.teams.card(ana)).toMatchObject({ body: [{ text: 'seen' }] });
  });

  test('an invoke that nobody serves is 501, and an unknown activity does no harm', async () => {
    await open({});
    const ana = here.teams.person('Ana');
    const invoke = ana.activity('invoke', undefined, { name: 'task/fetch', value: {} });
    expect((await here.teams.deliver(invoke)).status).toBe(501);
    expect((await here.teams.deliver(ana.activity('messageReaction'))).status).toBe(200);
  });

  test('an installation is greeted once, whichever of its activities comes first', async () => {
    const greeting: Message = { text: '您好' };
    const came: string[] = [];
    await open({
      handlers: {
        joined: async (where, reply) => {
          came.push(where.scope);
          await reply(greeting);
        },
      },
    });
    const [ana, bo] = [here.teams.person('Ana'), here.teams.person('Bo')];
    const bay = here.teams.channel('bay2');
    await ana.installs();
    await ana.installs(bay);
    const joining = bo.activity('conversationUpdate', bay, { membersAdded: [{ id: bo.userId }] });
    await here.teams.deliver(joining);
    await here.teams.deliver(ana.activity('installationUpdate', bay, { action: 'remove' }));
    expect(came).toEqual(['personal', 'channel', 'channel']);
    expect(here.teams.texts(ana)).toEqual(['您好']);
  });

  test('only the mention of the bot is taken out of a text', async () => {
    const heard: string[] = [];
    await open({ handlers: { message: async ({ text }) => void heard.push(text) } });
    const ana = here.teams.person('Ana');
    const bay = here.teams.channel('bay2');
    await ana.says('<at>Bo</at> 请看  <b>A&B</b>', { in: bay });
    await ana.says('<at>Lineside</at> typed by hand', { in: bay, mention: false });
    expect(heard).toEqual(['<at>Bo</at> 请看  <b>A&B</b>', '<at>Lineside</at> typed by hand']);
  });
});
