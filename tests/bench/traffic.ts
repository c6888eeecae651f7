/** What people of the demo site send, spread so that no published limit of Teams is what is measured. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Role } from '../../src/kinds/define.ts';
import { parseSiteText } from '../../src/site/load.ts';
import type { Site } from '../../src/site/site.ts';
import { root } from './bot-process.ts';

function demoSite(): Site {
  const parsed = parseSiteText(readFileSync(join(root, 'env/site.demo.json'), 'utf8'));
  if ('faults' in parsed) throw new Error('the demo site has faults');
  return parsed.site;
}
export const site = demoSite();

const withRole = (role: Role) => site.people.filter(({ roles }) => roles.includes(role));
const reporters = withRole('RE').concat(withRole('QE'), withRole('LEAD'));
const [qualityEngineer] = withRole('QE');

/**
 * Teams takes 30 sends a second of a tenant and 60 in 30 s of a conversation; the bot keeps to it. Group chats, since a
 * person has one personal conversation only.
 */
const tenants = 60;
const conversationsEach = 30;

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

export interface Place {
  conversationId: string;
  tenantId: string;
}

/** The nth conversation; they come round. Neighbours are of different tenants. */
export function placeOf(n: number): Place {
  const tenant = n % tenants;
  const conversation = Math.floor(n / tenants) % conversationsEach;
  return { conversationId: `19:bench-${tenant}-${conversation}@thread.v2`, tenantId: uuid(tenant) };
}

const parts = ['仪表板横梁', '门内饰板', '后保险杠', '右前门线束', '座椅滑轨'];
const wrongs = [
  '来料抽检{n}件里{m}件NG,安装孔Φ8.2超差,图纸Φ8.0±0.1',
  '来料{n}件中{m}件划伤,左上角',
  '上线发现{m}件毛刺,共检{n}件',
];

/** A defect as a resident engineer writes it; never the same twice. */
export function defectText(n: number): string {
  const wrong = wrongs[n % wrongs.length]!.replace('{n}', String(10 + (n % 40))).replace(
    '{m}',
    String(1 + (n % 9)),
  );
  return `${site.customer}${site.plant} ${parts[n % parts.length]} P/N HC-${3_300_000 + (n % 90_000)} ${wrong}`;
}

let ids = 1_800_000_000_000;

function activity(type: string, n: number, serviceUrl: string, person: (typeof reporters)[number]): object {
  const { conversationId, tenantId } = placeOf(n);
  ids += 1;
  return {
    type,
    id: String(ids),
    timestamp: new Date().toISOString(),
    localTimezone: 'Asia/Shanghai',
    locale: 'zh-CN',
    channelId: 'msteams',
    serviceUrl,
    from: { id: `29:${person.aadObjectId}`, name: person.name, aadObjectId: person.aadObjectId },
    recipient: { id: '28:lineside', name: 'Lineside' },
    conversation: { id: conversationId, conversationType: 'groupChat', isGroup: true, tenantId },
    channelData: { tenant: { id: tenantId } },
    entities: [
      { type: 'clientInfo', locale: 'zh-CN', country: 'CN', platform: 'iOS', timezone: 'Asia/Shanghai' },
    ],
  };
}

export function messageOf(n: number, serviceUrl: string): string {
  const text = defectText(n);
  const from = reporters[n % reporters.length]!;
  return JSON.stringify({ ...activity('message', n, serviceUrl, from), textFormat: 'plain', text });
}

/** The quality engineer's press on a record's card, which stands in the nth conversation. */
export function pressOf(
  n: number,
  serviceUrl: string,
  verb: string,
  record: { id: string; rev: number },
): string {
  return JSON.stringify({
    ...activity('invoke', n, serviceUrl, qualityEngineer!),
    name: 'adaptiveCard/action',
    replyToId: `card-${n}`,
    value: {
      action: { type: 'Action.Execute', verb, data: { record: record.id, rev: record.rev } },
      trigger: 'manual',
    },
  });
}
