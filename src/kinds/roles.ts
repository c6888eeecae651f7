import { text } from '../language.ts';
import type { Text } from '../language.ts';
import type { Role } from './define.ts';

/** Roles and relations as people call them. */
export const roleLabels: Readonly<Record<Role | 'owner' | 'reporter' | 'notified', Text>> = {
  RE: text('驻厂工程师', 'resident engineer'),
  BK: text('替补', 'backup'),
  LEAD: text('驻厂主管', 'resident lead'),
  QE: text('质量工程师', 'quality engineer'),
  PE: text('工艺工程师', 'process engineer'),
  PP: text('生产计划', 'production planning'),
  LOG: text('物流', 'logistics'),
  PUR: text('采购', 'purchasing'),
  RD: text('研发', 'R&D'),
  SALES: text('客户经理', 'sales'),
  DM: text('部门经理', 'department manager'),
  GM: text('管理层', 'management'),
  CUST: text('客户', 'customer'),
  owner: text('负责人', 'owner'),
  reporter: text('登记人', 'reporter'),
  notified: text('被通知的人', 'anyone notified'),
};
