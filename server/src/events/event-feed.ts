import type { Logger } from 'pino';
import type { Database, EntityManager } from '../database/database.ts';
import type { Clock } from '../kernel/clock.ts';
import { type EventCursor, type EventSelection, selectedOf } from './event.ts';
import { EventQueue } from './event-queue.ts';
import { runsOf } from './event-runs.ts';
import { EventStream } from './event-stream.ts';
import { type EventPage, readAllEvents, readEventHead, readEvents } from './read-events.ts';

export interface FeedOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  /** Events that one subscriber may lag behind before it is closed. */
  readonly queueSize?: number;
}

export interface Subscribing extends EventSelection {
  /** Starts with what came after this; without it, with what comes from now on. */
  readonly after?: EventCursor | undefined;
  /** Ends the stream. */
  readonly signal?: AbortSignal | undefined;
}

/** Between two reads when nothing happens. */
const POLL_MS = 100;
/** Between two reads when something has just happened, here or elsewhere; it then grows to the other. */
const SOON_MS = 5;
const PAGE = 1_000;
const PAUSE_AFTER_ERROR_MS = 1_000;
const QUEUE_SIZE = 1_000;

/** Those who want the same. */
interface Audience {
  readonly selection: EventSelection;
  readonly queues: Set<EventQueue>;
}

/** Reads new events once for this process and hands them to all who listen. */
export class EventFeed {
  readonly #options: FeedOptions;
  /** What is wanted is looked at once for all who want the same: there may be thousands. */
  readonly #audiences = new Map<string, Audience>();
  readonly #stopping = new AbortController();
  /** For its own reading: one for each look would cost as much as the look. */
  #reader: EntityManager | undefined;
  #position: EventCursor | undefined;
  #loop: Promise<void> | undefined;
  #woken = false;
  #wake: (() => void) | undefined;

  constructor(options: FeedOptions) {
    this.#options = options;
  }

  /** Begins to read, from now on. */
  async start(): Promise<void> {
    this.#reader ??= this.#options.database.read();
    this.#position ??= await readEventHead(this.#reader);
    this.#loop ??= this.#poll();
  }

  /** Ends every stream. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#goOn();
    for (const { queues } of this.#audiences.values()) {
      for (const queue of queues) queue.close();
    }
    await this.#loop;
  }

  /** Shortens the wait: somebody in this process has just committed an event. */
  wake(): void {
    if (!this.#isUnheard()) this.#goOn();
  }

  /** Subscribers at this moment. */
  get size(): number {
    let size = 0;
    for (const { queues } of this.#audiences.values()) size += queues.size;
    return size;
  }

  /**
   * The last event that was handed on; undefined before the first read. What is read from the
   * database after asking for it misses nothing that is not also streamed after it.
   */
  get position(): EventCursor | undefined {
    return this.#position;
  }

  /**
   * The selected events in the order of commits, without gap and without double: first those after
   * the cursor from the table, then live ones. The caller is subscribed when this returns, and must
   * iterate or abort the signal.
   * @throws SubscriberTooSlow in the stream, when the reader lags too far behind
   */
  subscribe(wanted: Subscribing): EventStream {
    const { kinds, subjectIds, userId, clientId, signal } = wanted;
    const selection = { kinds, subjectIds, userId, clientId };
    const queue = new EventQueue(this.#options.queueSize ?? QUEUE_SIZE);
    const quit = this.#join(selection, queue);
    const leave = (): void => {
      quit();
      queue.close();
    };
    signal?.addEventListener('abort', leave, { once: true });
    if (signal?.aborted === true || this.#stopping.signal.aborted) leave();
    const read = (after: EventCursor): Promise<EventPage> =>
      readEvents(this.#options.database.read(), after, selection, PAGE);
    return new EventStream({ queue, after: wanted.after, read, leave });
  }

  /** @returns how to leave again; may be called more than once */
  #join(selection: EventSelection, queue: EventQueue): () => void {
    const key = JSON.stringify(selection);
    const audience = this.#audiences.get(key) ?? { selection, queues: new Set() };
    this.#audiences.set(key, audience);
    audience.queues.add(queue);
    return () => {
      audience.queues.delete(queue);
      // Another may have come under this name since.
      if (audience.queues.size === 0 && this.#audiences.get(key) === audience) {
        this.#audiences.delete(key);
      }
    };
  }

  async #poll(): Promise<void> {
    const { log } = this.#options;
    const stopping = this.#stopping.signal;
    let pause = POLL_MS;
    while (!stopping.aborted) {
      this.#woken = false;
      try {
        const found = await this.#read();
        pause = found ? SOON_MS : Math.min(POLL_MS, pause * 2);
      } catch (error) {
        pause = PAUSE_AFTER_ERROR_MS;
        log.warn({ err: error }, 'events cannot be read; trying again');
      }
      if (await this.#pause(pause)) pause = SOON_MS;
    }
  }

  /** Hands on what is new; answers whether anything was. */
  async #read(): Promise<boolean> {
    const reader = (this.#reader ??= this.#options.database.read());
    this.#position ??= await readEventHead(reader);
    if (this.#isUnheard()) {
      const head = await readEventHead(reader);
      // Who came meanwhile hears everything since before it came.
      if (this.#isUnheard()) {
        this.#position = head;
        return false;
      }
    }
    const page = await readAllEvents(reader, this.#position, PAGE);
    for (const { selection, queues } of this.#audiences.values()) {
      const runs = runsOf(selectedOf(page.events, selection));
      if (runs.length === 0) continue;
      for (const queue of queues) queue.push(runs);
    }
    this.#position = page.end;
    if (page.hasMore) this.#woken = true;
    return page.events.length > 0;
  }

  #isUnheard(): boolean {
    return this.#audiences.size === 0;
  }

  #goOn(): void {
    this.#woken = true;
    this.#wake?.();
  }

  /** Waits, or not when somebody has woken it, also while it was reading; answers whether one has. */
  async #pause(milliseconds: number): Promise<boolean> {
    if (!this.#woken) {
      await new Promise<void>((resolve) => {
        const alarm = this.#options.clock.after(milliseconds, resolve);
        this.#wake = () => {
          alarm.cancel();
          resolve();
        };
      });
      this.#wake = undefined;
    }
    return this.#woken;
  }
}
