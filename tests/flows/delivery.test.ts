import { TeamsAdapter } from '../../src/bot/adapter.ts';
import { ConnectorPool } from '../../src/bot/connector.ts';
import type { PressIn } from '../../src/bot/inbound.ts';
import { PasswordServiceClientCredentialFactory } from 'botframework-connector';
import type { Address, Messenger } from '../../src/jobs/messenger.ts';
import { DeliveryError } from '../../src/jobs/messenger.ts';
import type { EdgeUnderTest, EdgeWish } from '../fakes/edge.ts';
import { startEdge } from '../fakes/edge.ts';
import type { Person } from '../fakes/person.ts';

let here: EdgeUnderTest;
let messenger: Messenger;
let ana: Person;
const open = async (wish: EdgeWish = {}) => {
  here = await startEdge(wish);
  messenger = here.edge.messenger;
  ana = here.teams.person('Ana');
};
afterEach(() => here.stop());

const address = (more: Partial<Address> = {}): Address => ({
  serviceUrl: here.teams.serviceUrl,
  conversationId: ana.conversationId,
  tenantId: here.teams.tenantId,
  botId: here.teams.botId,
  ...more,
});

async function failure(act: Promise<unknown>): Promise<DeliveryError> {
  const error = await act.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DeliveryError);
  return error as DeliveryError;
}

const card = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: '停线' }] };

describe('what is sent', () => {
  test('a text with mentions, an alert, in the thread that it was asked for', async () => {
    await open();
    const conversationId = '19:bay2@thread.tacv2;messageid=77';
    const { id } = await messenger.send(address({ conversationId }), {
      text: '<at>Bo &lt;QE&gt;</at> 请看, <at>Cy</at>',
      mentions: [
        { id: '29:bo', name: 'Bo <QE>' },
        { id: '29:cy', name: 'Cy' },
        { id: '29:nobody', name: 'Not named' },
      ],
      summary: '停线',
      alert: true,
    });
    const [sent] = here.teams.messages(conversationId);
    expect(sent).toMatchObject({ id, conversationId });
    expect(sent!.activity).toEqual({
      type: 'message',
      from: { id: here.teams.botId },
      conversation: { id: conversationId, tenantId: here.teams.tenantId },
      text: '<at>Bo &lt;QE&gt;</at> 请看, <at>Cy</at>',
      textFormat: 'markdown',
      summary: '停线',
      channelData: { notification: { alert: true } },
      entities: [
        { type: 'mention', text: '<at>Bo &lt;QE&gt;</at>', mentioned: { id: '29:bo', name: 'Bo <QE>' } },
        { type: 'mention', text: '<at>Cy</at>', mentioned: { id: '29:cy', name: 'Cy' } },
      ],
    });
  });

  test('a card, which is replaced in place', async () => {
    await open();
    const { id } = await messenger.send(address(), { card, summary: 's' });
    await messenger.update(address(), id, { card: { ...card, body: [] } });
    expect(here.teams.messages(ana)).toMatchObject([{ id, versions: [{}, {}] }]);
    expect(here.teams.card(ana)).toEqual({ ...card, body: [] });
  });

  test('a personal conversation is opened and then spoken in', async () => {
    await open();
    const { tenantId } = ana;
    const who = { tenantId, serviceUrl: here.teams.serviceUrl, botId: here.teams.botId };
    const home = await messenger.personal({ id: ana.userId, ...who });
    expect(home).toEqual(address());
    await messenger.send(home, { text: '您好' });
    expect(here.teams.texts(ana)).toEqual(['您好']);
    expect(here.teams.requests[0]!.body).toEqual({
      isGroup: false,
      bot: { id: here.teams.botId },
      members: [{ id: ana.userId }],
      tenantId,
      channelData: { tenant: { id: tenantId } },
    });
    expect(await failure(messenger.personal({ id: '29:stranger', ...who }))).toMatchObject({
      outcome: 'gone',
    });
  });

  test('every request carries a token of the bot, fetched once', async () => {
    await open();
    await Promise.all(
      [1, 2, 3].map((i) => messenger.send(address({ conversationId: `c${i}` }), { text: 'x' })),
    );
    const tokens = here.teams.requests.map((request) => request.authorization);
    expect(new Set(tokens).size).toBe(1);
    expect(here.identity!.issued(tokens[0])).toBe(true);
  });

  test('one client is kept per service URL, and not more than a bot needs', async () => {
    await open();
    const pool = new ConnectorPool({
      botId: '',
      credentials: new PasswordServiceClientCredentialFactory('', '', ''),
      oAuthScope: '',
      loginUrl: '',
      admitted: (serviceUrl) => serviceUrl.startsWith('https://good'),
    });
    expect(await pool.create('https://good/a/')).toBe(await pool.create('https://good/a/'));
    for (let i = 0; i < 100; i += 1) await pool.create(`https://good/${i}/`);
    expect(pool.size).toBe(32);
    await expect(pool.create('https://bad/')).rejects.toThrow('not on the list');
    pool.close();
  });
});

describe('what goes wrong', () => {
  test.each([500, 502, 503, 504, 429, 412, 408, 409])('%i: one request, and later', async (status) => {
    await open();
    here.teams.fail({ status });
    expect(await failure(messenger.send(address(), { text: 'x' }))).toMatchObject({
      outcome: 'later',
      status,
      afterMs: undefined,
    });
    expect(here.teams.requests).toHaveLength(1);
  });

  test.each([
    ['5', 5_000],
    ['0.5', 500],
    ['Mon, 23 Nov 2026 00:15:30 GMT', 30_000],
    ['Mon, 23 Nov 2026 00:00:00 GMT', 0],
    ['soon', undefined],
  ])('Retry-After %s is honoured', async (header, afterMs) => {
    await open();
    here.teams.fail({ status: 429, headers: { 'retry-after': header } });
    expect(await failure(messenger.send(address(), { text: 'x' }))).toMatchObject({
      outcome: 'later',
      afterMs,
    });
    expect(here.teams.requests).toHaveLength(1);
  });

  test.each([
    [403, 'gone', 'gone'],
    [404, 'gone', 'refused'],
    [410, 'gone', 'gone'],
    [400, 'refused', 'refused'],
    [413, 'refused', 'refused'],
    [401, 'later', 'later'],
  ])('%i: a send is %s, an update %s', async (status, send, update) => {
    await open();
    here.teams.fail({ status }, 2);
    expect((await failure(messenger.send(address(), { text: 'x' }))).outcome).toBe(send);
    expect((await failure(messenger.update(address(), '1', { text: 'x' }))).outcome).toBe(update);
  });

  test('a broken connection is later', async () => {
    await open();
    here.teams.fail({ cut: true });
    expect(await failure(messenger.send(address(), { text: 'x' }))).toMatchObject({
      outcome: 'later',
      status: undefined,
    });
  });

  test('a redirect is not followed: the token goes nowhere else', async () => {
    await open();
    here.teams.fail({ status: 307, headers: { location: `${here.teams.serviceUrl}elsewhere` } });
    expect((await failure(messenger.send(address(), { text: 'x' }))).status).toBe(307);
    expect(here.teams.requests).toHaveLength(1);
  });

  test('an answer that cannot be read is a message without an id, not a second message', async () => {
    await open();
    here.teams.fail({ status: 200, body: '<html>' });
    expect(await messenger.send(address(), { text: 'x' })).toEqual({ id: '' });
  });

  test('a message above 80 KB of UTF-16 is refused before it is sent', async () => {
    await open();
    const body = (chars: number) => ({
      card: { ...card, body: [{ type: 'TextBlock', text: '停'.repeat(chars) }] },
    });
    expect(await failure(messenger.send(address(), body(41_000)))).toMatchObject({
      outcome: 'refused',
      status: 413,
    });
    expect(here.teams.requests).toHaveLength(0);
    await messenger.send(address(), body(40_000));
  });

  test.each(['https://evil.example/', 'http://169.254.169.254/', 'http://smba.trafficmanager.net/amer/'])(
    'a stored service URL %s is not called',
    async (serviceUrl) => {
      await open();
      expect(await failure(messenger.send(address({ serviceUrl }), { text: 'x' }))).toMatchObject({
        outcome: 'refused',
      });
    },
  );
});

describe('replies', () => {
  test('are tried again, but not beyond the time that Teams waits', async () => {
    await open({ handlers: { message: async (_, reply) => reply({ text: 'hello' }) } });
    here.teams.fail({ status: 502 }, 2);
    const said = ana.says('hi');
    await here.teams.until(() => here.teams.requests.length === 1);
    await here.clock.advance(2_000);
    await here.teams.until(() => here.teams.requests.length === 2);
    await here.clock.advance(4_000);
    await said;
    expect(here.teams.texts(ana)).toEqual(['hello']);
    expect(here.teams.requests.map((request) => request.status)).toEqual([502, 502, 201]);

    here.teams.fail({ status: 429, headers: { 'retry-after': '9' } });
    expect((await here.teams.deliver(ana.saying('hi'))).status).toBe(502);
    expect(here.teams.requests).toHaveLength(4);
  });

  test('a conversation that is gone is not tried again', async () => {
    await open({ handlers: { message: async (_, reply) => reply({ text: 'hello' }) } });
    here.teams.fail({ status: 403, body: { error: { code: 'MessageWritesBlocked' } } });
    expect((await here.teams.deliver(ana.saying('hi'))).status).toBe(502);
    expect(here.teams.requests).toHaveLength(1);
  });
});

describe('pace', () => {
  test('a burst into one conversation is spread, in order; others are not held up', async () => {
    await open();
    const [bay, side] = ['19:bay@thread.tacv2', '19:side@thread.tacv2'];
    const all = Array.from({ length: 20 }, (_, i) =>
      messenger.send(address({ conversationId: `${bay};messageid=${i % 2}` }), { text: String(i) }),
    );
    await here.teams.until(() => here.teams.messages(bay).length === 7);
    await messenger.send(address({ conversationId: side }), { text: 'hello' });
    await here.clock.advance(999);
    expect(here.teams.messages(bay)).toHaveLength(7);
    while (here.teams.messages(bay).length < 20) await here.clock.advance(500);
    await Promise.all(all);
    expect(here.teams.texts(bay)).toEqual(all.map((_, i) => String(i)));
  });
});

describe('local mode', () => {
  test('asks for no token, sends none, and speaks on loopback only', async () => {
    const presses: PressIn[] = [];
    await open({
      local: true,
      options: { allowedTenants: 'any' },
      handlers: {
        message: async (_, reply) => reply({ text: 'hello' }),
        press: async (press) => ({ message: String(presses.push(press)) }),
      },
    });
    await ana.says('hi');
    expect(here.teams.texts(ana)).toEqual(['hello']);
    expect(here.teams.requests[0]!.authorization).toBeUndefined();

    const foreign = { ...ana.saying('hi'), serviceUrl: 'https://smba.trafficmanager.net/amer/' };
    expect(await here.teams.deliver(foreign)).toMatchObject({ status: 403, body: { error: 'host' } });
    const away = address({ serviceUrl: 'https://smba.trafficmanager.net/amer/' });
    expect(await failure(messenger.send(away, { text: 'x' }))).toMatchObject({ outcome: 'refused' });
  });

  test('a page in a browser cannot speak to the bot', async () => {
    await open({ local: true });
    const headers = { origin: 'https://evil.example' };
    expect(await here.teams.deliver(ana.saying('hi'), { headers })).toMatchObject({
      status: 403,
      body: { error: 'browser' },
    });
  });

  test('an empty bot id is not local mode', async () => {
    await open({ local: true });
    const registration = { botId: '', botPassword: 'x', managedIdentity: false, botTenantId: undefined };
    expect(() => new TeamsAdapter({ registration, serviceUrlAdmitted: () => true })).toThrow('bot id');
    const bare = { botId: 'b', botPassword: undefined, managedIdentity: false, botTenantId: undefined };
    expect(() => new TeamsAdapter({ registration: bare, serviceUrlAdmitted: () => true })).toThrow(
      'password',
    );
  });
});
