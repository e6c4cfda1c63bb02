import type { ApolloServerPlugin } from '@apollo/server';
import type { Clock } from '../kernel/clock.ts';
import type { DeskContext } from './context.ts';

/** Who counts what is answered, and how fast. */
export interface TrafficObserver {
  /** `path` is one of few: /graphql, a plain route, or `console` for everything else. */
  observeHttp(method: string, path: string, status: number, seconds: number): void;
  /** `name` is the caller's; `kind` is query, mutation, or `none` when nothing could be run. */
  observeOperation(
    name: string | null | undefined,
    kind: string,
    seconds: number,
    codes: readonly string[],
  ): void;
}

/** Tells the observer of every operation that comes by HTTP. */
export function observeOperations(
  traffic: TrafficObserver,
  clock: Clock,
): ApolloServerPlugin<DeskContext> {
  return {
    requestDidStart() {
      const begin = clock.monotonic();
      return Promise.resolve({
        willSendResponse({ operation, operationName, response: { body } }) {
          const errors = body.kind === 'single' ? (body.singleResult.errors ?? []) : [];
          traffic.observeOperation(
            operationName,
            operation?.operation ?? 'none',
            (clock.monotonic() - begin) / 1_000,
            errors.map(({ extensions }) => codeOf(extensions?.['code'])),
          );
          return Promise.resolve();
        },
      });
    },
  };
}

function codeOf(code: unknown): string {
  return typeof code === 'string' ? code : 'INTERNAL';
}
