import type { Deps, Owing } from '../../src/records/deps.ts';
import { actorOf } from '../../src/records/deps.ts';
import { openDraft, submitDraft } from '../../src/records/draft.ts';
import { kindOf, kindOfRecordId } from '../../src/kinds/index.ts';
import type { KindId } from '../../src/kinds/index.ts';
import type { RecordDoc } from '../../src/records/record.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { sampleSite } from '../fixtures/sample-site.ts';
import { FakeClock } from './clock.ts';

export const site = sampleSite;

/** The sample site's people by role, as actors with a card in hand. */
export const people = {
  re: actorOf(site, 'p-lin', 'card'),
  backup: actorOf(site, 'p-zhou', 'card'),
  qe: actorOf(site, 'p-chen', 'card'),
  otherQe: actorOf(site, 'p-sun', 'card'),
  pp: actorOf(site, 'p-zhao', 'card'),
  lead: actorOf(site, 'p-zheng', 'card'),
  dm: actorOf(site, 'p-qian', 'card'),
  customer: actorOf(site, 'p-feng', 'card'),
};

export interface Desk {
  deps: Deps;
  clock: FakeClock;
  /** Documents handed to the runner, in order. */
  kicked: Owing[];
}

/** An empty store, a clock at 10:30 local, and no runner. */
export function openDesk(): Desk {
  const clock = new FakeClock('2026-11-23T02:30:00.000Z');
  const kicked: Owing[] = [];
  const store = openSqliteStore({ file: ':memory:', clock });
  const kick = (doc: Owing) => {
    kicked.push(structuredClone(doc));
    return Promise.resolve();
  };
  return { deps: { store, clock, instance: 'test', kick }, clock, kicked };
}

const origin = { serviceUrl: 'http://127.0.0.1:1/', conversationId: 'a:lin', tenantId: 't', botId: '28:bot' };
let drafts = 0;

export const wholeFacts: Record<KindId, Record<string, unknown>> = {
  defect: {
    mode: 'appearance.scratch',
    stage: 'incoming',
    part_name: '门内饰板',
    part_no: '8A0-971-12C',
    qty_ng: 3,
    unit: 'pcs',
    location: '左上角',
    safety_related: false,
    line_impact: 'none',
  },
  change_request: { change_type: 'urgent_order', part_name: '后保险杠', qty_delta: 500, unit: 'set' },
  confirmation_letter: {
    cr_id: 'CR-20261123-001',
    subject: '后保险杠追加',
    items: [{ from: '1000套', to: '1500套', qty: 500, unit: 'set', date: '2026-11-27', quality: '不变' }],
    agreed_zh: '自2026年11月27日起追加500套，质量要求不变。',
    agreed_en: '500 more sets from 27 November 2026, quality unchanged.',
  },
  escalation: {
    type: 'line_stop',
    line: '总装二线',
    started_at: '2026-11-23T01:40:00.000Z',
    ongoing: true,
    cause_side: 'unknown',
  },
  document: {
    doc_type: 'quality_agreement',
    doc_title: '质量协议',
    doc_no: 'QA-2026-03',
    doc_rev: 'B',
    valid_to: '2028-12-31',
    retention_class: '3y',
    url: 'https://contoso.sharepoint.com/qa.pdf',
  },
};

/** A captured record of the kind, by the engineer unless given. */
export async function captured(
  desk: Desk,
  kindId: KindId,
  fields: Record<string, unknown> = {},
  actor = people.re,
): Promise<RecordDoc> {
  const kind = kindOf(kindId);
  if (!kind) throw new Error(kindId);
  const about = kind.can.feeds && { ...wholeFacts[kindId], ...fields }[kind.can.feeds.record];
  // What it is about must be there; that it was captured first is no part of the test.
  if (typeof about === 'string' && !(await desk.deps.store.read(site.id, about))) {
    await captured(desk, kindOfRecordId(about)!.id as KindId);
    desk.kicked.length = 0;
  }
  drafts += 1;
  const { draft } = await openDraft(desk.deps, site, actor, {
    key: `draft ${drafts}`,
    kind,
    fields: { ...wholeFacts[kindId], ...fields },
    language: 'zh',
    origin,
    jobs: [],
  });
  return (await submitDraft(desk.deps, site, actor, { draft: draft.id, inputs: {} })).record;
}

export { origin };
