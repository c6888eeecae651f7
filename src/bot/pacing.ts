/**
 * Keeps sends under Teams' published limits: per conversation and per tenant, in sliding windows, in order within a
 * conversation and in turn between conversations. Bottleneck was tried for it: it has one window per limiter and
 * reads the system's clock.
 */
import type { Clock } from '../clock.ts';

/** At most `count` starts within any `ms`. */
export interface Window {
  count: number;
  ms: number;
}

export interface PacingLimits {
  conversation: readonly Window[];
  tenant: readonly Window[];
}

/** https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit */
export const teamsLimits: PacingLimits = {
  conversation: [
    { count: 7, ms: 1_000 },
    { count: 8, ms: 2_000 },
    { count: 60, ms: 30_000 },
    { count: 1_800, ms: 3_600_000 },
  ],
  tenant: [{ count: 30, ms: 1_000 }],
};

/** What one of several instances that know nothing of each other may use of the limits. */
export function shareOf(limits: PacingLimits, instances: number): PacingLimits {
  const share = (windows: readonly Window[]) =>
    windows.map(({ count, ms }) => ({ count: Math.max(1, Math.floor(count / instances)), ms }));
  return { conversation: share(limits.conversation), tenant: share(limits.tenant) };
}

/** What leaves a second apart may arrive closer together; windows are kept this much wider than published. */
const guardMs = 100;

/** The moments of the latest starts: as many as the widest window counts, oldest overwritten. */
class Starts {
  readonly #windows: readonly Window[];
  readonly #keep: number;
  // Grows up to #keep, then is a ring; most conversations never get past a handful.
  readonly #ring: number[] = [];
  #total = 0;

  constructor(windows: readonly Window[]) {
    this.#windows = windows;
    this.#keep = Math.max(...windows.map((window) => window.count), 1);
  }

  /** The earliest moment at which one more start exceeds no window. */
  readyAt(): number {
    let at = -Infinity;
    for (const { count, ms } of this.#windows) {
      if (this.#total < count) continue;
      at = Math.max(at, this.#ring[(this.#total - count) % this.#keep]! + ms + guardMs);
    }
    return at;
  }

  add(now: number): void {
    this.#ring[this.#total % this.#keep] = now;
    this.#total += 1;
  }

  /** The latest start; nothing before it needs remembering once the widest window has passed since. */
  get last(): number {
    return this.#total === 0 ? -Infinity : this.#ring[(this.#total - 1) % this.#keep]!;
  }
}

interface Conversation {
  starts: Starts;
  waiting: (() => Promise<unknown>)[];
  /** So many of those that wait are urgent; they stand at the front. */
  urgent: number;
  busy: boolean;
}

interface Tenant {
  starts: Starts;
  conversations: Map<string, Conversation>;
  /** Conversations with something waiting, the next to be served first; before all others, those with what is urgent. */
  turn: { urgent: Set<string>; rest: Set<string> };
  cancel: (() => void) | undefined;
}

export interface Pacer {
  /**
   * Runs `send` when the limits allow it and all earlier sends to the conversation are done. An urgent one goes before
   * all of its tenant that are not and have not begun.
   */
  run<T>(tenant: string, conversation: string, send: () => Promise<T>, urgent?: boolean): Promise<T>;
  /** Conversations and tenants that are remembered; for tests and metrics. */
  readonly size: number;
}

/** A pacer. `conversation` may carry `;messageid=`: the limits count all threads of a channel together. */
export function createPacer(clock: Clock, limits: PacingLimits = teamsLimits): Pacer {
  const tenants = new Map<string, Tenant>();
  const span = (windows: readonly Window[]) => Math.max(...windows.map((window) => window.ms), 0);
  const idleAfter = Math.max(span(limits.conversation), span(limits.tenant)) + guardMs;
  let sweeping = false;

  // Idle conversations are forgotten by one timer for all, which stops when none is left.
  const sweep = () => {
    sweeping = false;
    const before = clock.now() - idleAfter;
    for (const [tenantId, tenant] of tenants) {
      for (const [id, conversation] of tenant.conversations) {
        const idle = !conversation.busy && conversation.waiting.length === 0;
        if (idle && conversation.starts.last <= before) tenant.conversations.delete(id);
      }
      if (tenant.conversations.size === 0 && tenant.starts.last <= before) tenants.delete(tenantId);
    }
    if (tenants.size > 0) sweepLater();
  };
  const sweepLater = () => {
    if (sweeping) return;
    sweeping = true;
    clock.after(idleAfter / 4 + 1_000, sweep);
  };

  /** To the back of the line: nobody's long list keeps the others waiting. */
  const lineUp = (tenant: Tenant, id: string, { waiting, urgent }: Conversation): void => {
    const { turn } = tenant;
    const line = urgent > 0 ? turn.urgent : turn.rest;
    if (line.has(id)) return;
    turn.urgent.delete(id);
    turn.rest.delete(id);
    if (waiting.length > 0) line.add(id);
  };

  const serve = (tenant: Tenant): void => {
    tenant.cancel?.();
    tenant.cancel = undefined;
    for (;;) {
      const now = clock.now();
      const ready = tenant.starts.readyAt();
      const waits = tenant.turn.urgent.size + tenant.turn.rest.size > 0;
      if (waits && ready > now) return wait(tenant, ready - now);
      const { id, wake } = next(tenant, now);
      if (id === undefined) {
        if (wake < Infinity) wait(tenant, wake - now);
        return;
      }
      const conversation = tenant.conversations.get(id)!;
      const send = conversation.waiting.shift()!;
      if (conversation.urgent > 0) conversation.urgent -= 1;
      tenant.turn.urgent.delete(id);
      tenant.turn.rest.delete(id);
      lineUp(tenant, id, conversation);
      start(tenant, conversation, now, send);
    }
  };

  /** The conversation whose turn it is, or when one will be. */
  const next = ({ turn, conversations }: Tenant, now: number): { id?: string; wake: number } => {
    let wake = Infinity;
    for (const line of [turn.urgent, turn.rest]) {
      for (const id of line) {
        const conversation = conversations.get(id)!;
        if (conversation.busy) continue;
        const at = conversation.starts.readyAt();
        if (at <= now) return { id, wake: now };
        wake = Math.min(wake, at);
      }
    }
    return { wake };
  };

  const wait = (tenant: Tenant, ms: number) => {
    tenant.cancel = clock.after(ms, () => {
      tenant.cancel = undefined;
      serve(tenant);
    });
  };

  const start = (tenant: Tenant, conversation: Conversation, now: number, send: () => Promise<unknown>) => {
    tenant.starts.add(now);
    conversation.starts.add(now);
    conversation.busy = true;
    const done = () => {
      conversation.busy = false;
      if (conversation.waiting.length > 0) serve(tenant);
    };
    send().then(done, done);
  };

  return {
    run(tenantId, conversationId, send, urgent = false) {
      let tenant = tenants.get(tenantId);
      if (!tenant) {
        tenant = {
          starts: new Starts(limits.tenant),
          conversations: new Map(),
          turn: { urgent: new Set(), rest: new Set() },
          cancel: undefined,
        };
        tenants.set(tenantId, tenant);
      }
      const thread = conversationId.indexOf(';');
      const id = thread < 0 ? conversationId : conversationId.slice(0, thread);
      let conversation = tenant.conversations.get(id);
      if (!conversation) {
        conversation = { starts: new Starts(limits.conversation), waiting: [], urgent: 0, busy: false };
        tenant.conversations.set(id, conversation);
      }
      sweepLater();
      const { promise, resolve, reject } = Promise.withResolvers<Awaited<ReturnType<typeof send>>>();
      const paced = async () => {
        try {
          resolve(await send());
        } catch (error) {
          reject(error);
        }
      };
      // Urgent ones keep their order among themselves.
      if (urgent) conversation.waiting.splice(conversation.urgent, 0, paced);
      else conversation.waiting.push(paced);
      if (urgent) conversation.urgent += 1;
      lineUp(tenant, id, conversation);
      serve(tenant);
      return promise;
    },
    get size() {
      let size = tenants.size;
      for (const tenant of tenants.values()) size += tenant.conversations.size;
      return size;
    },
  };
}
