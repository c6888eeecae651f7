/** Whose words a record was made of, where somebody pointed at a message: who, when, and the way back to it. */
import type { View } from './card.ts';
import { plainLine } from './escape.ts';
import { formatTime } from './format.ts';
import { t } from './i18n.ts';

/** They stand together under the quotation. */
export const saidFields = ['raw_text', 'said_by', 'said_at', 'said_link'] as const;

/** `— 王工 · 11-23 09:40 · [打开原消息](https://…)`; empty where nobody pointed at a message. */
export function saidLine(fields: Readonly<Record<string, unknown>>, view: View): string {
  const { said_by: by, said_at: at, said_link: link } = fields;
  const parts = [
    ...(typeof by === 'string' ? [plainLine(by, 80)] : []),
    ...(typeof at === 'string' && !Number.isNaN(Date.parse(at)) ? [formatTime(at, view)] : []),
    ...(typeof link === 'string' ? [linkTo(link, t(view.language, 'said.link'))] : []),
  ];
  return parts.length === 0 ? '' : `— ${parts.join(' · ')}`;
}

/** Markdown ends an address at a bracket or a blank. */
const linkTo = (url: string, label: string): string =>
  /^https:\/\/[^\s<>"\\]+$/.test(url)
    ? `[${label}](${url.replace(/[()[\]]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`)})`
    : '';
