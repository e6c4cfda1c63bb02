import type { Logger } from 'pino';
import type { Database } from '../database/database.ts';
import { type Clock, delay } from '../kernel/clock.ts';
import { compareCursors, type DeskEvent, type EventCursor, type EventSelection } from './event.ts';
import { readEventHead, readEvents } from './read-events.ts';
import { EventQueue } from './event-queue.ts';

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

const POLL_MS = 100;
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
  #nudge = new AbortController();

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
    this.wake();
    for (const queue of this.#queues) queue.close();
    await this.#loop;
  }

  /** Shortens the wait: somebody in this process has just committed an event. */
  wake(): void {
    this.#nudge.abort();
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
  subscribe(wanted: Subscribing): AsyncGenerator<DeskEvent, void, undefined> {
    const queue = new EventQueue(this.#options.queueSize ?? QUEUE_SIZE, wanted);
    const stop = AbortSignal.any([
      this.#stopping.signal,
      ...(wanted.signal === undefined ? [] : [wanted.signal]),
    ]);
    this.#queues.add(queue);
    const leave = (): void => {
      this.#queues.delete(queue);
      queue.close();
    };
    stop.addEventListener('abort', leave, { once: true });
    if (stop.aborted) leave();
    return closing(this.#stream(wanted, queue, stop), leave);
  }

  async *#stream(
    wanted: Subscribing,
    queue: EventQueue,
    stop: AbortSignal,
  ): AsyncGenerator<DeskEvent, void, undefined> {
    let last = wanted.after;
    if (last !== undefined) {
      // What comes in meanwhile waits in the queue. Should it not fit, the table still has it.
      for (let more = true; more && !stop.aborted;) {
        queue.forgetOverflow();
        const page = await readEvents(this.#options.database.read(), last, wanted, PAGE);
        yield* page.events;
        last = page.end;
        more = page.hasMore || queue.overflowed;
      }
    }
    for await (const event of queue) {
      if (last !== undefined && compareCursors(event.cursor, last) <= 0) continue;
      yield event;
    }
  }

  async #poll(): Promise<void> {
    const { clock, database, log } = this.#options;
    const stopping = this.#stopping.signal;
    while (!stopping.aborted) {
      let pause = POLL_MS;
      this.#nudge = new AbortController();
      try {
        this.#position ??= await readEventHead(database.read());
        const page = await readEvents(database.read(), this.#position, {}, PAGE);
        if (page.events.length > 0) {
          for (const queue of this.#queues) queue.push(page.events);
        }
        this.#position = page.end;
        if (page.hasMore) pause = 0;
      } catch (error) {
        pause = PAUSE_AFTER_ERROR_MS;
        log.warn({ err: error }, 'events cannot be read; trying again');
      }
      if (pause > 0) await delay(clock, pause, AbortSignal.any([stopping, this.#nudge.signal]));
    }
  }
}

/** The generator, with `leave` called however it ends, also when it never began. */
function closing<T>(
  inner: AsyncGenerator<T, void, undefined>,
  leave: () => void,
): AsyncGenerator<T, void, undefined> {
  return {
    async next() {
      try {
        const result = await inner.next();
        if (result.done === true) leave();
        return result;
      } catch (error) {
        leave();
        throw error;
      }
    },
    async return() {
      leave();
      return inner.return();
    },
    async throw(error: unknown) {
      leave();
      return inner.throw(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    async [Symbol.asyncDispose]() {
      await this.return();
    },
  };
}
