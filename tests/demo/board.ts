/** Everything that the bot has shown so far, and waiting for what it is to show next. */
import type { Card } from '../fakes/cards.ts';

/** One message as it stood at one moment; an update is a second one with the same id. */
export interface Shown {
  conversation: string;
  id: string;
  text: string;
  card: Card | undefined;
}

/** A job may be delayed by pacing, and a cold start by compiling; a person would have given up by then. */
const patienceMs = 15_000;

export class Board {
  readonly #shown: Shown[] = [];
  readonly #waiting = new Set<() => void>();

  /** How much has been shown: what comes later is news. */
  get mark(): number {
    return this.#shown.length;
  }

  show(shown: Shown): void {
    this.#shown.push(shown);
    for (const look of [...this.#waiting]) look();
  }

  /** The message as it stands now. */
  find(id: string): Shown | undefined {
    return this.#shown.findLast((shown) => shown.id === id);
  }

  /** The first message since `since` that fits, now or as soon as it comes. @throws Error with `what` if it does not come */
  next(what: string, since: number, fits: (shown: Shown) => boolean): Promise<Shown> {
    return this.#await(what, since, () => this.#shown.slice(since).find(fits));
  }

  /** The message as it stands once it fits. @throws Error with `what` if it does not come to that */
  stands(what: string, id: string, fits: (shown: Shown) => boolean): Promise<Shown> {
    return this.#await(what, this.mark, () => {
      const now = this.find(id);
      return now && fits(now) ? now : undefined;
    });
  }

  #await(what: string, since: number, find: () => Shown | undefined): Promise<Shown> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(look);
        const news = this.#shown.slice(since).map((shown) => summary(shown));
        reject(new Error(`${what} did not come; what came: ${news.join(' | ') || 'nothing'}`));
      }, patienceMs);
      const look = (): void => {
        const found = find();
        if (!found) return;
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve(found);
      };
      this.#waiting.add(look);
      look();
    });
  }
}

/** What a notification would say of a message. */
export const summary = ({ card, text }: Pick<Shown, 'card' | 'text'>): string =>
  String(card?.['fallbackText'] ?? text);

/** A message in the wire's form, which the connector and the Playground's stream share. */
export function shownOf(conversation: string, id: string, message: unknown): Shown {
  const { text, attachments } = message as {
    text?: string;
    attachments?: { contentType?: string; content?: Card }[];
  };
  const card = attachments?.find(
    ({ contentType }) => contentType === 'application/vnd.microsoft.card.adaptive',
  )?.content;
  return { conversation, id, text: text ?? '', card };
}
