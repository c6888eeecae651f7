/** What a message may be about. `talk` is small talk, `command` a question to or about the bot, `claim` money. */
export type Topic =
  | 'escalation'
  | 'defect'
  | 'change_request'
  | 'risk'
  | 'production_report'
  | 'material'
  | 'technical_question'
  | 'improvement'
  | 'satisfaction'
  | 'market'
  | 'visit'
  | 'document'
  | 'confirmation_letter'
  | 'claim'
  | 'talk'
  | 'command';

/** A pattern that speaks for a topic, and how strongly. Two is a hint, four is plain. */
export type Cue = readonly [RegExp, number];
export type Cues = Partial<Readonly<Record<Topic, readonly Cue[]>>>;
