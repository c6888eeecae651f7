/** A shift begins: the channel is told who is on duty and what is handed to them; whoever comes on is called. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyHistory } from '../../src/records/history.ts';
import type { SiteDoc } from '../../src/records/sites.ts';
import { siteDocId } from '../../src/records/sites.ts';
import { reads, startPlant } from '../fakes/app.ts';
import type { Plant } from '../fakes/app.ts';
import type { Card } from '../fakes/cards.ts';
import { FakeClock } from '../fakes/clock.ts';
import { demoChannel, demoPeople, passes, startInstance } from '../fakes/instances.ts';
import { FakeTeams } from '../fakes/teams-connector.ts';

const hour = 3_600_000;
const starts = (cards: Card[]): Card[] => cards.filter((card) => reads(card).includes('接手的事项'));
const mentioned = (card: Card): string[] => {
  const { entities = [] } = card['msteams'] as { entities?: { mentioned: { name: string } }[] };
  return entities.map((one) => one.mentioned.name);
};

describe('one instance', () => {
  let plant: Plant;
  beforeEach(async () => {
    plant = await startPlant({ pollMs: 60_000 });
    // Anybody's word makes the channel known.
    await plant.people.planner.says('帮助', { in: plant.main });
    await plant.settle();
  });
  afterEach(() => plant.stop());
  const posts = () => starts(plant.teams.cards(plant.main));
  const passesHours = async (hours: number): Promise<void> => {
    await plant.clock.advance(hours * hour);
    await plant.settle();
  };
  const shiftJobs = async () => {
    const stored = await plant.app.deps.store.read<SiteDoc>('demo', siteDocId);
    return stored!.doc.jobs.filter(({ type }) => type === 'shift').map(({ at }) => at);
  };

  test('each shift is announced once, with a mention of whoever is on duty', async () => {
    await passesHours(10);
    expect(posts()).toHaveLength(1);
    expect(reads(posts()[0])).toContain('夜班 20:00–08:00 开始');
    expect(reads(posts()[0])).toContain('驻厂工程师\n周敏');
    expect(reads(posts()[0])).toContain('没有未结的停线');
    expect(mentioned(posts()[0]!)).toEqual(['周敏']);
    expect(await shiftJobs()).toEqual(['2026-11-24T00:00:00.000Z']);
    await plant.restart();
    await passesHours(12);
    expect(posts().map((card) => mentioned(card))).toEqual([['周敏'], ['林晓']]);
  });

  test('a stop that is open is handed over, and whoever comes on and was not called is called', async () => {
    const { re, otherQe, lead } = plant.people;
    // The backup is away by day, so that the stop of the afternoon does not call them.
    await otherQe.says('值班');
    await plant.settle();
    await otherQe.presses(plant.teams.card(otherQe), 'duty_away', {
      from_date: '2026-11-23',
      from_time: '10:00',
      to_date: '2026-11-23',
      to_time: '20:00',
    });
    await plant.clock.advance(9 * hour + 58 * 60_000);
    await re.says('总装二线停线,右前门线束断料', { in: plant.main });
    await plant.settle();
    const [before] = await plant.records();
    expect(before?.notified).not.toContain(otherQe.aadObjectId);
    await plant.clock.advance(2 * 60_000 + 1_000);
    await plant.settle();
    expect(reads(posts()[0])).toContain('总装二线 停线');
    expect(mentioned(posts()[0]!)).toEqual(['周敏']);
    const record = await plant.record(before!.id);
    expect(record.notified).toContain(otherQe.aadObjectId);
    expect(record.history.at(-1)).toMatchObject({
      verb: 'relieve',
      by: { id: 'bot' },
      changes: [{ field: '@called', to: [otherQe.aadObjectId] }],
    });
    expect(verifyHistory(record)).toEqual([]);
    expect(plant.teams.cards(otherQe).filter((card) => reads(card).includes(record.id))).toHaveLength(1);
    expect(JSON.stringify(plant.teams.cards(plant.main))).toContain('接班，通知 周敏');
    // Who leads is called by their level, in their time, and not by the change of shift.
    expect(record.notified).not.toContain(lead.aadObjectId);
  });

  test('a stop that is restored is not handed over, and nobody is called for it', async () => {
    const { re, qe } = plant.people;
    await re.says('总装二线停线,右前门线束断料', { in: plant.main });
    await plant.settle();
    const live = plant.teams.cards(plant.main).find((card) => reads(card).includes('ESC-20261123-001'))!;
    await qe.presses(live, 'acknowledge');
    await plant.settle();
    const again = plant.teams.cards(plant.main).find((card) => reads(card).includes('ESC-20261123-001'))!;
    await re.presses(again, 'arrive');
    await plant.settle();
    const arrived = plant.teams.cards(plant.main).find((card) => reads(card).includes('ESC-20261123-001'))!;
    await re.presses(arrived, 'restore', { first_off_ok: 'true', cause_side: 'customer' });
    await passesHours(10);
    expect(reads(posts()[0])).toContain('没有未结的停线');
  });

  test('a shift that began more than half an hour ago is not announced; the next one is', async () => {
    await plant.app.stop();
    await plant.clock.advance(10 * hour + 31 * 60_000);
    await plant.reopen();
    await plant.settle();
    await plant.clock.advance(10_000);
    await plant.settle();
    expect(posts()).toEqual([]);
    await passesHours(12);
    expect(posts().map((card) => mentioned(card))).toEqual([['林晓']]);
  });

  test('a shift that began a quarter of an hour ago is', async () => {
    await plant.app.stop();
    await plant.clock.advance(10 * hour + 15 * 60_000);
    await plant.reopen();
    await plant.clock.advance(10_000);
    await plant.settle();
    expect(posts()).toHaveLength(1);
  });

  test('a site that has lost its rotas announces nothing', async () => {
    const { sites } = plant.app.context;
    await sites.put({ ...sites.get('demo')!, duty: undefined });
    await plant.restart();
    expect(await shiftJobs()).toEqual([]);
    await passesHours(11);
    expect(posts()).toEqual([]);
  });
});

test('two instances announce a shift once, and the one does not call whom the other has just marked away', async () => {
  const clock = new FakeClock('2026-11-23T02:00:00.000Z');
  const teams = await FakeTeams.start({ clock });
  const dataDir = await mkdtemp(join(tmpdir(), 'lineside-duty-'));
  const one = await startInstance(teams, clock, dataDir, { pollMs: 10_000 });
  const other = await startInstance(teams, clock, dataDir, { pollMs: 10_000 });
  const both = [one, other];
  try {
    const [re, , , planner, lead] = demoPeople(teams);
    one.listens();
    await planner!.says('总装二线停线,右前门线束断料', { in: demoChannel('main') });
    await passes(clock, both, 2_000);
    other.listens();
    await lead!.says('值班');
    await passes(clock, both, 4 * 60_000, 30_000);
    const away = { from_date: '2026-11-23', from_time: '10:00', to_date: '2026-11-23', to_time: '12:00' };
    await lead!.presses(teams.card(lead!), 'duty_away', away);
    await re!.says('值班');
    await re!.presses(teams.card(re!), 'duty_away', away);
    // The first instance reads all sites anew every half minute only; its ladder's next level is due before.
    await passes(clock, both, 60_000, 1_000);
    const posts = teams.texts(demoChannel('main')).filter((text) => text.includes('升级'));
    expect(posts).toHaveLength(1);
    expect(posts[0]).not.toContain(lead!.name);
    one.listens();
    await planner!.says('总装一线停线,缺螺栓', { in: demoChannel('main') });
    await passes(clock, both, 2_000);
    const stopped = teams.cards(demoChannel('main')).find((card) => reads(card).includes('ESC-20261123-002'));
    expect(stopped && mentioned(stopped)).toEqual(['陈伟', '周敏']);
    await clock.advanceTo('2026-11-23T11:59:55.000Z');
    await passes(clock, both, 30_000, 5_000);
    expect(starts(teams.cards(demoChannel('main')))).toHaveLength(1);
  } finally {
    for (const { app } of both) await app.stop();
    await teams.close();
    await rm(dataDir, { recursive: true, force: true });
  }
});
