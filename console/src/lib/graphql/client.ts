import {
  type AnyVariables,
  cacheExchange,
  Client,
  fetchExchange,
  type OperationContext,
  type TypedDocumentNode,
} from '@urql/core';
import { csrfToken } from './csrf.ts';
import { type DeskError, fromCombinedError } from './desk-error.ts';

type Watcher = (error: DeskError) => void;
const signedOutWatchers = new Set<Watcher>();

/** Calls `watcher` whenever any answer says that the session is over. Returns the undo. */
export function onSignedOut(watcher: Watcher): () => void {
  signedOutWatchers.add(watcher);
  return () => signedOutWatchers.delete(watcher);
}

/** Tells every watcher that the session is over. */
export function announceSignedOut(error: DeskError): void {
  for (const watcher of signedOutWatchers) watcher(error);
}

const build = (): Client =>
  new Client({
    url: '/graphql',
    preferGetMethod: false,
    requestPolicy: 'cache-and-network',
    exchanges: [cacheExchange, fetchExchange],
    fetchOptions: () => ({
      credentials: 'same-origin',
      headers: { 'x-csrf-token': csrfToken() },
    }),
  });

let current = build();

/** The urql client of the signed-in person. */
export function deskClient(): Client {
  return current;
}

/** Forgets every cached answer: the next person must not see the last one's. */
export function forgetAnswers(): void {
  current = build();
}

async function settle<Data>(
  answer: Promise<{
    data?: Data | undefined;
    error?: Parameters<typeof fromCombinedError>[0] | undefined;
  }>,
): Promise<Data> {
  const { data, error } = await answer;
  if (error !== undefined) {
    const refusal = fromCombinedError(error);
    if (refusal.signedOut) announceSignedOut(refusal);
    throw refusal;
  }
  if (data === undefined) throw new Error('The desk answered with neither data nor error');
  return data;
}

/** Asks the network once. Throws DeskError. */
export function fetchOnce<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  return settle(current.query(document, variables, { requestPolicy: 'network-only' }).toPromise());
}

/**
 * Runs a mutation. `touches` names types whose lists must be read again although the answer may
 * not contain them (urql's document cache cannot know which empty list a new object belongs to).
 * Throws DeskError.
 */
export function mutate<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  touches: string[] = [],
): Promise<Data> {
  const context: Partial<OperationContext> = { additionalTypenames: touches };
  return settle(current.mutation(document, variables, context).toPromise());
}
