import { createLogger } from '../../src/log.ts';

const lines = (write: (log: ReturnType<typeof createLogger>) => void): string => {
  const out: string[] = [];
  write(createLogger({ level: 'info', write: (line) => void out.push(line) }));
  return out.join('');
};

test('secrets are hidden by name, at any usual depth', () => {
  const text = lines((log) =>
    log.info(
      { password: 'p1', request: { headers: { authorization: 'p2' } }, config: { clientSecret: 'p3' } },
      'x',
    ),
  );
  expect(text).not.toMatch(/p[123]/);
  expect(text.match(/\[hidden\]/g)).toHaveLength(3);
});

test('tokens are hidden by shape, in messages and errors too', () => {
  const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJhIn0.c2lnbmF0dXJl';
  const text = lines((log) => log.error({ err: new Error(`said Bearer ${jwt}`) }, `got ${jwt}`));
  expect(text).not.toContain('eyJ');
  expect(text).toContain('said Bearer [hidden]');
});

test('debug lines are left out at the usual level', () => {
  expect(lines((log) => log.debug({}, 'x'))).toBe('');
});
