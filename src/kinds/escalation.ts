import { text } from '../language.ts';
import { ackWithin, replyWithin } from './common.ts';
import { defineKind } from './define.ts';
import { escalationFields } from './escalation-fields.ts';
import { escalationTasks } from './escalation-tasks.ts';
import { escalationSeverity } from './severity.ts';

/** 停线升级: domain.md §2.3; the first message of §5. */
export const escalation = defineKind({
  id: 'escalation',
  prefix: 'ESC',
  label: text('停线升级', 'Line stop'),
  words: ['停线升级', '停线', '升级', 'line stop', 'escalation', 'escalations', 'stops'],
  icon: '🚨',
  fields: escalationFields,
  typeField: 'type',
  title: ['line', 'type', 'part_name'],
  facts: [
    'line',
    'station',
    'part_name',
    'part_no',
    'need_qty',
    'cause',
    'cause_side',
    'vehicles_affected',
    'eta',
    'help_requested',
    'action_taken',
  ],
  statuses: {
    open: text('已触发', 'Open'),
    acknowledged: text('已响应', 'Answered'),
    on_site: text('已到场', 'On site'),
    restored: text('恢复', 'Restored'),
    reviewed: text('已复盘', 'Reviewed'),
    closed: text('已关闭', 'Closed'),
    cancelled: text('已取消', 'Cancelled'),
    merged: text('已并入', 'Merged'),
  },
  ended: ['closed', 'cancelled', 'merged'],
  verbs: {
    acknowledge: {
      label: text('我来处理', "I'll take it"),
      from: ['open'],
      to: 'acknowledged',
      by: ['notified'],
      asks: ['eta'],
      stamps: ['ack_at'],
      takes: 'always',
      style: 'positive',
    },
    arrive: {
      label: text('我已到场', 'I am on site'),
      from: ['open', 'acknowledged'],
      to: 'on_site',
      by: ['RE'],
      stamps: ['ack_at', 'on_site_at'],
      takes: 'if_none',
      style: 'positive',
    },
    restore: {
      label: text('产线恢复', 'Line restored'),
      from: ['open', 'acknowledged', 'on_site'],
      to: 'restored',
      by: ['RE'],
      asks: ['restored_at', 'first_off_ok', 'cause', 'cause_side', 'vehicles_affected'],
      stamps: ['restored_at'],
      style: 'positive',
      tells: [{ roles: ['LEAD', 'QE'], people: ['owner', 'reporter'] }],
    },
    review: {
      label: text('完成复盘', 'Complete the review'),
      from: ['restored'],
      to: 'reviewed',
      by: ['QE', 'LEAD'],
      needs: ['review', 'lessons'],
      asks: ['loss', 'cause', 'cause_side'],
      adds: 'action',
      style: 'positive',
      tells: [{ people: ['owner', 'reporter'] }],
    },
    close: {
      label: text('关闭', 'Close'),
      from: ['reviewed'],
      to: 'closed',
      by: ['LEAD'],
      style: 'positive',
      tells: [{ people: ['owner', 'reporter'] }],
    },
    reply: {
      label: text('已回复客户', 'Replied to customer'),
      from: ['open', 'acknowledged', 'on_site', 'restored', 'reviewed'],
      to: 'stay',
      by: ['RE', 'LEAD'],
      stamps: ['customer_reply_at'],
    },
    ask_help: {
      label: text('请求支援', 'Ask for help'),
      from: ['open', 'acknowledged', 'on_site'],
      to: 'stay',
      by: ['notified'],
      adds: 'help',
    },
    add_action: {
      label: text('添加行动项', 'Add action'),
      from: ['restored', 'reviewed'],
      to: 'stay',
      by: ['RE', 'QE', 'LEAD'],
      asks: ['review', 'lessons'],
      adds: 'action',
    },
    ladder: {
      label: text('升级', 'Escalate'),
      from: ['open', 'acknowledged', 'on_site'],
      to: 'stay',
      by: ['notified'],
      reason: true,
      climbs: true,
    },
    reopen: {
      label: text('重新停线', 'Stopped again'),
      from: ['restored', 'reviewed', 'closed', 'cancelled'],
      to: 'open',
      by: ['RE', 'QE', 'LEAD'],
      reason: true,
      reopens: true,
      clears: ['ack_at', 'on_site_at', 'restored_at', 'ended_at', 'first_off_ok'],
      tells: [{ channel: 'main', roles: ['RE', 'BK', 'QE'] }],
    },
    cancel: {
      label: text('误报取消', 'Cancel'),
      from: ['open', 'acknowledged'],
      to: 'cancelled',
      by: ['LEAD'],
      reporterWithin: 30,
      reason: true,
      style: 'destructive',
      tells: [{ roles: ['RE', 'BK', 'QE'] }],
    },
  },
  needs: {
    open: [{ field: 'line', when: { field: 'type', in: ['line_stop', 'line_slow', 'shortage'] } }],
    restored: [{ field: 'first_off_ok', is: true }],
  },
  clocks: [
    {
      label: text('响应', 'Answer'),
      from: 'received_at',
      until: ['acknowledged', 'on_site', 'restored'],
      within: ackWithin,
    },
    {
      label: text('首次回复客户', 'First customer reply'),
      from: 'received_at',
      untilField: 'customer_reply_at',
      within: replyWithin,
    },
    {
      label: text('到达现场', 'On site'),
      from: 'received_at',
      until: ['on_site', 'restored'],
      within: { S1: '60m', S2: '60m' },
    },
    {
      label: text('复盘', 'Review'),
      from: { status: 'restored' },
      until: ['reviewed'],
      within: { S1: '2wd', S2: '2wd', S3: '2wd', S4: '2wd' },
    },
  ],
  capture: ['RE', 'BK', 'LEAD', 'QE', 'PE', 'PP', 'LOG', 'PUR', 'RD', 'SALES', 'DM', 'GM'],
  tells: [{ channel: 'main', roles: ['RE', 'BK', 'QE'] }],
  severity: escalationSeverity,
  validate: (fields) => {
    const start = fields['started_at'];
    const end = fields['restored_at'] ?? fields['ended_at'];
    const faults: { field: 'restored_at' | 'eta'; what: ReturnType<typeof text> }[] = [];
    const eta = fields['eta'];
    if (typeof start === 'string' && typeof eta === 'string' && eta < start)
      faults.push({ field: 'eta', what: text('不能早于停线开始时间', 'cannot be before the stop began') });
    if (typeof start === 'string' && typeof end === 'string' && end < start)
      faults.push({ field: 'restored_at', what: text('不能早于开始时间', 'cannot be before the start') });
    return faults;
  },
  can: {
    ladder: {
      from: 'started_at',
      untilAnswered: 1,
      answered: ['acknowledged', 'on_site'],
      ends: ['restored', 'reviewed', 'closed', 'cancelled', 'merged'],
      jumps: [
        {
          to: 3,
          afterMinutes: 0,
          when: { field: 'type', in: ['safety'] },
          why: text('涉及安全', 'safety is at stake'),
        },
        {
          to: 3,
          afterMinutes: 0,
          when: { field: 'safety_related', in: ['true'] },
          why: text('安全件', 'a safety part'),
        },
        {
          to: 4,
          afterMinutes: 30,
          when: { field: 'cause_side', in: ['ours'] },
          why: text('我方责任停线满30分钟，提前知会', 'our side has stopped it for 30 minutes: heads-up'),
        },
      ],
    },
    single: {
      by: 'line',
      when: { field: 'type', in: ['line_stop', 'line_slow', 'shortage'] },
      from: 'started_at',
      to: ['restored_at', 'ended_at'],
      ends: ['restored', 'reviewed', 'closed'],
      reopen: { verb: 'reopen', withinMinutes: 60 },
      merge: { status: 'merged', by: ['RE', 'QE', 'LEAD'] },
    },
    promise: {
      status: 'acknowledged',
      back: 'open',
      clears: ['ack_at'],
      updates: ['eta', 'action_taken'],
      severities: ['S1', 'S2'],
    },
    instant: {
      asks: ['line', 'part_no', 'cause_side', 'vehicles_affected', 'eta', 'help_requested'],
      defaults: { type: 'line_stop', ongoing: true, cause_side: 'unknown' },
      now: ['started_at'],
      running: ['eta', 'help_requested'],
    },
    tasks: escalationTasks,
    stopwatch: {
      from: 'started_at',
      to: ['restored_at', 'ended_at'],
      into: 'minutes_stopped',
      ongoing: 'ongoing',
      between: 'minutes_between',
      label: text('已停', 'Stopped for'),
    },
  },
  intake: { min_stopped: 'minutes_stopped', qty: 'need_qty', next_eta: 'eta', contact: 'customer_contact' },
  internal: ['loss', 'lessons'],
});
