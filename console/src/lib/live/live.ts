import { stringifyDocument, type TypedDocumentNode } from '@urql/core';
import { announceSignedOut } from '../graphql/client.ts';
import { DeskError, fromGraphQLError } from '../graphql/desk-error.ts';
import { backoff } from './backoff.ts';
import { socket } from './socket.svelte.ts';

type Options<Data, Variables> = {
  document: TypedDocumentNode<Data, Variables & { after?: string | null | undefined }>;
  variables: Variables;
  /** The cursor of a change; the stream resumes behind the last one. */
  cursorOf: (data: Data) => string;
  onChange: (data: Data) => void;
  /** Called when the stream stands without a cursor to resume from: read the page's data again. */
  onGap: () => void;
};

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
  const query = stringifyDocument(options.document);
  const leave = socket.join();
  let cursor: string | undefined;
  let attempt = 0;
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let unsubscribe: (() => void) | undefined;
  let unwatch: (() => void) | undefined;

  const again = (): void => {
    if (stopped) return;
    clearTimeout(timer);
    timer = setTimeout(open, backoff(attempt, Math.random()));
    attempt += 1;
  };

  const wake = (): void => {
    if (document.visibilityState !== 'visible' || timer === undefined) return;
    attempt = 0;
    open();
  };

  const end = (reason: unknown): void => {
    unsubscribe = undefined;
    if (stopped) return;
    const refusals = Array.isArray(reason) ? reason.map(fromGraphQLError) : [];
    const refusal = refusals[0];
    const closed = closeCodeOf(reason);
    if (refusal?.signedOut === true || closed === 4401 || closed === 4403) {
      socket.state = 'refused';
      announceSignedOut(refusal ?? new DeskError('SESSION_EXPIRED', 'The session is over'));
    } else if (refusal?.code === 'FORBIDDEN') {
      socket.state = 'refused';
    } else {
      // A cursor that the server no longer keeps cannot be resumed from: start afresh.
      if (refusal?.code === 'BAD_INPUT' || refusal?.code === 'NOT_FOUND') cursor = undefined;
      again();
    }
  };

  function open(): void {
    clearTimeout(timer);
    timer = undefined;
    unsubscribe?.();
    unwatch?.();
    const client = socket.client;
    const resuming = cursor !== undefined;
    const stood = (): void => {
      unwatch?.();
      unwatch = undefined;
      if (!resuming) options.onGap();
    };
    unsubscribe = client.subscribe<Data>(
      { query, variables: { ...options.variables, after: cursor ?? null } },
      {
        next: (result) => {
          attempt = 0;
          if (result.errors !== undefined) {
            end(result.errors);
            return;
          }
          if (result.data === undefined || result.data === null) return;
          cursor = options.cursorOf(result.data);
          options.onChange(result.data);
        },
        error: end,
        complete: () => end(undefined),
      },
    );
    if (socket.state === 'live') queueMicrotask(stood);
    else unwatch = client.on('connected', stood);
  }

  open();
  addEventListener('online', wake);
  document.addEventListener('visibilitychange', wake);
  return () => {
    stopped = true;
    clearTimeout(timer);
    unsubscribe?.();
    unwatch?.();
    removeEventListener('online', wake);
    document.removeEventListener('visibilitychange', wake);
    leave();
  };
}
