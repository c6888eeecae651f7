import type { MessageIn } from '../../src/bot/inbound.ts';
import type { EdgeUnderTest } from '../fakes/edge.ts';
import { startEdge } from '../fakes/edge.ts';
import type { Person } from '../fakes/person.ts';
import type { TokenWish } from '../fakes/identity.ts';

let here: EdgeUnderTest;
let ana: Person;
let heard: MessageIn[];
let met: number;
// The SDK prints the key of a token whose signature is wrong.
let printed: jest.SpyInstance;

beforeAll(async () => {
  here = await startEdge({
    handlers: {
      message: async (message) => void heard.push(message),
      met: async () => void (met += 1),
    },
    options: { rate: { burst: 1_000, perSecond: 1_000 } },
  });
  ana = here.teams.person('Ana');
});
beforeEach(() => {
  heard = [];
  met = 0;
  printed = jest.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => printed.mockRestore());
afterAll(() => here.stop());

/** Delivers an activity that must be turned away: nothing of ours sees it, nothing goes out. */
async function turnedAway(
  activity: unknown,
  reason: string,
  status: number,
  options: Parameters<EdgeUnderTest['teams']['deliver']>[1] = {},
): Promise<void> {
  const before = await here.refusals(reason);
  const sent = here.teams.requests.length;
  const answer = await here.teams.deliver(activity, options);
  expect({ status: answer.status, body: answer.body }).toEqual({ status, body: { error: reason } });
  expect(await here.refusals(reason)).toBe(before + 1);
  expect(heard).toEqual([]);
  expect(met).toBe(0);
  expect(here.teams.requests.length).toBe(sent);
}

/** An activity with a valid token for whatever service URL it names. */
const with_ = (more: Record<string, unknown>) => ({ ...ana.saying('总装二线停线'), ...more });

test('a message with a valid token arrives whole', async () => {
  const bay = here.teams.channel('bay2');
  await ana.says('总装二线停线, 右前门线束断料', { in: bay, id: 'first', thread: '77' });
  expect(heard).toEqual([
    {
      actor: {
        aadObjectId: ana.aadObjectId,
        userId: ana.userId,
        name: 'Ana',
        tenantId: here.teams.tenantId,
      },
      address: {
        serviceUrl: here.teams.serviceUrl,
        conversationId: '19:bay2@thread.tacv2;messageid=77',
        tenantId: here.teams.tenantId,
        botId: here.teams.botId,
      },
      scope: 'channel',
      activityId: 'first',
      files: [],
      locale: 'zh-CN',
      teamId: '19:team@thread.tacv2',
      channelId: '19:bay2@thread.tacv2',
      text: '总装二线停线, 右前门线束断料',
      sentAt: '2026-11-23T00:15:00.000Z',
    },
  ]);
  expect(met).toBe(1);
});

describe('tokens', () => {
  const forged: [string, (serviceUrl: string) => TokenWish][] = [
    ['signed by somebody else', (serviceUrl) => ({ serviceUrl, key: 'foreign' })],
    ['endorsed for another channel', (serviceUrl) => ({ serviceUrl, key: 'webchat' })],
    ['for another bot', (serviceUrl) => ({ serviceUrl, audience: 'another-bot' })],
    ['of another issuer', (serviceUrl) => ({ serviceUrl, issuer: 'https://login.example.com' })],
    ['expired an hour ago', (serviceUrl) => ({ serviceUrl, expiresIn: -3_600 })],
    ['for another service URL', () => ({ serviceUrl: 'https://smba.trafficmanager.net/emea/' })],
    ['without a service URL', () => ({ serviceUrl: undefined })],
  ];
  test.each(forged)('a token %s is 401', async (_, wish) => {
    const authorization = here.identity!.bearer(wish(here.teams.serviceUrl));
    await turnedAway(ana.saying('hello'), 'token', 401, { authorization });
  });

  test.each([
    ['none', null],
    ['an empty bearer', 'Bearer '],
    ['something that is no token', 'Bearer not.a.token'],
    ['another scheme', 'Basic YTpi'],
  ])('%s is 401', async (_, authorization) => {
    await turnedAway(ana.saying('hello'), 'token', 401, { authorization });
  });

  test('a token that the bot itself was given does not speak to the bot', async () => {
    // The SDK takes such tokens from emulators, and compares no service URL.
    const wish: TokenWish = {
      serviceUrl: undefined,
      issuer: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/',
      claims: { appid: here.identity!.botId, ver: '1.0' },
    };
    await turnedAway(ana.saying('hello'), 'token', 401, { authorization: here.identity!.bearer(wish) });
  });

  test('a refused token leaves no trace of itself in the log', async () => {
    expect(here.logged.join('')).toContain('request refused');
    expect(here.logged.join('')).not.toMatch(/eyJ[\w-]{5,}\./);
  });
});

describe('where it comes from', () => {
  test.each([
    'http://169.254.169.254/',
    'https://smba.trafficmanager.net.evil.example/',
    'https://evil.example/amer/',
  ])('a signed service URL %s is refused', async (serviceUrl) =>
    turnedAway(with_({ serviceUrl }), 'host', 403),
  );
  test.each([
    'http://smba.trafficmanager.net/amer/',
    'https://smba.trafficmanager.net:8443/amer/',
    'https://user:word@smba.trafficmanager.net/amer/',
    'https://smba.trafficmanager.net@evil.example/',
    'file:///etc/passwd',
    'smba.trafficmanager.net',
  ])('so is %s', async (serviceUrl) => turnedAway(with_({ serviceUrl }), 'host', 403));

  test('a body without a service URL is refused, though the SDK lets it pass', async () => {
    const authorization = here.identity!.bearer({ serviceUrl: undefined });
    await turnedAway(with_({ serviceUrl: undefined }), 'service_url', 400, { authorization });
  });

  const conversation = () => ana.saying('')['conversation'] as object;
  test.each([
    ['the conversation', () => ({ conversation: { ...conversation(), tenantId: 'foreign' } })],
    ['the channel data', () => ({ channelData: { tenant: { id: 'foreign' } } })],
    [
      'both',
      () => ({
        conversation: { ...conversation(), tenantId: 'foreign' },
        channelData: { tenant: { id: 'foreign' } },
      }),
    ],
  ])('a foreign tenant in %s is refused', async (_, more) => turnedAway(with_(more()), 'tenant', 403));

  test('an activity without any tenant is refused', async () => {
    const more = { conversation: { ...conversation(), tenantId: undefined }, channelData: {} };
    await turnedAway(with_(more), 'tenant', 403);
  });

  test('another channel is refused, even if the key is endorsed for it', async () => {
    const authorization = here.identity!.bearer({ serviceUrl: here.teams.serviceUrl, key: 'webchat' });
    await turnedAway(with_({ channelId: 'webchat' }), 'channel', 403, { authorization });
  });

  test('somebody without an Entra id is refused', async () => {
    await turnedAway(with_({ from: { id: '29:somebody' } }), 'no_person', 403);
  });
});

describe('what it looks like', () => {
  test('a body above the limit is 413, wherever the limit is passed', async () => {
    await turnedAway(with_({ text: '停'.repeat(100_000) }), 'too_large', 413);
  });
  test.each([
    ['no JSON', '{"type":'],
    ['nothing', ''],
    ['a list', '[]'],
    ['a number', '7'],
    ['null', 'null'],
  ])('%s is 400', async (_, raw) => turnedAway(undefined, 'not_json', 400, { raw }));
  test.each([
    ['type', { type: undefined }],
    ['id', { id: undefined }],
    ['conversation', { conversation: undefined }],
    ['sender', { from: undefined }],
    ['recipient', { recipient: undefined }],
    ['text that is a text', { text: { toString: 'x' } }],
    ['entities that are a list', { entities: { length: 1 } }],
  ])('a body without %s is 400', async (_, more) => turnedAway(with_(more), 'shape', 400));

  test.each([
    ['an unknown field', { type: 'Action.Execute', verb: 'approve', data: {}, role2: 'DM', actor: 'boss' }],
    ['no verb', { type: 'Action.Execute', data: {} }],
    ['data that is no object', { type: 'Action.Execute', verb: 'approve', data: 'x' }],
    ['another type', { type: 'Action.Http', verb: 'approve', data: {} }],
  ])('a card action with %s is 400', async (_, action) => {
    const activity = ana.activity('invoke', undefined, { name: 'adaptiveCard/action', value: { action } });
    await turnedAway(activity, 'shape', 400);
  });

  test('only POST is served', async () => {
    expect((await fetch(`${here.origin}/api/messages`)).status).toBe(405);
    expect((await fetch(`${here.origin}/api/other`, { method: 'POST' })).status).toBe(404);
  });
});
