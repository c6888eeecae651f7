/** Fields of the defect, as domain.md §2.2 lists them. */
import { text } from '../language.ts';
import { bool, choice, datetime, int, list, num, rows, short } from './fields.ts';

export const modeGroups = {
  appearance: text('外观', 'Appearance'),
  dimension: text('尺寸', 'Dimension'),
  function: text('功能', 'Function'),
} as const;

const modes = {
  'appearance.scratch': text('划伤', 'Scratch'),
  'appearance.dent': text('磕碰', 'Dent'),
  'appearance.stain': text('脏污', 'Stain'),
  'appearance.color': text('色差', 'Colour difference'),
  'appearance.burr': text('毛刺', 'Burr'),
  'appearance.rust': text('锈蚀', 'Rust'),
  'dimension.out_of_tolerance': text('超差', 'Out of tolerance'),
  'dimension.deform': text('变形', 'Deformation'),
  'dimension.misfit': text('装配干涉', 'Misfit'),
  'function.no_function': text('失效', 'No function'),
  'function.noise': text('异响', 'Noise'),
  'function.leak': text('泄漏', 'Leak'),
  'function.electrical': text('电气', 'Electrical'),
  'function.software': text('软件', 'Software'),
  material: text('材料', 'Material'),
  missing: text('缺漏', 'Missing part'),
  wrong_part: text('错件', 'Wrong part'),
  mixed: text('混料', 'Mixed parts'),
  label: text('标签', 'Label'),
  packaging: text('包装', 'Packaging'),
} as const;

const stages = {
  incoming: text('进厂检验', 'Incoming'),
  in_process: text('过程', 'In process'),
  final: text('最终检验', 'Final'),
  road_test: text('路试', 'Road test'),
  field: text('售后', 'Field'),
  own_plant: text('厂内', 'Own plant'),
} as const;

export const places = {
  customer_line: text('客户线边', 'Customer line'),
  customer_wh: text('客户仓', 'Customer warehouse'),
  transit: text('在途', 'In transit'),
  our_fg: text('我方成品', 'Our finished goods'),
  wip: text('在制', 'Work in progress'),
  sub_supplier: text('下级供方', 'Sub-supplier'),
} as const;

const containmentRow = {
  place: choice(text('地点', 'Place'), places),
  qty: int(text('数量', 'Qty'), { min: 0 }),
  ok: int(text('合格', 'OK'), { min: 0 }),
  ng: int(text('不良', 'NG'), { min: 0 }),
} as const;

const claimRow = {
  item: choice(text('项目', 'Item'), {
    sorting: text('挑选费', 'Sorting'),
    rework: text('返工费', 'Rework'),
    line_stop: text('停线费', 'Line stop'),
    scrap: text('报废', 'Scrap'),
    freight: text('运费', 'Freight'),
    admin: text('管理费', 'Administration'),
  }),
  claimed: num(text('索赔金额', 'Claimed'), { unit: 'CNY', min: 0 }),
  accepted: num(text('认可金额', 'Accepted'), { unit: 'CNY', min: 0 }),
  evidence: short(text('证据', 'Evidence')),
} as const;

export const defectFields = {
  mode: choice(text('缺陷模式', 'Defect mode'), modes, { required: true, listed: true, groups: modeGroups }),
  stage: choice(text('发现阶段', 'Found at'), stages, { required: true, listed: true }),
  qty_ng: int(text('不良数', 'NG quantity'), { required: true, min: 1, max: 1_000_000, unitField: 'unit' }),
  location: short(text('缺陷部位', 'Location on part'), { required: true, max: 120, searchable: true }),
  safety_related: bool(text('涉及安全', 'Safety related'), { required: true }),
  line_impact: choice(
    text('对产线影响', 'Line impact'),
    { none: text('无', 'None'), slow: text('降速', 'Slowed'), stop: text('停线', 'Stopped') },
    { required: true },
  ),
  qty_inspected: int(text('检验数', 'Quantity inspected'), { min: 0, max: 10_000_000, unitField: 'unit' }),
  qty_suspect: int(text('可疑数', 'Suspect quantity'), { min: 0, max: 10_000_000, unitField: 'unit' }),
  nominal: num(text('标称值', 'Nominal'), { unitField: 'measure_unit' }),
  tol: num(text('公差 ±', 'Tolerance ±'), { min: 0, unitField: 'measure_unit' }),
  measured: num(text('实测值', 'Measured'), { unitField: 'measure_unit' }),
  measure_unit: short(text('计量单位', 'Unit of measure'), { max: 12 }),
  lot: short(text('批次', 'Lot'), { max: 60, searchable: true }),
  date_code: short(text('日期码', 'Date code'), { max: 60, searchable: true }),
  serials: list(text('序列号', 'Serial numbers'), { searchable: true }),
  photos: list(text('照片', 'Photos'), {
    hint: text('链接或文件名，每行一个', 'links or file names, one a line'),
  }),
  sample_no: short(text('封样编号', 'Sealed sample no.'), { max: 60 }),
  containment: rows(text('围堵', 'Containment'), containmentRow, {
    hint: text(
      '每行：地点 数量 合格 不良，如 客户线边 120 118 2',
      'one a line: place qty ok ng, such as: customer line 120 118 2',
    ),
  }),
  method: short(text('围堵方法', 'Method'), { max: 200 }),
  clean_point: short(text('断点', 'Clean point'), { max: 120 }),
  disposition: choice(text('处置', 'Disposition'), {
    sort: text('挑选', 'Sort'),
    rework: text('返工', 'Rework'),
    repair: text('返修', 'Repair'),
    use_as_is: text('让步接收', 'Use as is'),
    return: text('退货', 'Return'),
    scrap: text('报废', 'Scrap'),
  }),
  concession_no: short(text('让步编号', 'Concession no.'), { max: 60 }),
  expiry_or_qty: short(text('让步期限或数量', 'Concession expiry or quantity'), { max: 60 }),
  cause_occurrence: short(text('发生原因', 'Cause of occurrence'), { multiline: true, max: 2000 }),
  cause_escape: short(text('流出原因', 'Cause of escape'), { multiline: true, max: 2000 }),
  cause_class: choice(text('原因类别', 'Cause class'), {
    man: text('人', 'Man'),
    machine: text('机', 'Machine'),
    material: text('料', 'Material'),
    method: text('法', 'Method'),
    environment: text('环', 'Environment'),
    measurement: text('测', 'Measurement'),
  }),
  repeat_of: short(text('重复于', 'Repeat of'), { max: 40 }),
  liability: choice(text('责任', 'Liability'), {
    ours: text('我方', 'Ours'),
    customer: text('客户', 'Customer'),
    carrier: text('承运商', 'Carrier'),
    sub_supplier: text('下级供方', 'Sub-supplier'),
    shared: text('共担', 'Shared'),
    open: text('未定', 'Open'),
  }),
  claim: rows(text('索赔', 'Claim'), claimRow, {
    hint: text(
      '每行：项目 索赔 认可，如 挑选费 38500 0',
      'one a line: item claimed accepted, such as: sorting 38500 0',
    ),
  }),
  verification: short(text('验证结果', 'Verification'), { multiline: true, max: 1000 }),
  customer_evidence: short(text('客户凭证', 'Customer evidence'), {
    max: 300,
    hint: text('邮件、签字扫描件或平台编号', 'e-mail, signed scan or portal reference'),
  }),
  lesson: short(text('经验教训', 'Lesson'), { multiline: true, max: 1000 }),
  ack_at: datetime(text('受理时间', 'Acknowledged at')),
  contained_at: datetime(text('围堵时间', 'Contained at')),
} as const;
