/** Confirmation letters (CFM): asked for beside the change that both sides are to sign, or alone. Always S3. */
import { entry, partOf, type Extraction } from '../facts.ts';
import { findChange } from '../changes.ts';
import type { Passage } from '../passage.ts';
import type { Reader } from './reader.ts';

const asked =
  /(?:出|发|做|拟|起草|开|补|准备|要|签)(?:一?[份个张])?[^,。;]{0,6}确认函|确认函[^,。;]{0,8}(?:双方)?(?:签|出|发|盖章)|双方签字|签字盖章|\b(?:issue|send|prepare|draft|need|sign)\b[^.;,\n]{0,24}\bconfirmation letter\b|\bconfirmation letter\b[^.;,\n]{0,30}\b(?:please|pls|sign\w*|both)\b/i;
const about =
  /(?:关于|就)\s?([^,。;]{2,20}?)(?:的)?(?:确认函|出|发)|confirmation letter (?:for|on|about) (?:the )?([^,.;\n]{3,40})/i;

function letter(p: Passage): Extraction {
  const change = findChange(p);
  const part = (change?.part ?? partOf(p))?.value;
  const named = [part, change?.attribute].filter(Boolean).join(p.zh ? '' : ' ');
  const stated = about.exec(p.text);
  return entry('confirmation_letter', {
    subject: (stated?.[1] ?? stated?.[2])?.trim() ?? (named || undefined),
    severity: 'S3',
  });
}

export const confirmationLetterReader: Reader = {
  kind: 'confirmation_letter',
  threshold: 3,
  sight: (p) =>
    asked.test(p.text) && !/(?:已|都)(?:经)?(?:签|发|归档|回)|\balready (?:signed|sent)\b/i.test(p.text)
      ? { evidence: 3, entry: () => letter(p) }
      : undefined,
  complete: (found) => found.subject !== undefined,
  besides: (_, stronger) => stronger.kind === 'change_request',
};
