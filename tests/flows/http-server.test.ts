import { serveMetrics } from '../../src/http/metrics.ts';
import { createServer } from '../../src/http/server.ts';
import { silentLogger } from '../../src/log.ts';
import { createMetrics } from '../../src/metrics.ts';

async function serve(options: Partial<Parameters<typeof createServer>[0]> = {}) {
  const server = createServer({ messages: async () => undefined, checks: {}, log: silentLogger, ...options });
  const origin = `http://127.0.0.1:${await server.listen(0, '127.0.0.1')}`;
  return { server, origin };
}

test('alive is not ready: a failing check shows by name only', async () => {
  let up = false;
  const store = async () => {
    if (!up) throw new Error('password=hunter2 refused by 10.0.0.7');
  };
  const { server, origin } = await serve({ checks: { store, jobs: async () => undefined } });
  expect((await fetch(`${origin}/healthz`)).status).toBe(200);
  const before = await fetch(`${origin}/readyz`);
  expect(before.status).toBe(503);
  expect(await before.json()).toEqual({ ready: false, checks: { store: 'failed', jobs: 'ok' } });
  up = true;
  expect((await fetch(`${origin}/readyz`)).status).toBe(200);
  server.retire();
  expect((await fetch(`${origin}/readyz`)).status).toBe(503);
  expect((await fetch(`${origin}/healthz`)).status).toBe(200);
  await server.close(async () => undefined);
});

test('a stop waits for the running request, then lets go of every connection', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const arrived = Promise.withResolvers<void>();
  const { server, origin } = await serve({
    messages: async (_request, response) => {
      arrived.resolve();
      await promise;
      response.writeHead(200);
      response.end('done');
    },
  });
  const running = fetch(`${origin}/api/messages`, { method: 'POST', body: '{}' });
  await arrived.promise;
  const closing = server.close(() => promise);
  await expect(fetch(`${origin}/healthz`)).rejects.toThrow();
  resolve();
  expect(await (await running).text()).toBe('done');
  await closing;
});

test('every answer names its request', async () => {
  const { server, origin } = await serve();
  const ids = await Promise.all(
    [1, 2].map(async () => (await fetch(`${origin}/healthz`)).headers.get('x-request-id')),
  );
  expect(new Set(ids).size).toBe(2);
  await server.close(async () => undefined);
});

test('metrics are served on their own listener, and not by the public one', async () => {
  const metrics = createMetrics();
  metrics.turns.inc({ activity: 'message', outcome: 'ok' });
  const own = await serveMetrics(metrics.registry, 0);
  const { server, origin } = await serve();
  expect((await fetch(`${origin}/metrics`)).status).toBe(404);
  const answer = await fetch(`http://127.0.0.1:${own.port}/metrics`);
  expect(answer.headers.get('content-type')).toContain('text/plain');
  expect(await answer.text()).toContain('lineside_turns_total{activity="message",outcome="ok"} 1');
  expect((await fetch(`http://127.0.0.1:${own.port}/`)).status).toBe(404);
  await own.close();
  await server.close(async () => undefined);
});
