/** The envelope's facts that every kind has (domain.md §2): the same names, labels and checks everywhere. */
import { text } from '../language.ts';
import { choice, datetime, short } from './fields.ts';

export const units = {
  pcs: text('件', 'pcs'),
  set: text('套', 'sets'),
  unit: text('台', 'units'),
  box: text('箱', 'boxes'),
  truck: text('车', 'trucks'),
  kg: text('千克', 'kg'),
} as const;

export const where = {
  customer: short(text('客户', 'Customer'), { required: true, max: 80, searchable: true }),
  plant: short(text('工厂', 'Plant'), { required: true, max: 80, searchable: true }),
  line: short(text('产线', 'Line'), { max: 60, listed: true, searchable: true }),
  station: short(text('工位', 'Station'), { max: 60, searchable: true }),
} as const;

export const part = {
  model: short(text('车型', 'Model'), { max: 60, searchable: true }),
  part_no: short(text('零件号', 'Part no.'), { max: 60, listed: true, searchable: true, code: true }),
  part_name: short(text('零件名称', 'Part'), { max: 80, listed: true, searchable: true }),
  unit: choice(text('单位', 'Unit'), units),
} as const;

export const origin = {
  occurred_at: datetime(text('发生时间', 'Occurred at'), { when: 'past' }),
  received_at: datetime(text('接收时间', 'Received at'), { when: 'past' }),
  customer_due_at: datetime(text('客户期限', 'Customer deadline')),
  customer_reply_at: datetime(text('已回复客户', 'Customer replied at'), { when: 'past' }),
  source: choice(text('来源', 'Source'), {
    chat: text('聊天', 'Chat'),
    card: text('卡片', 'Card'),
    email: text('邮件', 'E-mail'),
    phone: text('电话', 'Phone'),
    meeting: text('会议', 'Meeting'),
    portal: text('客户平台', 'Customer portal'),
  }),
  customer_ref: short(text('客户单号', 'Customer ref.'), { max: 60, searchable: true }),
  customer_contact: short(text('客户联系人', 'Customer contact'), { max: 80 }),
  raw_text: short(text('原文', 'Original words'), { multiline: true, max: 8000, searchable: true }),
  // Of a record that was made of somebody's message: who said it, when, and where it stands.
  said_by: short(text('原话作者', 'Said by'), { max: 80, searchable: true, computed: true }),
  said_at: datetime(text('原话时间', 'Said at'), { computed: true }),
  said_link: short(text('原消息', 'Original message'), { max: 2000, computed: true }),
} as const;

/** First reply to the customer, by severity (domain.md §2 table); the engineer logs it. */
export const replyWithin = { S1: '30m', S2: '2h', S3: '1wd', S4: '3wd' } as const;
/** First human reaction, by severity. */
export const ackWithin = { S1: '5m', S2: '30m', S3: '4h', S4: '1wd' } as const;
/** A word on how it goes, by severity, while somebody has it in hand. */
export const updateWithin = { S1: '30m', S2: '4h', S3: '1wd', S4: '5wd' } as const;
