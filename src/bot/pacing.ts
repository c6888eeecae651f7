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
  busy: boolean;
}

interface Tenant {
  starts: Starts;
  conversations: Map<string, Conversation>;
  /** Conversations with something waiting, the next to be served first. */
  turn: Set<string>;
  cancel: (() => void) | undefined;
}

export interface Pacer {
  /** Runs `send` when the limits allow it and all earlier sends to the conversation are done. */
  run<T>(tenant: string, conversation: string, send: () => Promise<T>): Promise<T>;
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

  const serve = (tenant: Tenant): void => {
    tenant.cancel?.();
    tenant.cancel = undefined;
    while (tenant.turn.size > 0) {
      const now = clock.now();
      let wake = tenant.starts.readyAt();
      if (wake > now) return wait(tenant, wake - now);
      wake = Infinity;
      let served = false;
      for (const id of tenant.turn) {
        const conversation = tenant.conversations.get(id)!;
        if (conversation.busy) continue;
        const at = conversation.starts.readyAt();
        if (at > now) {
          wake = Math.min(wake, at);
          continue;
        }
        const send = conversation.waiting.shift()!;
        // To the back of the line: nobody's long list keeps the others waiting.
        tenant.turn.delete(id);
        if (conversation.waiting.length > 0) tenant.turn.add(id);
        start(tenant, conversation, now, send);
        served = true;
        break;
      }
      if (served) continue;
      if (wake < Infinity) wait(tenant, wake - now);
      return;
    }
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
    run(tenantId, conversationId, send) {
      let tenant = tenants.get(tenantId);
      if (!tenant) {
        tenant = {
          starts: new Starts(limits.tenant),
          conversations: new Map(),
          turn: new Set(),
          cancel: undefined,
        };
        tenants.set(tenantId, tenant);
      }
      const thread = conversationId.indexOf(';');
      const id = thread < 0 ? conversationId : conversationId.slice(0, thread);
      let conversation = tenant.conversations.get(id);
      if (!conversation) {
        conversation = { starts: new Starts(limits.conversation), waiting: [], busy: false };
        tenant.conversations.set(id, conversation);
      }
      sweepLater();
      const { promise, resolve, reject } = Promise.withResolvers<Awaited<ReturnType<typeof send>>>();
      conversation.waiting.push(async () => {
        try {
          resolve(await send());
        } catch (error) {
          reject(error);
        }
      });
      tenant.turn.add(id);
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
