/** The demo's day, played as `npm run demo -- --once --alone` plays it: bot, store, Playground and cards together. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

function play(dataDir: string): Promise<{ code: number; out: string }> {
  // A Playground whose port is taken takes another, so a fixed one disturbs nobody.
  const env = { ...process.env, DATA_DIR: dataDir, PLAYGROUND_PORT: '56160' };
  return new Promise((resolve) => {
    const args = ['tests/demo/day.ts', '--once', '--alone'];
    execFile(process.execPath, args, { cwd: root, env }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), out: stdout + stderr }),
    );
  });
}

test('every step of the day gives what it should', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'lineside-demo-'));
  try {
    const { code, out } = await play(dataDir);
    expect(out).not.toContain('FAILED');
    expect(out).toMatch(/02:15 {2}.*\n.*ESC-\d{8}-001 .*停线/);
    expect(out).toContain('refused:');
    expect(out).toMatch(/16:05 {2}.*\n.*驻厂日报/);
    expect(code).toBe(0);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}, 90_000);
