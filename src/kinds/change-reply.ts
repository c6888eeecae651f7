/** The reply to a customer who wants a change: what each decision says, in the customer's words. */
import { text } from '../language.ts';

const ends = text('请贵方书面确认。', 'Please confirm this in writing.');
const conditions = { field: 'conditions', label: text('条件', 'Conditions') } as const;
const promised = [
  { field: 'qty_delta', label: text('数量增减', 'Quantity change') },
  { field: 'qty', label: text('数量', 'Quantity') },
  { field: 'to_value', label: text('变更为', 'Changed to') },
  { field: 'promised_due', label: text('承诺日期', 'Promised date') },
  { field: 'effectivity', label: text('生效', 'Effective') },
  conditions,
] as const;

export const changeReply = {
  into: 'reply_text',
  ref: 'customer_ref',
  decisions: [
    {
      status: 'feasible',
      when: { field: 'feasibility', in: ['partial'] },
      says: text('我方可以部分满足：', 'We can do this in part:'),
      tells: promised,
      ends,
    },
    {
      status: 'feasible',
      says: text('我方可以按要求执行：', 'We can do this as asked:'),
      tells: promised,
      ends,
    },
    {
      status: 'negotiating',
      says: text('我方无法完全按要求执行，建议如下：', 'We cannot do this exactly as asked and propose:'),
      tells: [
        { field: 'counter_qty', label: text('数量', 'Quantity') },
        { field: 'counter_due', label: text('日期', 'Date') },
        conditions,
      ],
      ends: text('请告知贵方是否接受。', 'Please tell us whether you accept this.'),
    },
    {
      status: 'rejected',
      says: text('很抱歉，我方无法执行这项变更。', 'We are sorry that we cannot make this change.'),
      tells: [],
      ends: text('如需商讨其他方案，请与我们联系。', 'Please contact us to discuss an alternative.'),
    },
  ],
} as const;
