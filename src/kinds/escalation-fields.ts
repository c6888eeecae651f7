/** Fields of the line stop, as domain.md §2.3 lists them. */
import { text } from '../language.ts';
import { origin, part, where } from './common.ts';
import { countersignFields, sides } from './countersign-fields.ts';
import { bool, choice, datetime, int, list, num, short } from './fields.ts';

export const escalationFields = {
  ...where,
  ...part,
  type: choice(
    text('类型', 'Type'),
    {
      line_stop: text('停线', 'Line stopped'),
      line_slow: text('降速', 'Line slowed'),
      batch_quality: text('批量质量', 'Batch quality'),
      shortage: text('断料', 'Shortage'),
      safety: text('安全', 'Safety'),
      logistics: text('物流中断', 'Logistics interruption'),
      special_status: text('受控发运等', 'Special status'),
      complaint: text('高层投诉', 'Management complaint'),
    },
    { required: true, listed: true },
  ),
  cause: short(text('原因', 'Cause'), {
    max: 300,
    searchable: true,
    codes: { shortage: text('断料', 'Shortage') },
  }),
  started_at: datetime(text('开始时间', 'Started at'), {
    required: true,
    when: 'past',
    listed: true,
    reasoned: true,
  }),
  ongoing: bool(text('仍在停', 'Still stopped'), { required: true }),
  ended_at: datetime(text('结束时间', 'Ended at'), { when: 'past', reasoned: true }),
  minutes_stopped: int(text('停线分钟', 'Minutes stopped'), {
    unit: 'min',
    min: 0,
    computed: true,
    listed: true,
  }),
  minutes_between: int(text('中间恢复分钟', 'Minutes running in between'), {
    unit: 'min',
    min: 0,
    computed: true,
  }),
  safety_related: bool(text('安全件', 'Safety part')),
  vehicles_affected: int(text('影响车辆', 'Vehicles affected'), { unit: 'unit', min: 0, max: 1_000_000 }),
  cause_side: choice(text('责任方', 'Responsible side'), sides, { required: true }),
  shortage_part: short(text('缺料零件', 'Part that is short'), { max: 120 }),
  need_qty: int(text('需求数量', 'Quantity needed'), { min: 0, max: 10_000_000, unitField: 'unit' }),
  jis_from: short(text('JIS起', 'JIS from'), { max: 40 }),
  jis_to: short(text('JIS止', 'JIS to'), { max: 40 }),
  eta: datetime(text('预计恢复', 'Expected back')),
  lot: short(text('批次', 'Lot'), { max: 60, searchable: true }),
  help_requested: choice(
    text('需要支援', 'Help needed'),
    {
      expert: text('专家', 'Expert'),
      material: text('物料', 'Material'),
      air_freight: text('空运', 'Air freight'),
      sorters: text('挑选人员', 'Sorters'),
      management: text('管理层', 'Management'),
    },
    { multiple: true },
  ),
  action_taken: short(text('已采取措施', 'Action taken'), { multiline: true, max: 1000 }),
  ack_at: datetime(text('响应时间', 'Answered at')),
  on_site_at: datetime(text('到场时间', 'On site at')),
  restored_at: datetime(text('恢复时间', 'Restored at'), { when: 'past', reasoned: true }),
  first_off_ok: bool(text('首件合格', 'First-off OK')),
  loss: num(text('损失', 'Loss'), { unit: 'CNY', min: 0 }),
  status_now: short(text('现状', 'What is happening'), {
    multiline: true,
    max: 500,
    codes: {
      on_track: text('按计划推进', 'On track'),
      working: text('正在处理', 'Being worked on'),
      longer: text('需要更多时间', 'Needs more time'),
    },
  }),
  next_step: short(text('后续动作', 'Next step'), { max: 300 }),
  decision: short(text('决定内容', 'Decision'), { max: 300 }),
  decisions: list(text('决定', 'Decisions'), { computed: true }),
  review: short(text('复盘结论', 'Review'), { multiline: true, max: 2000 }),
  lessons: short(text('经验教训', 'Lessons'), { multiline: true, max: 2000 }),
  ...countersignFields,
  ...origin,
} as const;
