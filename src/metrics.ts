/** What the process counts about itself. One set per application, so that tests never share figures. */
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

export interface Metrics {
  registry: Registry;
  /** Turns by activity (`message`, `press`, `other`) and outcome (`ok`, `refused`, `failed`, `unheard`). */
  turns: Counter<'activity' | 'outcome'>;
  turnSeconds: Histogram<'activity'>;
  /** Requests that were turned away before a turn, by reason (bot/admission.ts). */
  refusals: Counter<'reason'>;
  /** Messages to Teams by act (`send`, `update`, `personal`) and outcome (`ok`, `later`, `gone`, `refused`). */
  sends: Counter<'act' | 'outcome'>;
  /** Runs of jobs by sort and outcome (`done`, `waits`, `later`, `failed`). */
  jobs: Counter<'sort' | 'outcome'>;
  /** Jobs that were given up and stay visible until someone acts. */
  jobsFailed: Gauge;
}

/** @param options.process also count memory, event loop lag, garbage collection and open handles. */
export function createMetrics(options: { process?: boolean } = {}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (options.process === true) collectDefaultMetrics({ register: registry });
  return {
    registry,
    turns: new Counter({
      name: 'lineside_turns_total',
      help: 'Turns by activity and outcome',
      labelNames: ['activity', 'outcome'],
      registers,
    }),
    turnSeconds: new Histogram({
      name: 'lineside_turn_seconds',
      help: 'Time from an admitted activity to its answer, by activity',
      labelNames: ['activity'],
      // A card press must be answered within 5 s, a message within 15 s.
      buckets: [0.005, 0.02, 0.1, 0.5, 1, 2.5, 5, 10, 15],
      registers,
    }),
    refusals: new Counter({
      name: 'lineside_refusals_total',
      help: 'Requests turned away before a turn, by reason',
      labelNames: ['reason'],
      registers,
    }),
    sends: new Counter({
      name: 'lineside_sends_total',
      help: 'Messages to Teams by act and outcome',
      labelNames: ['act', 'outcome'],
      registers,
    }),
    jobs: new Counter({
      name: 'lineside_jobs_total',
      help: 'Runs of jobs by sort and outcome',
      labelNames: ['sort', 'outcome'],
      registers,
    }),
    jobsFailed: new Gauge({
      name: 'lineside_jobs_failed',
      help: 'Jobs that were given up and wait for an operator',
      registers,
    }),
  };
}
