/** What the message extension answers, in Teams' words: the body of the invoke's response. */
import type { AppError } from '../errors.ts';
import type { Language } from '../language.ts';
import { dialogTitle, renderDialogRefusal } from '../render/dialog.ts';
import type { ExtensionAnswer, ExtensionRequest, FoundRecord } from './inbound.ts';

const adaptiveCard = 'application/vnd.microsoft.card.adaptive';

export function extensionBody(request: ExtensionRequest, answer: ExtensionAnswer): object {
  if ('refused' in answer) return extensionRefusal(request, answer.refused, answer.language);
  if ('dialog' in answer) return dialogBody(answer.dialog.title, answer.dialog.card);
  if ('found' in answer)
    return {
      composeExtension: {
        type: 'result',
        attachmentLayout: 'list',
        attachments: answer.found.map(attachmentOf),
      },
    };
  return request.ask === 'find'
    ? { composeExtension: { type: 'message', text: answer.message } }
    : { task: { type: 'message', value: answer.message } };
}

/** A search says it where its results would stand, a dialog as its content. */
export const extensionRefusal = (request: ExtensionRequest, error: AppError, language: Language): object =>
  request.ask === 'find'
    ? { composeExtension: { type: 'message', text: error.user(language) } }
    : dialogBody(dialogTitle(language), renderDialogRefusal(error.user(language), language));

const dialogBody = (title: string, card: Record<string, unknown>): object => ({
  task: {
    type: 'continue',
    value: {
      title,
      width: 'medium',
      height: 'large',
      card: { contentType: adaptiveCard, content: card },
    },
  },
});

const attachmentOf = ({ title, text, card }: FoundRecord): object => ({
  contentType: adaptiveCard,
  content: card,
  preview: { contentType: 'application/vnd.microsoft.card.thumbnail', content: { title, text } },
});
