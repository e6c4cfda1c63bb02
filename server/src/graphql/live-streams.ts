import {
  createSourceEventStream,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLError,
} from 'graphql';
import type { DeskEvent } from '../events/event.ts';
import { EventStream } from '../events/event-stream.ts';
import { assert } from '../kernel/assert.ts';
import type { DeskContext } from './context.ts';
import type { Outlet } from './outlet.ts';
import { SharedExecutions, type StreamOperation } from './shared-executions.ts';

/** What a stream needs to begin. */
export interface StreamArgs extends ExecutionArgs {
  readonly contextValue: DeskContext;
  readonly operation: StreamOperation;
  /** The stream's name on its connection, given by the client. */
  readonly streamId: string;
  readonly outlet: Outlet;
}

/** Refused with errors, or a generator that runs as long as the stream and yields nothing. */
export type Opened = { readonly errors: readonly GraphQLError[] } | AsyncGenerator<never>;

/**
 * Sends what comes in a stream straight to its connection: the bytes of an answer are made once for
 * all who get it. What begins and ends a stream stays graphql-ws's.
 */
export class LiveStreams {
  readonly #executions: SharedExecutions;

  constructor(executions: SharedExecutions) {
    this.#executions = executions;
  }

  /** The caller's rights are judged here, by the field's `subscribe`. */
  async open(args: StreamArgs): Promise<Opened> {
    const source = await createSourceEventStream(args);
    if (!isStream(source)) return { errors: source.errors ?? [] };
    return lasting(() => this.#run(args, source));
  }

  async #run(
    { operation, contextValue, streamId, outlet }: StreamArgs,
    source: AsyncIterable<unknown>,
  ): Promise<void> {
    const listener = this.#executions.join(operation, contextValue.caller);
    const begin = Buffer.from(`{"id":${JSON.stringify(streamId)},"type":"next","payload":`);
    const iterator = source[Symbol.asyncIterator]();
    const take = takerOf(iterator);
    // Whoever has left meanwhile, or lost the right, gets no more.
    const { signal } = contextValue;
    try {
      for (let events = await take(); events.length > 0; events = await take()) {
        for (const event of events) {
          for (let full = outlet.full; full !== undefined; full = outlet.full) await full;
          const found = listener.payloadOf(event);
          const payload = found instanceof Promise ? await found : found;
          if (signal.aborted) return;
          outlet.send(begin, payload);
        }
      }
    } finally {
      listener.leave();
      await iterator.return?.();
    }
  }
}

/** What the stream has, as many at once as it gives; none at its end. */
function takerOf(iterator: AsyncIterator<unknown>): () => Promise<readonly DeskEvent[]> {
  // An event goes to thousands: one step for all that came is cheaper than three for each.
  if (iterator instanceof EventStream) return () => iterator.take();
  return async () => {
    const result: IteratorResult<unknown, unknown> = await iterator.next();
    if (result.done === true) return [];
    assert(isEvent(result.value), 'all streams are of events');
    return [result.value];
  };
}

/** A generator without values that ends when the work does; who returns it has aborted the work. */
function lasting(work: () => Promise<void>): AsyncGenerator<never> {
  let working: Promise<void> | undefined;
  const ended = { done: true, value: undefined } as const;
  return {
    async next() {
      working ??= work();
      await working;
      return ended;
    },
    return: () => Promise.resolve(ended),
    async throw(error: unknown) {
      await Promise.resolve();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

function isStream(
  source: AsyncIterable<unknown> | ExecutionResult,
): source is AsyncIterable<unknown> {
  return Symbol.asyncIterator in source;
}

function isEvent(value: unknown): value is DeskEvent {
  return typeof value === 'object' && value !== null && 'cursor' in value && 'kind' in value;
}
