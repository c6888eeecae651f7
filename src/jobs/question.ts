import { text } from '../language.ts';
import { nextQuestion } from '../records/asking.ts';
import type { RecordDoc } from '../records/record.ts';
import type { Card, View } from '../render/card.ts';
import { renderNotice } from '../render/notice.ts';
import { renderQuestion } from '../render/question.ts';

/** The question that stands open now, or a word of thanks once none does. */
export function drawQuestion(record: RecordDoc, view: View): Card {
  const field = nextQuestion(record);
  if (field !== undefined) return renderQuestion(record, field, view);
  return renderNotice(view, {
    title: text('信息已齐', 'That is all'),
    text: text(
      '谢谢，需要的信息都有了。后续请看实时卡片。',
      'Thank you, nothing more is needed. The live card tells the rest.',
    ),
    tone: 'good',
    record,
  });
}
