import { Agenda } from 'agenda';
import { type Alarm, type Clock, delay } from '../kernel/clock.ts';
import type { Random } from '../kernel/random.ts';
import { type JobStore, openJobStore } from './job-store.ts';
import { JOB_NAMES, type JobHandlers, type JobName, JOBS } from './schedule.ts';

export interface JobsOptions {
  /** MongoDB's address, or the address of the desk's own database. */
  readonly url: string;
  /** Wake-ups this process answers; without any it can still wake others. */
  readonly handlers: Partial<JobHandlers>;
  readonly instanceName: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly onError: (error: unknown, doing: string) => void;
  /** How often the store is asked for due jobs; 1,000 unless told. */
  readonly pollMs?: number;
}

export interface JobsHealth {
  readonly status: 'UP' | 'DOWN';
  readonly detail: string;
}

const POLL_MS = 1_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** A wake-up that hangs longer is given to another process; it may then run twice. */
const LOCK_MS = 10_000;
const DRAIN_MS = 2_000;
/** Wake-ups of one kind are sent on at most this often. */
const WAKE_GAP_MS = 100;
const PING_MS = 2_000;

/**
 * Agenda as an alarm clock: schedules that wake the parts of the desk, and wake-ups from one process
 * to another. Nothing depends on it. It starts at once and connects by itself, for as long as it
 * takes; while its store is away only the waking is slower.
 */
export class Jobs {
  readonly #options: JobsOptions;
  readonly #stop = new AbortController();
  /** Wake-ups that were sent a moment ago; `again` when another was asked for since. */
  readonly #wakes = new Map<JobName, { again: boolean; alarm?: Alarm }>();
  #running: { agenda: Agenda; store: JobStore } | undefined;
  #lastProblem = 'connecting';
  #connecting: Promise<void> = Promise.resolve();

  constructor(options: JobsOptions) {
    this.#options = options;
  }

  /** Begins to connect and comes back at once. */
  start(): void {
    this.#connecting = this.#connect();
  }

  /**
   * Wakes whichever process answers this job, sooner than its schedule does. For what happens in one
   * process and is waited for in another; inside a process call the part itself.
   */
  wake(name: JobName): void {
    const recent = this.#wakes.get(name);
    if (recent) recent.again = true;
    else if (this.#running) this.#send(name, this.#running.agenda);
  }

  /** Whether the store answers within two seconds. */
  async health(): Promise<JobsHealth> {
    if (!this.#running) return { status: 'DOWN', detail: this.#lastProblem };
    const { agenda, store } = this.#running;
    const patience = new AbortController();
    try {
      const answer = await Promise.race([
        agenda.db.getQueueSize(),
        delay(this.#options.clock, PING_MS, patience.signal),
      ]);
      if (answer === undefined)
        return { status: 'DOWN', detail: `${store.backend.name} is silent` };
      return { status: 'UP', detail: store.backend.name };
    } catch (error) {
      return { status: 'DOWN', detail: `${store.backend.name}: ${problemOf(error)}` };
    } finally {
      patience.abort();
    }
  }

  /** Lets running wake-ups end, for two seconds at most, and closes the store. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#connecting;
    for (const { alarm } of this.#wakes.values()) alarm?.cancel();
    const running = this.#running;
    this.#running = undefined;
    if (running) await this.#close(running.agenda, running.store);
  }

  async #connect(): Promise<void> {
    const { clock, random, onError } = this.#options;
    for (let pause = FIRST_PAUSE_MS; !this.#stop.signal.aborted; pause = longer(pause)) {
      try {
        this.#running = await this.#open();
        return;
      } catch (error) {
        this.#lastProblem = problemOf(error);
        onError(error, 'connecting to the job store');
      }
      await delay(clock, pause / 2 + random.below(pause / 2), this.#stop.signal);
    }
  }

  async #open(): Promise<{ agenda: Agenda; store: JobStore }> {
    const { url, handlers, instanceName, onError, pollMs } = this.#options;
    const store = await openJobStore(url, (error) => onError(error, 'keeping jobs'));
    const agenda = new Agenda({
      backend: store.backend,
      name: instanceName,
      processEvery: pollMs ?? POLL_MS,
      defaultConcurrency: 1,
      defaultLockLimit: 1,
      defaultLockLifetime: LOCK_MS,
      removeOnComplete: true,
    });
    agenda.on('error', (error) => onError(error, 'running jobs'));
    try {
      await agenda.ready;
      const answered = JOB_NAMES.filter((name) => handlers[JOBS[name].handler] !== undefined);
      for (const name of answered) {
        agenda.define(name, async () => {
          try {
            await handlers[JOBS[name].handler]?.();
          } catch (error) {
            onError(error, `answering the job ${name}`);
          }
        });
      }
      await agenda.start();
      for (const name of answered) await agenda.every(JOBS[name].everyMs, name);
      return { agenda, store };
    } catch (error) {
      await this.#close(agenda, store);
      throw error;
    }
  }

  async #close(agenda: Agenda, store: JobStore): Promise<void> {
    const { clock, onError } = this.#options;
    const patience = new AbortController();
    const closing = (async () => {
      try {
        await agenda.drain({ timeout: DRAIN_MS, closeConnection: false });
      } catch (error) {
        onError(error, 'stopping jobs');
      }
      try {
        await store.close();
      } catch (error) {
        onError(error, 'closing the job store');
      }
      patience.abort();
    })();
    // A store that is away may never say goodbye.
    await Promise.race([closing, delay(clock, 2 * DRAIN_MS, patience.signal)]);
  }

  /** The next wake-up of the same kind waits a little, so that a crowd of orders wakes once. */
  #send(name: JobName, agenda: Agenda): void {
    const { clock, onError } = this.#options;
    const wake: { again: boolean; alarm?: Alarm } = { again: false };
    this.#wakes.set(name, wake);
    agenda
      .now(name)
      .catch((error: unknown) => onError(error, `waking for ${name}`))
      .finally(() => {
        if (this.#stop.signal.aborted) return;
        wake.alarm = clock.after(WAKE_GAP_MS, () => {
          this.#wakes.delete(name);
          if (wake.again) this.wake(name);
        });
      });
  }
}

function longer(pause: number): number {
  return Math.min(pause * 2, LONGEST_PAUSE_MS);
}

/** What went wrong without addresses and passwords, which messages of drivers may hold. */
function problemOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown problem';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return code === 'Error' ? 'cannot be reached' : code;
}
