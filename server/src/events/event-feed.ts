import type { Logger } from 'pino';
import type { Database } from '../database/database.ts';
import { type Clock, delay } from '../kernel/clock.ts';
import type { EventCursor, EventSelection } from './event.ts';
import { EventQueue } from './event-queue.ts';
import { EventStream } from './event-stream.ts';
import { type EventPage, readEventHead, readEvents } from './read-events.ts';

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

/** Reads new events once for this process and hands them to all who listen. */
export class EventFeed {
  readonly #options: FeedOptions;
  readonly #queues = new Set<EventQueue>();
  readonly #stopping = new AbortController();
  #position: EventCursor | undefined;
  #loop: Promise<void> | undefined;
  #woken = false;
  #wake: (() => void) | undefined;

  constructor(options: FeedOptions) {
    this.#options = options;
  }

  /** Begins to read, from now on. */
  async start(): Promise<void> {
    this.#position ??= await readEventHead(this.#options.database.read());
    this.#loop ??= this.#poll();
  }

  /** Ends every stream. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#goOn();
    for (const queue of this.#queues) queue.close();
    await this.#loop;
  }

  /** Shortens the wait: somebody in this process has just committed an event. */
  wake(): void {
    if (this.#queues.size > 0) this.#goOn();
  }

  /** Subscribers at this moment. */
  get size(): number {
    return this.#queues.size;
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
    const queue = new EventQueue(this.#options.queueSize ?? QUEUE_SIZE, wanted);
    this.#queues.add(queue);
    const leave = (): void => {
      this.#queues.delete(queue);
      queue.close();
    };
    const { signal } = wanted;
    signal?.addEventListener('abort', leave, { once: true });
    if (signal?.aborted === true || this.#stopping.signal.aborted) leave();
    const read = (after: EventCursor): Promise<EventPage> =>
      readEvents(this.#options.database.read(), after, wanted, PAGE);
    return new EventStream({ queue, after: wanted.after, read, leave });
  }

  async #poll(): Promise<void> {
    const { clock, log } = this.#options;
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
      if (await this.#pause(clock, pause)) pause = SOON_MS;
    }
  }

  /** Hands on what is new; answers whether anything was. */
  async #read(): Promise<boolean> {
    const database = this.#options.database.read();
    this.#position ??= await readEventHead(database);
    if (this.#queues.size === 0) {
      const head = await readEventHead(database);
      // Who came meanwhile hears everything since before it came.
      if (this.#isUnheard()) {
        this.#position = head;
        return false;
      }
    }
    const page = await readEvents(database, this.#position, {}, PAGE);
    if (page.events.length > 0) {
      for (const queue of this.#queues) queue.push(page.events);
    }
    this.#position = page.end;
    if (page.hasMore) this.#woken = true;
    return page.events.length > 0;
  }

  #isUnheard(): boolean {
    return this.#queues.size === 0;
  }

  #goOn(): void {
    this.#woken = true;
    this.#wake?.();
  }

  /** Waits, or not when somebody has woken it, also while it was reading; answers whether one has. */
  async #pause(clock: Clock, milliseconds: number): Promise<boolean> {
    if (!this.#woken) {
      const woken = new AbortController();
      this.#wake = () => woken.abort();
      await delay(clock, milliseconds, woken.signal);
      this.#wake = undefined;
    }
    return this.#woken;
  }
}
