import {
  createSourceEventStream,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLError,
} from 'graphql';
import type { DeskContext } from './context.ts';
import { sourceOf } from './event-source.ts';
import { LiveStream } from './live-stream.ts';
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
    const events = await createSourceEventStream(args);
    if (!isStream(events)) return { errors: events.errors ?? [] };
    const { operation, contextValue, streamId, outlet } = args;
    return lasting(() =>
      new LiveStream({
        source: sourceOf(events),
        listener: this.#executions.join(operation, contextValue.caller),
        outlet,
        begin: Buffer.from(`{"id":${JSON.stringify(streamId)},"type":"next","payload":`),
        signal: contextValue.signal,
      }).run(),
    );
  }
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
