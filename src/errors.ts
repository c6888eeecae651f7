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
  stale: {
    status: 409,
    user: text(
      '{id} 刚被更新过，您的操作没有执行。请看最新卡片后再操作。',
      '{id} has changed since your card was drawn; nothing was done. Look at the present card and press again.',
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
  conflict: {
    status: 409,
    user: text('很多人同时在操作，请再试一次。', 'Many people are acting at once. Please try again.'),
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
