/** Mentions, both ways. What a person typed is never taken for a mention: only the message's entities are. */
import type { Mention } from '../jobs/messenger.ts';

/** A mention as it came: `text` is what stands for it in the message. */
export interface MentionEntity {
  text: string;
  mentionedId: string;
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escaped = (name: string): string => name.replace(/[&<>]/g, (char) => escapes[char]!);

/** A person's name as a mention in a text. A name is data: it cannot close the tag. */
export const mentionTag = (name: string): string => `<at>${escaped(name)}</at>`;

/**
 * The text without the mentions of the bot. Other people's mentions stay, and so does an `<at>` that somebody typed.
 */
export function withoutMentionOf(botId: string, text: string, mentions: readonly MentionEntity[]): string {
  let rest = text;
  for (const mention of mentions) {
    if (mention.mentionedId !== botId || mention.text === '') continue;
    const at = rest.indexOf(mention.text);
    if (at < 0) continue;
    const before = rest.slice(0, at).trimEnd();
    const after = rest.slice(at + mention.text.length).replace(/^(?:&nbsp;|\s)+/, '');
    rest = before === '' ? after : `${before} ${after}`;
  }
  // Teams puts a no-break space behind a mention, in channels as an HTML entity.
  return rest.replace(/&nbsp;|\u00a0/g, ' ').trim();
}

/** The entities of an outgoing text. Teams ignores a mention whose text does not stand in the message verbatim. */
export function mentionEntities(text: string, mentions: readonly Mention[]): object[] {
  return mentions.flatMap((mention) => {
    const tag = [mentionTag(mention.name), `<at>${mention.name}</at>`].find((each) => text.includes(each));
    if (tag === undefined) return [];
    return [{ type: 'mention', text: tag, mentioned: { id: mention.id, name: mention.name } }];
  });
}
