/** What the customer's people say of a stop (capability `countersign`): their own figures, and what they were told by. */
import { text } from '../language.ts';
import { bool, choice, datetime, int, short } from './fields.ts';

export const sides = {
  ours: text('我方', 'Ours'),
  customer: text('客户', 'Customer'),
  other: text('第三方', 'Third party'),
  unknown: text('未知', 'Unknown'),
} as const;

/** The same sides as the customer reads them, to whom "ours" would be their own. */
const sidesForBoth = {
  ours: text('供应商', 'Supplier'),
  customer: text('客户', 'Customer'),
  other: sides.other,
  unknown: sides.unknown,
} as const;

export const countersignFields = {
  customer_agrees: bool(text('客户是否认可', 'Customer agrees'), { byVerb: true }),
  customer_started_at: datetime(text('客户方开始时间', "Customer's start"), { when: 'past', byVerb: true }),
  customer_restored_at: datetime(text('客户方恢复时间', "Customer's restart"), {
    when: 'past',
    byVerb: true,
  }),
  customer_minutes: int(text('客户方停线分钟', "Customer's minutes"), {
    unit: 'min',
    min: 0,
    computed: true,
  }),
  customer_cause_side: choice(text('客户方认定的责任方', 'Side, says the customer'), sidesForBoth, {
    byVerb: true,
  }),
  customer_word: short(text('客户意见', "Customer's words"), { multiline: true, max: 500, byVerb: true }),
  signed_by: short(text('客户方签认人', 'Signed for the customer by'), { max: 80, byVerb: true }),
  signed_how: choice(
    text('依据', 'Evidence'),
    {
      email: text('邮件', 'E-mail'),
      scan: text('签字扫描件', 'Signed scan'),
      phone: text('电话', 'Phone'),
      portal: text('客户平台', 'Customer portal'),
    },
    { byVerb: true },
  ),
  signed_ref: short(text('依据编号或出处', 'Reference of the evidence'), { max: 120, byVerb: true }),
} as const;
