/**
 * A working shift against a bot that may die at any moment: people report stopped lines and defects, submit the forms
 * and press verbs; whatever had no answer is delivered again, the same, as Teams and as a stubborn person would.
 */
import { button } from './cards.ts';
import type { Card } from './cards.ts';
import type { Person } from './person.ts';
import type { FakeTeams, Place } from './teams-connector.ts';
import { draftId } from '../../src/records/draft.ts';

/** What was answered for, to be found again afterwards. */
export interface Ledger {
  /** Drafts of messages that had their 200. */
  drafts: string[];
  /** Drafts whose record was answered for: a line stop's 200, or the card that `create` gave. */
  records: string[];
  /** Presses of a verb that were answered with a card: record and verb. */
  verbs: { record: string; verb: string }[];
  /** Every draft that anybody can have made, answered or not. */
  possible: Set<string>;
  /** Deliveries beyond the first of an activity. */
  repeats: number;
  /** Answers that are neither success nor a death of the process. */
  odd: string[];
}

export interface Worker {
  person: Person;
  in?: Place;
  does: 'stops' | 'defects';
  /** Pressed on each record that this person's form gave. */
  then?: string;
}

const stopSaid = '总装二线停线, 右前门线束断料';
const defectSaid = '仪表板横梁 P/N HC-3305021 来料抽检12件里3件NG,安装孔Φ8.2超差,图纸Φ8.0±0.1';
/** For so long a worker waits for a form before going on; one that was owed when the process died comes later. */
const formWaitMs = 400;

const pause = (ms: number): Promise<void> => new Promise((resume) => setTimeout(resume, ms));

export class Shift {
  readonly ledger: Ledger = {
    drafts: [],
    records: [],
    verbs: [],
    possible: new Set(),
    repeats: 0,
    odd: [],
  };
  readonly #teams: FakeTeams;
  /** Forms that arrived, by draft. */
  readonly #forms = new Map<string, Card>();
  #read = 0;
  #over = false;
  #up: Promise<void> = new Promise(() => {});

  constructor(teams: FakeTeams) {
    this.#teams = teams;
  }

  /** From now on deliveries wait for `up`: the process was killed, and another is being started. */
  down(): (origin: string) => void {
    let up = (): void => {};
    this.#up = new Promise((resolve) => (up = resolve));
    return (origin) => {
      this.#teams.connect(origin);
      up();
    };
  }

  /** Lets everybody finish what they are at. */
  end(): void {
    this.#over = true;
  }

  async work(worker: Worker): Promise<void> {
    while (!this.#over) {
      if (worker.does === 'stops') await this.#reportStop(worker);
      else await this.#reportDefect(worker);
    }
  }

  async #reportStop(worker: Worker): Promise<void> {
    const draft = await this.#says(worker, stopSaid);
    this.ledger.records.push(draft);
  }

  async #reportDefect(worker: Worker): Promise<void> {
    const { person } = worker;
    const draft = await this.#says(worker, defectSaid);
    const form = await this.#form(draft);
    if (!form) return;
    const inputs = { safety_related: 'false', line_impact: 'none' };
    const card = await this.#presses(person.pressing(form, 'create', inputs));
    this.ledger.records.push(draft);
    if (!card || worker.then === undefined) return;
    const record = String(button(card, worker.then).data['record']);
    this.#teams.answered(card, this.#teams.origin(form));
    const verb = worker.then;
    if (await this.#presses(person.pressing(card, verb))) this.ledger.verbs.push({ record, verb });
  }

  async #says(worker: Worker, text: string): Promise<string> {
    const activity = worker.person.saying(text, worker.in ? { in: worker.in } : {});
    const conversation = (activity['conversation'] as { id: string }).id;
    const draft = draftId(`${conversation}|${String(activity['id'])}|0`);
    this.ledger.possible.add(draft);
    await this.#delivered(activity);
    this.ledger.drafts.push(draft);
    return draft;
  }

  async #presses(activity: Record<string, unknown>): Promise<Card | undefined> {
    const { body } = await this.#delivered(activity);
    const answer = body as { statusCode?: number; type?: string; value?: unknown };
    if (answer.type === 'application/vnd.microsoft.card.adaptive') return answer.value as Card;
    this.ledger.odd.push(`${JSON.stringify(activity['value'])} -> ${JSON.stringify(answer)}`);
    return undefined;
  }

  /** Delivers until there is an answer. */
  async #delivered(activity: Record<string, unknown>): Promise<{ status: number; body: unknown }> {
    for (;;) {
      await this.#up;
      try {
        const answer = await this.#teams.deliver(activity);
        if (answer.status === 200) return answer;
        if (answer.status < 500) this.ledger.odd.push(`${answer.status} ${JSON.stringify(answer.body)}`);
      } catch {
        // The process died, or is not there yet.
      }
      this.ledger.repeats += 1;
      await pause(5);
    }
  }

  async #form(draft: string): Promise<Card | undefined> {
    for (let waited = 0; waited < formWaitMs; waited += 10) {
      for (const { activity } of this.#fresh()) {
        const attachments = (activity['attachments'] ?? []) as { content: Card }[];
        for (const { content } of attachments) {
          const found = /"draft":"(draft-[\w-]+)"/.exec(JSON.stringify(content));
          if (found?.[1]) this.#forms.set(found[1], content);
        }
      }
      const form = this.#forms.get(draft);
      if (form || this.#over) return form;
      await pause(10);
    }
    return undefined;
  }

  #fresh(): { activity: Record<string, unknown> }[] {
    const fresh = this.#teams.requests.slice(this.#read);
    this.#read = this.#teams.requests.length;
    return fresh.filter(({ status }) => status === 201).map(({ body }) => ({ activity: body }));
  }
}
