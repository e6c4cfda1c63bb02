import { stringifyDocument, type TypedDocumentNode } from '@urql/core';
import { untrack } from 'svelte';
import { announceSignedOut, fetchOnce } from '../graphql/client.ts';
import { DeskError, fromGraphQLError } from '../graphql/desk-error.ts';
import { EventCursorDocument } from '../graphql/generated/graphql.ts';
import { backoff } from './backoff.ts';
import { socket } from './socket.svelte.ts';

type Options<Data, Variables> = {
  document: TypedDocumentNode<Data, Variables & { after?: string | null | undefined }>;
  variables: Variables;
  /** The cursor of a change; the stream resumes behind the last one. */
  cursorOf: (data: Data) => string;
  onChange: (data: Data) => void;
  /**
   * Read the page's data now: the stream begins just before this moment, so whatever the answer
   * does not hold yet will still be streamed.
   */
  onStart: () => void;
};

/** Close codes with which the server says: not you, or not any longer. */
const refusedCodes = new Set([4401, 4403]);

const closeCodeOf = (reason: unknown): number | undefined =>
  typeof reason === 'object' &&
  reason !== null &&
  'code' in reason &&
  typeof reason.code === 'number'
    ? reason.code
    : undefined;

/**
 * One subscription that outlives its connections: it keeps the last cursor, comes back with
 * growing pauses (at once when the network or the tab wakes up), and asks for what it missed
 * with `after`, so that no change is lost. Start it inside an effect; the result stops it.
 */
export function listen<Data, Variables extends object>(
  options: Options<Data, Variables>,
): () => void {
  const stream = new Stream(options);
  // The effect that starts it must not follow the connection's state.
  untrack(() => stream.start());
  return () => stream.stop();
}

class Stream<Data, Variables extends object> {
  readonly #options: Options<Data, Variables>;
  #cursor: string | undefined;
  #attempt = 0;
  /** Counts beginnings: what an earlier one still reports is not heard any more. */
  #turn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #unsubscribe: (() => void) | undefined;
  #leave: (() => void) | undefined;

  constructor(options: Options<Data, Variables>) {
    this.#options = options;
  }

  start(): void {
    this.#leave = socket.join();
    addEventListener('online', this.#wake);
    document.addEventListener('visibilitychange', this.#wake);
    void this.#begin();
  }

  stop(): void {
    this.#drop();
    removeEventListener('online', this.#wake);
    document.removeEventListener('visibilitychange', this.#wake);
    this.#leave?.();
  }

  /** Ends what runs and waits. */
  #drop(): number {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const turn = ++this.#turn;
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    return turn;
  }

  async #begin(): Promise<void> {
    const turn = this.#drop();
    if (this.#cursor === undefined) {
      const started = await this.#findStart();
      if (turn !== this.#turn) return;
      this.#options.onStart();
      if (!started) {
        this.#again();
        return;
      }
    }
    this.#subscribe(turn);
  }

  async #findStart(): Promise<boolean> {
    try {
      this.#cursor = (await fetchOnce(EventCursorDocument, {})).eventCursor;
      return true;
    } catch (error) {
      if (!(error instanceof DeskError)) throw error;
      return false;
    }
  }

  #subscribe(turn: number): void {
    const { document, variables, cursorOf, onChange } = this.#options;
    const mine = (): boolean => turn === this.#turn;
    this.#unsubscribe = socket.client.subscribe<Data>(
      {
        query: stringifyDocument(document),
        variables: { ...variables, after: this.#cursor ?? null },
      },
      {
        next: ({ data, errors }) => {
          if (!mine()) return;
          this.#attempt = 0;
          if (errors !== undefined) this.#end(errors);
          else if (data !== undefined && data !== null) {
            this.#cursor = cursorOf(data);
            onChange(data);
          }
        },
        error: (reason) => mine() && this.#end(reason),
        complete: () => mine() && this.#end(undefined),
      },
    );
  }

  #end(reason: unknown): void {
    this.#drop();
    const refusal = Array.isArray(reason) ? reason.map(fromGraphQLError)[0] : undefined;
    if (refusal?.signedOut === true || refusedCodes.has(closeCodeOf(reason) ?? 0)) {
      socket.refuse();
      announceSignedOut(refusal ?? new DeskError('SESSION_EXPIRED', 'The session is over'));
      return;
    }
    if (refusal?.code === 'FORBIDDEN') return;
    // A cursor that the server no longer keeps cannot be resumed from: start afresh.
    if (refusal?.code === 'BAD_INPUT' || refusal?.code === 'NOT_FOUND') this.#cursor = undefined;
    this.#again();
  }

  #again(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#begin(), backoff(this.#attempt++, Math.random()));
  }

  readonly #wake = (): void => {
    if (document.visibilityState !== 'visible' || this.#timer === undefined) return;
    this.#attempt = 0;
    void this.#begin();
  };
}
