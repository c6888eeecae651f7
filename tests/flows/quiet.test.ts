/** What can wait until the morning waits until the morning, and what cannot does not. */
import { actorOf } from '../../src/records/deps.ts';
import { edit } from '../../src/records/edit.ts';
import { reads, startPlant } from '../fakes/app.ts';
import type { Plant } from '../fakes/app.ts';
import type { Person } from '../fakes/person.ts';

const said = '仪表板横梁 P/N HC-3305021 来料抽检12件里3件NG,安装孔Φ8.2超差,图纸Φ8.0±0.1';
const id = 'DEF-20261123-001';
let plant: Plant;
beforeEach(async () => {
  plant = await startPlant({ pollMs: 15 * 60_000 });
  // Everybody has met the bot by day.
  for (const person of Object.values(plant.people)) await person.says('帮助');
});
afterEach(() => plant.stop());

/** On the Monday of the test, or days after it. */
const at = async (time: string, day = 23): Promise<void> => {
  await plant.clock.advanceTo(new Date(`2026-11-${day}T${time}:00+08:00`).toISOString());
  await plant.settle();
};
/** The engineer reports a defect; S3 unless the line is slowed by it (S2) or safety is at stake (S1). */
const reports = async (facts: Record<string, string> = {}): Promise<void> => {
  const { re } = plant.people;
  await re.says(said);
  const form = plant.teams.cards(re).at(-1)!;
  await re.presses(form, 'create', { safety_related: 'false', line_impact: 'none', ...facts });
  await plant.settle();
};
/** What the person was sent about the record. */
const heard = (person: Person, record = id): string[] =>
  plant.teams
    .messages(person)
    .map(({ versions }) => `${versions[0]?.summary ?? ''} ${versions[0]?.text ?? ''}`)
    .filter((text) => text.includes(record));
const posted = () => plant.teams.messages(plant.quality).map(({ versions }) => versions[0]!);
/** Whom the post in the quality channel called. */
const mentioned = (): string[] =>
  posted().flatMap(({ attachments }) => {
    const [card] = ((attachments ?? []) as { content: unknown }[]).map(({ content }) => content) as {
      msteams: { entities?: { mentioned: { name: string } }[] };
    }[];
    return (card?.msteams.entities ?? []).map(({ mentioned: { name } }) => name);
  });
/** The engineer corrects facts, as the whole form would. */
const edits = async (inputs: Record<string, string>): Promise<void> => {
  const site = plant.app.context.sites.get('demo')!;
  const actor = actorOf(site, plant.people.re.aadObjectId, 'card');
  await edit(plant.app.deps, site, actor, { id, rev: undefined, inputs });
  await plant.settle();
};
const chooses = async (person: Person, inputs: Record<string, string>, word = '提醒') => {
  await person.says(word);
  return person.presses(plant.teams.cards(person).at(-1)!, 'notices', inputs);
};

test('at 22:00 an S3 defect stands in the channel and rings nobody; quality hears of it at 08:00', async () => {
  const { qe, otherQe, re } = plant.people;
  await at('22:00');
  await reports();
  expect(posted()).toHaveLength(1);
  expect(posted()[0]!.channelData).toBeUndefined();
  expect(mentioned()).toEqual([]);
  expect(heard(qe)).toEqual([]);
  // What answers her own press is there at once.
  expect(reads(plant.teams.cards(re).at(-1))).toContain(id);
  await at('07:59', 24);
  expect([...heard(qe), ...heard(otherQe)]).toEqual([]);
  await at('08:01', 24);
  expect(heard(qe)).toHaveLength(1);
  expect(heard(otherQe)).toHaveLength(1);
  expect((await plant.record(id)).jobs.filter(({ type }) => type === 'tell')).toEqual([]);
  // It is the live card, with what is to be done.
  await qe.presses(plant.teams.cards(qe).at(-1)!, 'acknowledge');
});

test('by day it calls them by name', async () => {
  await reports();
  expect(posted()[0]!.channelData).toEqual({ notification: { alert: true } });
  expect(mentioned()).toContain(plant.people.qe.name);
  expect(heard(plant.people.qe)).toEqual([]);
});

test('an S2 defect at 22:00 calls at once', async () => {
  await at('22:00');
  await reports({ line_impact: 'slow' });
  expect(mentioned()).toContain(plant.people.qe.name);
  expect(posted()[0]!.channelData).toEqual({ notification: { alert: true } });
  expect(heard(plant.people.lead)).toHaveLength(1);
});

test('raised to S2 at 23:00 it is told at once, and not again in the morning', async () => {
  const { qe } = plant.people;
  await at('22:00');
  await reports();
  await at('23:00');
  await plant.restart();
  await edits({ line_impact: 'slow' });
  expect((await plant.record(id)).severity).toBe('S2');
  expect(heard(qe)).toHaveLength(1);
  expect(heard(qe)[0]).toContain('严重');
  await at('08:01', 24);
  expect(heard(qe).filter((text) => !text.startsWith(`${id} 逾期`))).toHaveLength(1);
});

test('it comes once, whoever was restarted meanwhile, and all that happened at night is one message', async () => {
  const { qe, otherQe } = plant.people;
  await at('22:00');
  await reports();
  await otherQe.presses(plant.teams.cards(plant.quality)[0]!, 'acknowledge');
  await otherQe.says(id);
  await plant.settle();
  await plant.restart();
  await at('23:00');
  await otherQe.presses(plant.teams.cards(plant.quality)[0]!, 'assign', { assignee: qe.aadObjectId });
  await plant.settle();
  expect(heard(qe)).toEqual([]);
  await plant.restart();
  await at('08:01', 24);
  expect(heard(qe)).toHaveLength(1);
  expect(heard(qe)[0]).toContain('已受理');
});

test('three records of a night are one message in the morning, whose rows open them', async () => {
  const { qe, otherQe } = plant.people;
  await at('22:00');
  for (let count = 0; count < 3; count += 1) await reports();
  await at('23:00');
  const before = [qe, otherQe].map((one) => plant.teams.messages(one).length);
  await plant.restart();
  await at('08:01', 24);
  const after = [qe, otherQe].map((one) => plant.teams.messages(one).slice(before[one === qe ? 0 : 1]));
  expect(after.map((messages) => messages.length)).toEqual([1, 1]);
  expect(after[0]![0]!.versions[0]!.summary).toContain('免打扰期间 (3)');
  const list = plant.teams.cards(qe).at(-1)!;
  for (const number of [1, 2, 3]) expect(reads(list)).toContain(`DEF-20261123-00${number}`);
  const opened = await qe.presses(list, 'show', {}, { where: { record: 'DEF-20261123-002' } });
  expect(reads(opened)).toContain('受理');
  // Nothing is left over.
  await at('11:00', 24);
  expect(plant.teams.messages(qe)).toHaveLength(before[0]! + 1);
});

test('if Teams is out at the end of quiet hours, it comes when Teams is back', async () => {
  const { qe } = plant.people;
  await at('22:00');
  for (let count = 0; count < 2; count += 1) await reports();
  await at('07:59', 24);
  const before = plant.teams.messages(qe).length;
  plant.teams.fail({ status: 503 }, 6);
  await at('08:10', 24);
  expect(plant.teams.messages(qe)).toHaveLength(before + 1);
});

test('a clock that runs out in quiet hours is told when they end, once', async () => {
  const { qe } = plant.people;
  await reports();
  // Four working hours from 10:00 end at 14:00, which this person has chosen to be quiet.
  await chooses(qe, { quiet: 'own', quiet_from: '13:00', quiet_to: '16:00' });
  await at('14:01');
  const before = heard(qe).length;
  await at('15:59');
  expect(heard(qe)).toHaveLength(before);
  await at('16:01');
  expect(heard(qe).slice(before)).toHaveLength(1);
  expect(heard(qe).at(-1)).toContain('逾期');
});

test('a clock that ran out in quiet hours and was stopped in them is not told', async () => {
  const { qe } = plant.people;
  await reports();
  await chooses(qe, { quiet: 'own', quiet_from: '13:00', quiet_to: '16:00' });
  await at('14:01');
  await qe.presses(plant.teams.cards(plant.quality)[0]!, 'acknowledge');
  await plant.people.re.presses(plant.teams.cards(plant.quality)[0]!, 'reply');
  await at('16:01');
  expect(heard(qe)).toEqual([]);
});

test('a stop that was lowered to S3 climbs no ladder at night, and once in the morning', async () => {
  const { re, lead } = plant.people;
  const levels = () => plant.teams.texts(plant.main).filter((text) => /L\d 升级/.test(text));
  await at('22:00');
  await re.says('总装二线停线,右前门线束断料', { in: plant.main });
  await plant.settle();
  const site = plant.app.context.sites.get('demo')!;
  const actor = actorOf(site, lead.aadObjectId, 'card');
  const lower = { id: 'ESC-20261123-001', rev: undefined, inputs: {}, severity: 'S3', reason: '备用线在跑' };
  await edit(plant.app.deps, site, actor, lower);
  await at('07:59', 24);
  expect(levels()).toEqual([]);
  await at('08:01', 24);
  expect(levels()).toHaveLength(1);
});

test('whoever wants S1 and S2 only hears of no S3, finds it in their work, and hears when it gets grave', async () => {
  const { lead, manager } = plant.people;
  await chooses(manager, { reach: 'grave' });
  await reports();
  await lead.says(id);
  await lead.presses(plant.teams.cards(lead).at(-1)!, 'assign', { assignee: manager.aadObjectId });
  await plant.settle();
  expect((await plant.record(id)).owner).toBe(manager.aadObjectId);
  expect(heard(manager)).toEqual([]);
  await manager.says('my work');
  expect(reads(plant.teams.cards(manager).at(-1))).toContain(id);
  await edits({ line_impact: 'slow' });
  expect(heard(manager)).toHaveLength(1);
  await edits({ line_impact: 'stop' });
  expect(heard(manager)).toHaveLength(1);
});

test('whoever wants only what is theirs hears of their own, and of safety whatever they chose', async () => {
  const { lead, manager, re, qe } = plant.people;
  await chooses(lead, { reach: 'mine' }, 'notifications');
  await chooses(manager, { reach: 'mine' }, 'Notifications');
  await reports({ line_impact: 'slow' });
  // An S2 defect tells the lead and the manager, who need do nothing about it.
  expect([...heard(lead), ...heard(manager)]).toEqual([]);
  await chooses(re, { reach: 'mine' });
  await qe.presses(plant.teams.cards(plant.quality)[0]!, 'assign', { assignee: lead.aadObjectId });
  await plant.settle();
  expect(heard(lead)).toHaveLength(1);
  await re.says(said);
  const form = plant.teams.cards(re).at(-1)!;
  await re.presses(form, 'create', { safety_related: 'true', line_impact: 'none' });
  await plant.settle();
  expect(heard(manager, 'DEF-20261123-002')).toHaveLength(1);
});

test('own quiet hours count instead of the site, none means none, and an S1 comes through all of them', async () => {
  const { re, qe, otherQe, manager } = plant.people;
  await chooses(qe, { quiet: 'none' });
  await chooses(otherQe, { quiet: 'own', quiet_from: '21:00', quiet_to: '06:30', quiet_off_days: 'false' });
  await chooses(manager, { reach: 'grave', quiet: 'own', quiet_from: '00:00', quiet_to: '23:59' });
  await at('22:00');
  await reports();
  expect(mentioned()).toContain(qe.name);
  expect(mentioned()).not.toContain(otherQe.name);
  await at('06:29', 24);
  expect(heard(otherQe)).toEqual([]);
  await at('06:31', 24);
  expect(heard(otherQe)).toHaveLength(1);
  await re.says('总装二线停线,右前门线束断料', { in: plant.main });
  await at('07:20', 24);
  expect(plant.teams.texts(plant.main).join()).toContain(`<at>${manager.name}</at>`);
});

test.each([
  ['zh', 'qe', '提醒', '例如 22:00', 'S1 呼叫和涉及安全的消息始终会发给您'],
  ['en', 'lead', 'notifications', 'such as 22:00', 'cannot be switched off'],
] as const)(
  'the card says what cannot be switched off and refuses a bad time (%s)',
  async (_, who, word, example, vital) => {
    const person = plant.people[who];
    await person.says(word);
    const card = plant.teams.cards(person).at(-1)!;
    expect(reads(card)).toContain(vital);
    const bad = { quiet: 'own', quiet_from: '25:00', quiet_to: '06:30' };
    expect((await person.isRefused(card, 'notices', bad)).message).toContain(example);
    const same = { quiet: 'own', quiet_from: '22:00', quiet_to: '22:00' };
    expect((await person.isRefused(card, 'notices', same)).message).toContain('22:00');
    await person.says(word);
    expect(JSON.stringify(plant.teams.cards(person).at(-1))).not.toContain('25:00');
    const saved = await person.presses(card, 'notices', { reach: 'mine', quiet: 'none' });
    expect(reads(saved)).toContain('✔');
    await plant.restart();
    await person.says(word);
    const shown = JSON.stringify(plant.teams.cards(person).at(-1));
    expect(shown).toContain('"value":"mine"');
    expect(shown).toContain('"value":"none"');
  },
);

test('in a channel the bot points to the own chat', async () => {
  const { lead, qe } = plant.people;
  await qe.says('提醒', { in: plant.main });
  await lead.says('notifications', { in: plant.main });
  const [zh, en] = plant.teams.texts(plant.main).slice(-2);
  expect(zh).toContain('单独聊天');
  expect(en).toContain('our own chat');
});
