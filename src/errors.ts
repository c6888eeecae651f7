import type { Text } from './language.ts';
import { text } from './language.ts';

/** Every refusal that a person can meet: HTTP-like status and what to tell them. Codes are never reused. */
export const errorCodes = {
  not_found: {
    status: 404,
    user: text(
      '没有找到 {id}。请核对编号，或发送“列表”查看。',
      'There is no {id}. Check the number, or send "list".',
    ),
  },
  stranger: {
    status: 403,
    user: text(
      '您不在驻点“{site}”的名单里，什么都没有改动。请联系驻厂主管添加您。',
      'You are not on the roster of {site}; nothing was changed. Ask the resident lead to add you.',
    ),
  },
  not_allowed: {
    status: 403,
    user: text(
      '“{verb}”需要角色：{roles}。什么都没有改动，请找其中一位处理。',
      '"{verb}" needs one of these roles: {roles}. Nothing was changed; ask one of them.',
    ),
  },
  own_work: {
    status: 403,
    user: text(
      '不能验证自己的措施，请由另一位{roles}操作。',
      'Nobody verifies their own action: another {roles} must do it.',
    ),
  },
  wrong_status: {
    status: 409,
    user: text(
      '{id} 现在是“{status}”，不能“{verb}”。卡片已更新到最新状态。',
      '{id} is "{status}" now and cannot take "{verb}". The card shows the present state.',
    ),
  },
  not_your_task: {
    status: 403,
    user: text(
      '“{task}”的“{verb}”要由{by}来做，什么都没有改动。',
      '"{verb}" of "{task}" is for {by}; nothing was changed.',
    ),
  },
  task_state: {
    status: 409,
    user: text(
      '“{task}”：{state}，不能再“{verb}”，什么都没有改动。请点“打开”看最新情况。',
      '"{task}" is {state} and cannot take "{verb}"; nothing was changed. Press "Open" for the present state.',
    ),
  },
  stale: {
    status: 409,
    user: text(
      '{id} 刚被更新过，您的操作没有执行。请看最新卡片后再操作。',
      '{id} has changed since your card was drawn; nothing was done. Look at the present card and press again.',
    ),
  },
  merged: {
    status: 409,
    user: text(
      '{id} 已并入 {into}，什么都没有改动。请在 {into} 上操作。',
      '{id} was merged into {into}; nothing was changed. Act on {into} instead.',
    ),
  },
  too_late: {
    status: 409,
    user: text(
      '{id} 并入 {into} 已超过 {hours} 小时，且 {into} 已结束，不能再撤销合并。',
      '{id} was merged into {into} more than {hours} hours ago and {into} has ended: the merge can no longer be undone.',
    ),
  },
  sealed: {
    status: 409,
    user: text(
      '{id} 已是“{status}”，不能再改：{fields}。对方依据的就是这份内容；请先撤回，改好后再发新版。',
      '{id} is "{status}": {fields} can no longer be changed, since the other side relies on it. Withdraw it and issue it anew.',
    ),
  },
  invalid: {
    status: 400,
    user: text('请更正后再提交：{faults}', 'Please correct and submit again: {faults}'),
  },
  draft_gone: {
    status: 410,
    user: text(
      '这份草稿已失效，请重新发送内容。',
      'This draft is no longer there. Please send the message again.',
    ),
  },
  unknown_action: {
    status: 400,
    user: text(
      '无法识别这个操作，什么都没有改动。请发送“帮助”。',
      'This action is not known; nothing was changed. Send "help".',
    ),
  },
  too_long: {
    status: 413,
    user: text(
      '内容太长（{length} 字，上限 {limit}）。请分几条发送，或作为文件附上。什么都没有保存。',
      'That is too long ({length} characters, at most {limit}). Send it in parts, or attach it as a file. Nothing was saved.',
    ),
  },
  admin_only: {
    status: 403,
    user: text(
      '只有驻点管理员可以删除文件，什么都没有改动。管理员在驻点文件的 administrators 中登记。',
      'Only an administrator of the site may delete files; nothing was changed. They are listed under "administrators" in the site file.',
    ),
  },
  must_be_kept: {
    status: 409,
    user: text(
      '{id} 的文件须保存到 {until}，现在不能删除。',
      'The file of {id} must be kept until {until} and cannot be deleted now.',
    ),
  },
  keep_unknown: {
    status: 409,
    user: text(
      '{id} 的保存期限还不能计算，请先填写“{field}”。什么都没有删除。',
      'How long {id} must be kept is not known yet: fill in "{field}" first. Nothing was deleted.',
    ),
  },
  still_valid: {
    status: 409,
    user: text(
      '{id} 仍然有效，不能删除。请先标记为不再有效。',
      '{id} is still valid and cannot be deleted. Mark it as no longer valid first.',
    ),
  },
  no_file: {
    status: 404,
    user: text(
      '{id} 没有可以发送的文件。请在卡片上查看它的链接或经过。',
      '{id} has no file that can be sent. See its link or its history on the card.',
    ),
  },
  file_type: {
    status: 415,
    user: text(
      '“{name}”这种文件不能存档，没有保存。可以发送：{types}。',
      '"{name}" is no sort of file that is taken; it was not saved. You can send: {types}.',
    ),
  },
  file_disguised: {
    status: 415,
    user: text(
      '“{name}”的内容与扩展名不符，没有保存。请用原来的程序重新导出后再发。',
      'The content of "{name}" is not what its name says; it was not saved. Export it again from its own program and send that.',
    ),
  },
  file_program: {
    status: 415,
    user: text(
      '“{name}”其实是一个程序，没有保存。程序不能存档。',
      '"{name}" is really a program; it was not saved. Programs are not taken.',
    ),
  },
  file_empty: {
    status: 415,
    user: text(
      '“{name}”是空的，没有保存。请检查后再发。',
      '"{name}" is empty; it was not saved. Check it and send it again.',
    ),
  },
  file_too_large: {
    status: 413,
    user: text(
      '“{name}”太大（上限 {limit} MB），没有保存。请压缩或拆分后再发，或用链接登记。',
      '"{name}" is too large (at most {limit} MB); it was not saved. Send it smaller or in parts, or record its link.',
    ),
  },
  file_foreign: {
    status: 403,
    user: text(
      '“{name}”来自 {host}，我只从 Teams 自己的地址取文件，没有保存。请直接把文件发给我。',
      '"{name}" is on {host}, and I take files from Teams\' own addresses only; it was not saved. Send me the file itself.',
    ),
  },
  file_expired: {
    status: 410,
    user: text(
      '没能取到“{name}”，没有保存。请再发一次。',
      'I could not fetch "{name}"; it was not saved. Please send it again.',
    ),
  },
  file_twice: {
    status: 409,
    user: text(
      '“{name}”已经在档案里：{id}。没有重复保存。',
      '"{name}" is in the archive already: {id}. It was not saved again.',
    ),
  },
  file_offer_gone: {
    status: 410,
    user: text(
      '这次发送已失效。请在档案卡片上再按一次“发给我”。',
      'This offer no longer holds. Press "Send me the file" on the card again.',
    ),
  },
  too_fast: {
    status: 429,
    user: text('发送太快了，请 {seconds} 秒后再试。', 'That was too fast. Please try again in {seconds} s.'),
  },
  no_site: {
    status: 409,
    user: text(
      '这里还没有绑定驻点。请管理员在驻点文件中登记这个团队或人员。',
      'No site belongs to this conversation yet. Ask the administrator to add the team or the person to a site file.',
    ),
  },
  no_customer: {
    status: 409,
    user: text(
      '驻点名单里没有客户人员，无法请其确认。请用“登记客户意见”登记对方的书面依据，或请管理员把客户人员加入名单。',
      'No customer is on the roster to be asked. Record their answer with its evidence, or ask the administrator to add them to the site file.',
    ),
  },
  offer_gone: {
    status: 409,
    user: text(
      '{id} 现在没有等待接手的移交（已撤回、已转给别人、已有人接手或已结束）。什么都没有改动，请看最新卡片。',
      'No hand-over of {id} waits any more: it was withdrawn, went to somebody else, or is settled. Nothing was changed; look at the present card.',
    ),
  },
  offer_for_other: {
    status: 403,
    user: text(
      '这次移交是给{name}的，只有本人能接手或拒绝。什么都没有改动。要由您处理，请让对方移交给您。',
      'This was handed over to {name}, who alone can accept or decline it. Nothing was changed. To take it yourself, have it handed over to you.',
    ),
  },
  conflict: {
    status: 409,
    user: text('很多人同时在操作，请再试一次。', 'Many people are acting at once. Please try again.'),
  },
  duty_over: {
    status: 409,
    user: text(
      '这项安排已经结束、撤回或答复过，什么都没有改动。发送“值班”查看现在的安排。',
      'This has ended, was withdrawn or was answered already; nothing was changed. Send "duty" for the present state.',
    ),
  },
  duty_not_yours: {
    status: 403,
    user: text(
      '这是请{name}换班，只有本人能答复。什么都没有改动。',
      'This asks {name} to swap; nobody else can answer. Nothing was changed.',
    ),
  },
  internal: {
    status: 500,
    user: text(
      '出了点问题，什么都没有丢。请稍后再试。（编号 {ref}）',
      'Something went wrong; nothing was lost. Please try again. (ref {ref})',
    ),
  },
} as const satisfies Record<string, { status: number; user: Text }>;

export type ErrorCode = keyof typeof errorCodes;

/** What is wrong with one input. `field` is the input's id; `label` and `what` are for people. */
export interface Fault {
  field: string;
  label: Text;
  what: Text;
}

/**
 * A refusal with a stable code. `message` is for the log; `user` renders the text for a person.
 * Values in `args` may be texts in both languages.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly args: Readonly<Record<string, string | number | Text>>;
  readonly faults: readonly Fault[];

  constructor(
    code: ErrorCode,
    args: Readonly<Record<string, string | number | Text>> = {},
    options: { cause?: unknown; faults?: readonly Fault[] } = {},
  ) {
    super(`${code} ${JSON.stringify(args)}`, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.args = args;
    this.faults = options.faults ?? [];
  }

  get status(): number {
    return errorCodes[this.code].status;
  }

  user(language: 'zh' | 'en'): string {
    const zh = language === 'zh';
    const lines = this.faults.map(
      (fault) => `${fault.label[language]}${zh ? '：' : ': '}${fault.what[language]}`,
    );
    const list = lines.join(zh ? '；' : '; ');
    return errorCodes[this.code].user[language].replace(/\{(\w+)\}/g, (whole, name: string) => {
      if (name === 'faults') return list;
      const value = this.args[name];
      if (value === undefined) return whole;
      return typeof value === 'object' ? value[language] : String(value);
    });
  }
}
