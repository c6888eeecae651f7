/** The process: read the configuration, build, listen, stop in order. */
import { enableCompileCache } from 'node:module';

// Half of a start is compiling the SDKs; their compiled code is kept between starts.
enableCompileCache();

const { ConfigError, environment, readConfig } = await import('./config.ts');

try {
  const config = readConfig(environment(), process.argv.slice(2));
  const [{ buildApp }, { systemClock }, { createLogger }] = await Promise.all([
    import('./app.ts'),
    import('./clock.ts'),
    import('./log.ts'),
  ]);
  const log = createLogger({ level: config.logLevel as 'info' });
  const app = await buildApp(config, { clock: systemClock, log });
  const port = await app.listen();
  console.log(`listening on http://${config.host}:${port}`);
  const playground = config.playground
    ? await (await import('./playground.ts')).startPlayground(config, port)
    : undefined;
  if (playground)
    console.log(`open ${playground.url} in a browser: the Agents Playground, with Lineside in it`);

  let stopping = false;
  const stop = (signal: string): void => {
    if (stopping) return;
    stopping = true;
    console.log(`${signal}: finishing what was begun`);
    playground?.stop();
    app.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'did not stop in order');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => stop('SIGINT'));
} catch (error) {
  console.error(
    error instanceof ConfigError
      ? error.message
      : isBusy(error)
        ? `PORT: ${error.port} is taken by another program; set PORT to a free one, or end that program`
        : error,
  );
  process.exitCode = 1;
}

function isBusy(error: unknown): error is Error & { port: number } {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
