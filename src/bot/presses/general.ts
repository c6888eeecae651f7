/** What is about no record: help, the language of answers. */
import { AppError } from '../../errors.ts';
import { languages } from '../../language.ts';
import { renderHelp } from '../../render/help.ts';
import { helpLines, languageChosen } from '../commands.ts';
import type { PressHandler } from '../press.ts';

const help: PressHandler = ({ view }) => Promise.resolve({ card: renderHelp(view, helpLines()) });

const language: PressHandler = async ({ context, doer, press }) => {
  const chosen = languages.find((one) => one === press.data['language']);
  if (!chosen) throw new AppError('unknown_action');
  await context.addresses.setLanguage(doer.id, doer.name, chosen);
  return { message: languageChosen[chosen] };
};

export const generalPresses = { help, language } as const;
