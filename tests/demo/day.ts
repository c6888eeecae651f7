/**
 * `npm run demo`: a working day at the demo plant, played through the Agents Playground's own HTTP interface.
 *   --once   end after the day: exit code 0, or 1 if a step did not give what it should
 *   --alone  start a bot and a Playground of its own even if `npm start` is running
 */
import { parseArgs } from 'node:util';
import { openCast } from './cast.ts';
import { openStage } from './stage.ts';
import { story } from './story.ts';

const { values } = parseArgs({
  options: { once: { type: 'boolean', default: false }, alone: { type: 'boolean', default: false } },
});

const stage = await openStage(values.alone);
process.on('SIGINT', () => end(0));
process.on('SIGTERM', () => end(0));
const { url } = stage.viewer;
console.log(
  `${stage.own ? 'A bot and a Playground of its own' : `Playing into ${stage.url}`}; watch at ${url}\n`,
);

let failed = false;
try {
  const cast = await openCast(stage);
  await cast.arrive();
  for (const { at, does, run } of story(stage, cast)) {
    console.log(`${at}  ${does}`);
    console.log(`         -> ${await run()}`);
  }
} catch (error) {
  failed = true;
  console.error(`         -> FAILED: ${error instanceof Error ? error.message : String(error)}`);
}

if (failed) end(1);
else if (values.once) end(0);
else {
  console.log(`
Open ${url} in a browser: you are 林晓, the resident engineer.
  General, in the team      the line stop, live from 02:15 to restored; the change request and its answers
  质量 Quality, in the team  the defect and its containment
  Personal Chat             the defect's form, search, lists and digests, in both languages
  值班群 Duty, group chat     other people's work, and the digest in English
Press a button, or write "右前门漆面划伤3件" or "Line 1 stopped since 10:20".
Ctrl-C ends ${stage.own ? 'it all; the data is made anew on each run' : 'this address, not the bot'}.`);
}

function end(code: number): void {
  stage.close();
  process.exit(code);
}
