import { text } from '../language.ts';
import { origin, part, where } from './common.ts';
import { defineKind } from './define.ts';
import { choice, date, int, short } from './fields.ts';

const docTypes = {
  tech_file: text('技术文件', 'Technical file'),
  quality_agreement: text('质量协议', 'Quality agreement'),
  minutes: text('会议纪要', 'Minutes'),
  order_confirmation: text('订单确认', 'Order confirmation'),
  inspection_data: text('检验数据', 'Inspection data'),
  production_record: text('生产记录', 'Production record'),
  report: text('报告', 'Report'),
  other: text('其他', 'Other'),
} as const;

const { received_at, source, customer_ref, raw_text } = origin;

/** 档案: domain.md §2.9. */
export const document = defineKind({
  id: 'document',
  prefix: 'DOC',
  label: text('档案文件', 'Document'),
  words: ['档案文件', '文件归档', 'document', 'doc'],
  icon: '📁',
  fields: {
    doc_type: choice(text('文件类型', 'Type'), docTypes, { required: true, listed: true }),
    doc_title: short(text('文件名称', 'Title'), { max: 160, listed: true, searchable: true }),
    doc_no: short(text('文件编号', 'Document no.'), {
      max: 60,
      listed: true,
      searchable: true,
      hint: text(
        '同一编号的新版本会替代旧版本',
        'a new revision of the number takes the place of the old one',
      ),
    }),
    // Not `rev`: every card carries that, and it is the record's own.
    doc_rev: short(text('版本', 'Revision'), {
      required: true,
      max: 20,
      listed: true,
      hint: text('如 B、02；没有版本请填 1', 'such as B or 02; 1 if it has none'),
    }),
    effective_from: date(text('生效日期', 'Valid from')),
    valid_to: date(text('有效期至', 'Valid until'), { listed: true }),
    retention_class: choice(
      text('保存期限', 'Keep for'),
      {
        part_life_plus_1y: text('零件寿命加1年', 'Part life plus 1 year'),
        customer: text('客户规定', 'As the customer says'),
        '3y': text('3年', '3 years'),
      },
      { required: true },
    ),
    end_of_life: date(text('零件停产日期', 'End of the part’s life')),
    retain_until: date(text('客户规定保存至', 'Keep until (customer)')),
    visibility: choice(text('谁可查看', 'Who may see it'), {
      internal: text('仅我方', 'Our people only'),
      customer: text('客户也可查看', 'The customer too'),
    }),
    model: part.model,
    part_no: part.part_no,
    part_name: part.part_name,
    supersedes: short(text('替代', 'Supersedes'), { max: 40, computed: true }),
    url: short(text('文件链接', 'Link'), {
      max: 2000,
      searchable: true,
      hint: text('完整网址；把文件发给我则不用填', 'https://…; not needed if you send me the file'),
    }),
    file_name: short(text('原文件名', 'File name'), { max: 255, searchable: true, computed: true }),
    file_size: int(text('文件大小', 'Size'), { unit: 'B', computed: true }),
    sha256: short(text('文件指纹', 'SHA-256'), { max: 64, searchable: true, computed: true }),
    ...where,
    received_at,
    source,
    customer_ref,
    raw_text,
  },
  typeField: 'doc_type',
  title: ['doc_title', 'doc_no', 'doc_rev'],
  facts: [
    'doc_type',
    'doc_title',
    'doc_no',
    'doc_rev',
    'valid_to',
    'retention_class',
    'end_of_life',
    'retain_until',
    'supersedes',
    'part_no',
    'visibility',
  ],
  statuses: {
    active: text('有效', 'Valid'),
    superseded: text('已替代', 'Superseded'),
    expired: text('已过期', 'Expired'),
  },
  ended: ['superseded', 'expired'],
  verbs: {
    supersede: {
      label: text('已被替代', 'Superseded'),
      from: ['active'],
      to: 'superseded',
      by: ['RE', 'LEAD'],
      reason: true,
    },
    expire: {
      label: text('不再有效', 'No longer valid'),
      from: ['active'],
      to: 'expired',
      by: ['RE', 'LEAD'],
      reason: true,
      tells: [{ people: ['owner'] }],
    },
    reopen: {
      label: text('恢复有效', 'Valid again'),
      from: ['superseded', 'expired'],
      to: 'active',
      by: ['RE', 'LEAD'],
      asks: ['valid_to'],
      reason: true,
      reopens: true,
    },
  },
  needs: {},
  clocks: [],
  capture: ['RE', 'BK', 'LEAD', 'QE', 'PE', 'PP', 'LOG', 'PUR', 'RD', 'SALES', 'DM', 'GM'],
  owner: 'reporter',
  tells: [],
  severity: () => 'S4',
  validate: (fields) => {
    const { url, sha256 } = fields;
    if (typeof url === 'string' && !/^https:\/\/[^\s/@]+(\/\S*)?$/.test(url))
      return [{ field: 'url', what: text('须为 https:// 开头的网址', 'must be an https:// address') }];
    if (!url && !sha256)
      return [
        {
          field: 'url',
          what: text('请把文件发给我，或填写链接', 'send me the file, or give its link here'),
        },
      ];
    const { effective_from: from, valid_to: to } = fields;
    if (typeof from === 'string' && typeof to === 'string' && to < from)
      return [{ field: 'valid_to', what: text('不能早于生效日期', 'must not be before it takes effect') }];
    return [];
  },
  can: {
    files: { name: 'file_name', size: 'file_size', hash: 'sha256', url: 'url', sent: true },
    archive: {
      active: 'active',
      number: 'doc_no',
      rev: 'doc_rev',
      supersedes: 'supersedes',
      supersede: 'supersede',
      until: 'valid_to',
      expire: 'expire',
      warnDays: 30,
      retention: {
        by: 'retention_class',
        rules: {
          part_life_plus_1y: { from: 'end_of_life', years: 1, wholeYear: true },
          customer: { from: 'retain_until', years: 0 },
          '3y': { from: 'createdAt', years: 3 },
        },
      },
    },
    shared: { by: 'visibility', as: 'customer' },
  },
  intake: { rev: 'doc_rev' },
  internal: ['retention_class', 'end_of_life', 'retain_until', 'visibility', 'customer_ref'],
});
