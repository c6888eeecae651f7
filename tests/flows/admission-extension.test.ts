/** Only the invokes of our message extension, in their shape, reach it; each refusal is in the invoke's own words. */
import type { ExtensionIn } from '../../src/bot/inbound.ts';
import { reads } from '../fakes/app.ts';
import type { EdgeUnderTest } from '../fakes/edge.ts';
import { startEdge } from '../fakes/edge.ts';
import { payloadOf, recordsAs, searches } from '../fakes/extension.ts';
import type { Person } from '../fakes/person.ts';

let here: EdgeUnderTest;
let ana: Person;
let asked: ExtensionIn[];

beforeEach(async () => {
  asked = [];
  here = await startEdge({
    handlers: {
      extension: async (request) => {
        asked.push(request);
        if (asked.length === 3) throw new Error('password=hunter2');
        return { message: 'done' };
      },
    },
    options: { rate: { burst: 4, perSecond: 0.1 } },
  });
  ana = here.teams.person('Ana');
});
afterEach(() => here.stop());

const invoke = (name: string, value: unknown) =>
  here.teams.deliver(ana.activity('invoke', undefined, { name, value }));

const submit = (data: unknown) => ({ commandId: 'recordAs', commandContext: 'message', data });
const query = (more: object) => ({ commandId: 'findRecord', ...more });

test('a message arrives as plain words with its author, time and link', async () => {
  const value = {
    commandId: 'recordAs',
    messagePayload: payloadOf({
      id: '5',
      replyToId: '4',
      html: '<p>Line 2 <b>down</b></p>',
      by: { name: ' Ann\nLee ', aadObjectId: 'a-1', type: 'anonymousGuest' },
      link: 'https://teams.microsoft.com/l/message/5',
      more: { subject: 'Stop!' },
    }),
  };
  await invoke('composeExtension/fetchTask', value);
  expect(asked[0]).toMatchObject({
    actor: { aadObjectId: ana.aadObjectId },
    request: {
      ask: 'record',
      said: {
        messageId: '5',
        threadId: '4',
        text: 'Stop!\nLine 2 down',
        author: 'Ann Lee',
        authorId: 'a-1',
        outside: true,
        at: '2026-11-23T01:40:00.000Z',
        link: 'https://teams.microsoft.com/l/message/5',
      },
    },
  });
});

test.each([
  'http://teams.microsoft.com/x',
  'javascript:alert(1)',
  'https://user:secret@evil.example/',
  'no address',
  `https://e.example/${'x'.repeat(2_001)}`,
])('the link %s is left out', async (link) => {
  await recordsAs(here.teams, ana, { text: 'x', link });
  expect(asked[0]!.request).toMatchObject({ said: { link: undefined } });
});

test('a very long message is cut to what a record keeps', async () => {
  await recordsAs(here.teams, ana, { html: `<p>${'停'.repeat(20_000)}</p>` });
  const { request } = asked[0]!;
  expect(request.ask === 'record' && request.said?.text).toMatch(/^停{7999}…$/);
});

test.each<[string, string, unknown]>([
  ['another command', 'composeExtension/fetchTask', { commandId: 'dropTables' }],
  ['no command', 'composeExtension/fetchTask', {}],
  ['no value', 'composeExtension/fetchTask', undefined],
  ['a message without an id', 'composeExtension/fetchTask', { commandId: 'recordAs', messagePayload: {} }],
  [
    'a body that is no text',
    'composeExtension/fetchTask',
    { commandId: 'recordAs', messagePayload: { id: '1', body: { content: { $gt: '' } } } },
  ],
  ['no data', 'composeExtension/submitAction', submit(undefined)],
  ['another verb', 'composeExtension/submitAction', submit({ verb: 'close', draft: 'd' })],
  ['no draft', 'composeExtension/submitAction', submit({ verb: 'create' })],
  [
    'an input that is no value',
    'composeExtension/submitAction',
    submit({ verb: 'create', draft: 'd', a: {} }),
  ],
  ['a search of another command', 'composeExtension/query', { commandId: 'recordAs' }],
  ['too many parameters', 'composeExtension/query', query({ parameters: Array(6).fill({ name: 'text' }) })],
  ['parameters that are none', 'composeExtension/query', query({ parameters: 'text' })],
])('%s is 400', async (_, name, value) => {
  expect(await invoke(name, value)).toMatchObject({ status: 400, body: { error: 'shape' } });
  expect(asked).toEqual([]);
});

test.each(['composeExtension/queryLink', 'composeExtension/selectItem', 'task/fetch', 'x'])(
  '%s is not known',
  async (name) => {
    expect((await invoke(name, { commandId: 'findRecord' })).status).toBe(501);
    expect(asked).toEqual([]);
  },
);

test('a search without words, with words of another type, with too many of them', async () => {
  await searches(here.teams, ana);
  await invoke('composeExtension/query', query({ parameters: [{ name: 'text', value: { $ne: 1 } }] }));
  expect(asked.map(({ request }) => request)).toEqual([
    { ask: 'find', words: '' },
    { ask: 'find', words: '' },
  ]);
});

test('a failure and too many requests are answered in the words of a dialog and of a search', async () => {
  for (let i = 0; i < 2; i += 1) await searches(here.teams, ana, 'x');
  const failed = await searches(here.teams, ana, 'x');
  expect(failed.message).toMatch(/^出了点问题/);
  expect(failed.message).not.toContain('hunter2');
  await searches(here.teams, ana, 'x');
  expect((await searches(here.teams, ana, 'x')).message).toContain('发送太快了');
  expect(reads((await recordsAs(here.teams, ana, { text: 'x' })).card)).toContain('发送太快了');
  expect(asked).toHaveLength(4);
});

test('the same invoke again gets the same answer and runs once', async () => {
  const activity = ana.activity('invoke', undefined, {
    name: 'composeExtension/fetchTask',
    value: { commandId: 'recordAs', messagePayload: payloadOf({ text: 'x' }) },
  });
  const [one, two] = [await here.teams.deliver(activity), await here.teams.deliver(activity)];
  expect(one!.body).toEqual(two!.body);
  expect(asked).toHaveLength(1);
});
