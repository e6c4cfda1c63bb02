import type { AnyVariables, TypedDocumentNode } from '@urql/core';
import { createSubscriber } from 'svelte/reactivity';
import { announceSignedOut, deskClient, fetchOnce } from './client.ts';
import { DeskError, fromCombinedError } from './desk-error.ts';

/** What a view needs of something that is being asked for. */
export type Asked<Data> = {
  readonly data: Data | undefined;
  readonly error: DeskError | undefined;
  readonly loading: boolean;
  readonly refresh: () => Promise<void>;
};

/**
 * One GraphQL query as runes. It asks while something on the page reads it, shows the cached
 * answer at once and the network's when it comes, and asks again after a mutation of its types.
 * `lists` names the types of lists that may come back empty.
 */
export class Query<Data, Variables extends AnyVariables> implements Asked<Data> {
  #data = $state.raw<Data>();
  #error = $state.raw<DeskError>();
  #loading = $state(true);
  readonly #attach: () => void;
  readonly #ask: () => Promise<Data>;

  constructor(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
    lists: string[] = [],
  ) {
    this.#ask = () => fetchOnce(document, variables);
    this.#attach = createSubscriber(() => {
      let stop: (() => void) | undefined;
      let ended = false;
      // A cached answer comes synchronously, and state must not change while it is being read.
      queueMicrotask(() => {
        if (ended) return;
        const subscription = deskClient()
          .query(document, variables, { additionalTypenames: lists })
          .subscribe((result) => {
            this.#take(result.data, result.error && fromCombinedError(result.error));
            this.#loading = result.stale;
          });
        stop = () => subscription.unsubscribe();
      });
      return () => {
        ended = true;
        stop?.();
      };
    });
  }

  get data(): Data | undefined {
    this.#attach();
    return this.#data;
  }

  get error(): DeskError | undefined {
    this.#attach();
    return this.#error;
  }

  get loading(): boolean {
    this.#attach();
    return this.#loading;
  }

  /** The last answer, read without asking. */
  get latest(): Data | undefined {
    return this.#data;
  }

  /** Puts in a newer answer that came another way (a stream, a mutation). */
  replace(data: Data): void {
    this.#data = data;
    this.#error = undefined;
  }

  /** Asks the network again; the old answer stays until the new one is there. */
  refresh = async (): Promise<void> => {
    this.#loading = true;
    try {
      this.#take(await this.#ask(), undefined);
    } catch (error) {
      if (!(error instanceof DeskError)) throw error;
      this.#take(undefined, error);
    } finally {
      this.#loading = false;
    }
  };

  #take(data: Data | undefined, error: DeskError | undefined): void {
    if (data !== undefined) this.#data = data;
    this.#error = error;
    if (error?.signedOut === true) announceSignedOut(error);
  }
}
